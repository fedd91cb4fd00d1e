// How large a page to ask for and how far it should overlap the one before: what the user wants, what the server grants,
// and what items of one date demand. Used by the paging core.
#ifndef REFOLD_LISTING_PAGE_SIZE_HPP
#define REFOLD_LISTING_PAGE_SIZE_HPP

#include "listing/slice.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>

namespace refold::internal {

class PageSize {
  public:
    /// Asked for where the query names no limit.
    static constexpr std::int64_t usual = 100;
    /// How far beyond that, or beyond the query's own limit where that is larger, a window may reach for its overlap.
    static constexpr std::int64_t room = 4;

    enum class Honoured { unknown, yes, no };

    explicit PageSize(std::optional<std::int64_t> wanted) : wanted_(wanted.value_or(usual)), free_(!wanted) {}

    /// What the first request asks for, and every plain page.
    std::int64_t wanted() const noexcept { return wanted_; }
    /// What a page holds when nothing is added for the overlap.
    std::int64_t granted() const noexcept { return granted_.value_or(wanted_); }
    /// What a plain page holds.
    std::int64_t plain() const noexcept { return mayVary() ? std::min(wanted_, granted()) : granted(); }
    Honoured honoured() const noexcept { return honoured_; }
    bool mayVary() const noexcept { return honoured_ != Honoured::no; }
    bool mayGrow() const noexcept { return !granted_ && !refused_ && mayVary(); }

    /// What a window asks for: with room for the overlap, so that overlapping costs no request.
    std::int64_t window() const noexcept {
        if (!mayGrow()) return granted();
        return std::min(largest(), wanted_ + overlap());
    }
    /// How much of a page of `limit` may be counted on.
    std::int64_t sure(std::int64_t limit) const noexcept {
        return growth_ == Growth::granted ? limit : std::min(limit, customary());
    }
    /// By two where it costs nothing, so that the joint shows an item strictly before the frontier; by one where pages
    /// are full; by two or more where items have shared their dates.
    std::int64_t overlap() const noexcept {
        const std::int64_t plain = tiesSeen_ || mayGrow() ? 2 : 1;
        const std::int64_t most = std::max<std::int64_t>(1, largest() / 2);
        return std::min(std::max(plain, ties_ > 1 ? ties_ + 1 : 1), most);
    }

    /// The largest page worth asking for; while an uncommonly large one is being tried, none other of the kind is.
    std::int64_t largest() const noexcept {
        if (!mayGrow()) return granted();
        return growth_ == Growth::tried ? customary() : customary() + room;
    }

    /// The server answers at most this many.
    void cap(std::int64_t size) noexcept { granted_ = granted_ ? std::min(*granted_, size) : size; }
    /// The server answers this many whatever it is asked.
    void fix(std::int64_t size) noexcept {
        granted_ = size;
        honoured_ = Honoured::no;
    }
    /// Pages are numbered by the limit, whatever they hold.
    void keepToWanted() noexcept {
        granted_ = wanted_;
        honoured_ = Honoured::no;
    }
    void setHonoured() noexcept { honoured_ = Honoured::yes; }
    /// A window of that limit is asked for. One that is uncommonly large is a trial: others follow when it was granted.
    void noteAsked(std::int64_t limit) noexcept {
        if (limit > customary() && growth_ == Growth::untried) growth_ = Growth::tried;
    }
    /// Nobody will see the answers to what was asked.
    void forgetAsked() noexcept {
        if (growth_ == Growth::tried) growth_ = Growth::untried;
    }
    /// The server has answered as many as that.
    void noteAnswered(std::int64_t size) noexcept {
        if (size > customary()) growth_ = Growth::granted;
    }
    /// The server refuses more than the user's own limit.
    void refuseGrowth() noexcept { refused_ = true; }
    /// The server refuses the usual size. False where there is nothing smaller to ask for, or the size is the user's own.
    bool lower() noexcept {
        constexpr std::int64_t smaller[] = {50, 20, 10};
        const auto* const next =
            std::find_if(std::begin(smaller), std::end(smaller), [this](std::int64_t size) { return size < wanted_; });
        if (!free_ || next == std::end(smaller)) return false;
        wanted_ = *next;
        refused_ = true;
        return true;
    }

    /// Items seen at one date; forgotten gradually.
    void noteTies(std::int64_t largest) noexcept {
        ties_ = std::max(largest, ties_ - 1);
        tiesSeen_ = tiesSeen_ || largest > 1;
    }
    bool tiesSeen() const noexcept { return tiesSeen_; }

  private:
    enum class Growth { untried, tried, granted };

    /// What no server is expected to refuse.
    std::int64_t customary() const noexcept { return std::max(wanted_, usual); }

    std::int64_t wanted_;
    /// The query names no limit.
    bool free_;
    std::optional<std::int64_t> granted_ = {};
    Honoured honoured_ = Honoured::unknown;
    Growth growth_ = Growth::untried;
    bool refused_ = false;
    std::int64_t ties_ = 1;
    bool tiesSeen_ = false;
};

}  // namespace refold::internal

#endif
