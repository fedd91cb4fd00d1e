// How large a page to ask for and how far it should overlap the one before: what the user wants, what the server grants,
// and what items of one date demand. Used by the paging core.
#ifndef REFOLD_LISTING_PAGE_SIZE_HPP
#define REFOLD_LISTING_PAGE_SIZE_HPP

#include "listing/slice.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace refold::internal {

class PageSize {
  public:
    /// Asked for where the query names no limit, and never exceeded where it names none larger.
    static constexpr std::int64_t usual = 100;

    enum class Honoured { unknown, yes, no };

    explicit PageSize(std::optional<std::int64_t> wanted) : wanted_(wanted.value_or(usual)) {}

    /// What the first request asks for, and every plain page.
    std::int64_t wanted() const noexcept { return wanted_; }
    /// What a page holds when nothing is added for the overlap.
    std::int64_t granted() const noexcept { return granted_.value_or(wanted_); }
    /// What a plain page holds.
    std::int64_t plain() const noexcept { return mayVary() ? std::min(wanted_, granted()) : granted(); }
    Honoured honoured() const noexcept { return honoured_; }
    bool mayVary() const noexcept { return honoured_ != Honoured::no; }
    bool mayGrow() const noexcept { return !granted_ && !refused_ && mayVary(); }

    /// What a window asks for: with room for the overlap where that is free.
    std::int64_t window() const noexcept {
        if (!mayGrow()) return granted();
        return std::min(std::max(wanted_, usual), wanted_ + overlap());
    }
    /// By two where it costs nothing, so that the joint shows an item strictly before the frontier; by one where pages
    /// are full; by two or more where items have shared their dates.
    std::int64_t overlap() const noexcept {
        const std::int64_t plain = tiesSeen_ || (mayGrow() && wanted_ + 2 <= usual) ? 2 : 1;
        const std::int64_t most = std::max<std::int64_t>(1, (mayGrow() ? std::max(wanted_, usual) : granted()) / 2);
        return std::min(std::max(plain, ties_ > 1 ? ties_ + 1 : 1), most);
    }

    /// The largest page worth asking for where one of the usual size shows nothing but items of one date.
    std::int64_t largest() const noexcept { return mayGrow() ? std::max(wanted_, usual) : granted(); }

    /// The server answers at most this many.
    void cap(std::int64_t size) noexcept { granted_ = granted_ ? std::min(*granted_, size) : size; }
    /// The server answers this many whatever it is asked.
    void fix(std::int64_t size) noexcept {
        granted_ = size;
        honoured_ = Honoured::no;
    }
    void setHonoured() noexcept { honoured_ = Honoured::yes; }
    /// The server refuses more than the user's own limit.
    void refuseGrowth() noexcept { refused_ = true; }

    /// Items seen at one date; forgotten gradually.
    void noteTies(std::int64_t largest) noexcept {
        ties_ = std::max(largest, ties_ - 1);
        tiesSeen_ = tiesSeen_ || largest > 1;
    }
    bool tiesSeen() const noexcept { return tiesSeen_; }

  private:
    std::int64_t wanted_;
    std::optional<std::int64_t> granted_ = {};
    Honoured honoured_ = Honoured::unknown;
    bool refused_ = false;
    std::int64_t ties_ = 1;
    bool tiesSeen_ = false;
};

}  // namespace refold::internal

#endif
