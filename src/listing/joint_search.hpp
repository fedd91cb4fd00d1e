// The search for a page that joins, after one that did not: first by the frontier's date, then by ranks, closing in from
// both sides. Used by the paging core, one search per gap.
#ifndef REFOLD_LISTING_JOINT_SEARCH_HPP
#define REFOLD_LISTING_JOINT_SEARCH_HPP

#include "listing/slice.hpp"

#include <cstdint>
#include <optional>

namespace refold::internal {

class JointSearch {
  public:
    enum class Stage {
        boundary,   ///< the first page from the frontier's date on
        calibrate,  ///< the same from the date of an item just seen, which shows whether bounds are kept exactly
        back,       ///< the first page from an earlier item's date on
        ranks       ///< pages counted from the beginning
    };

    static constexpr int patience = 40;

    void reset() noexcept { *this = JointSearch(); }

    Stage stage() const noexcept { return stage_; }
    void enter(Stage stage) noexcept { stage_ = stage; }
    int attempts() const noexcept { return attempts_; }
    void countAttempt() noexcept { ++attempts_; }
    bool exhausted() const noexcept { return attempts_ >= patience; }

    /// The item to calibrate with.
    std::optional<Place> witness() const noexcept { return witness_; }
    void setWitness(Place place) noexcept { witness_ = place; }
    bool calibrated() const noexcept { return calibrated_; }
    void setCalibrated() noexcept { calibrated_ = true; }
    /// The page is aimed so that a frontier that still exists would be in it.
    bool settlesDoubt() const noexcept { return settlesDoubt_; }

    /// The server's rank at which the next page should begin, `first` if nothing has been tried.
    std::int64_t nextRank(std::int64_t first) const noexcept { return next_.value_or(first); }
    void aimAt(std::int64_t rank, bool settlesDoubt) noexcept;
    /// A page from `rank` on began behind the frontier.
    void tooLate(std::int64_t rank, std::int64_t size) noexcept;
    /// A page from `rank` on ended before the frontier. `estimate` is where a page should begin, if the page told.
    void tooEarly(std::int64_t rank, std::int64_t size, std::optional<std::int64_t> estimate) noexcept;

  private:
    Stage stage_ = Stage::boundary;
    int attempts_ = 0;
    std::optional<Place> witness_ = {};
    bool calibrated_ = false;
    bool settlesDoubt_ = false;
    std::optional<std::int64_t> next_ = {};
    std::optional<std::int64_t> early_ = {};
    std::optional<std::int64_t> late_ = {};
    std::int64_t stride_ = 0;
};

}  // namespace refold::internal

#endif
