// Relies on the number of items; the limit in the envelope only explains a page that is not full.
#include "listing/page_sizes.hpp"

#include <algorithm>
#include <array>

namespace refold::internal {
namespace {

constexpr std::int64_t defaultSize = 100;
constexpr std::int64_t minRoom = 4;
constexpr std::int64_t maxRoom = 10;
constexpr std::chrono::milliseconds maxTime{1000};
constexpr std::int64_t maxVanished = 10;
constexpr std::int64_t maxBytes = std::int64_t{1} << 20;

/// Returns half of a large size, or the next smaller one of those that servers usually allow.
std::int64_t nextSmaller(std::int64_t limit) noexcept {
    if (limit > defaultSize) return std::max(defaultSize, limit / 2);
    constexpr std::array<std::int64_t, 6> usual{50, 25, 20, 10, 5, 1};
    const auto it = std::find_if(usual.begin(), usual.end(), [limit](std::int64_t size) { return size < limit; });
    return it == usual.end() ? 0 : *it;
}

}  // namespace

PageSizes::PageSizes(std::optional<std::int64_t> limit, std::int64_t maxPageSize) noexcept
    : explicit_(limit.has_value()),
      max_(limit.value_or(maxPageSize)),
      first_(limit.value_or(std::min(defaultSize, maxPageSize))),
      wanted_(first_) {
}

std::int64_t PageSizes::wanted() const noexcept {
    return cap_ ? std::min(wanted_, *cap_) : wanted_;
}

std::int64_t PageSizes::largest() const noexcept {
    if (ignoresLimit_) return *cap_;
    if (cap_) return std::min(wanted_ + maxRoom, *cap_);
    // Exceeds an explicit limit only by the few items by which pages overlap.
    return explicit_ ? wanted_ + std::clamp<std::int64_t>(wanted_ / 5, minRoom, maxRoom) : wanted_;
}

PageRequest PageSizes::served(const PageRequest& asked, const PageView& page, const PageCost& cost) noexcept {
    const std::int64_t count = page.size();
    if (ignoresLimit_ || count > asked.limit) {
        ignoresLimit_ = true;
        cap_ = std::max(count, cap_.value_or(0));
        return {asked.page, *cap_};
    }
    if (count == asked.limit) {
        granted_ = std::max(granted_, count);
        if (page.hasNextPage) grow(count, cost);
        return asked;
    }
    learnShortPage(asked, page);
    return {asked.page, cap_ ? std::min(asked.limit, *cap_) : asked.limit};
}

void PageSizes::learnShortPage(const PageRequest& asked, const PageView& page) noexcept {
    // The last page may be short for any limit.
    if (!page.hasNextPage) return;
    const bool isDeclared = page.limit >= page.size() && page.limit > 0 && page.limit < asked.limit;
    if (isDeclared && page.limit >= granted_) {
        cap_ = std::min(cap_.value_or(page.limit), page.limit);
        if (page.size() > 0 && page.size() < page.limit) unexplained_ = maxUnexplained;
        return;
    }
    if (!showsJoints()) return;
    const bool isBeyondCap = asked.limit > cap_.value_or(asked.limit - 1);
    if (isBeyondCap && page.size() > 0 && page.size() >= granted_) {
        cap_ = page.size();
    } else if (!isBeyondCap || page.size() > 0) {
        // Near the end, items that vanish between the server's count and its reading also make a page short.
        const std::int64_t vanished = page.totalDocs - asked.firstRank() - page.size();
        unexplained_ += page.totalDocs > 0 && vanished <= maxVanished ? 1 : maxUnexplained;
        if (!showsJoints() && cap_.value_or(0) > granted_) cap_.reset();
    }
}

void PageSizes::grow(std::int64_t granted, const PageCost& cost) noexcept {
    if (explicit_ || cap_) return;
    std::int64_t size = 2 * granted;
    if (cost.time.count() > 0) size = std::min(size, granted * maxTime.count() / cost.time.count());
    if (cost.bytes > 0) size = std::min(size, granted * maxBytes / cost.bytes);
    wanted_ = std::max(wanted_, std::min(size, max_));
}

bool PageSizes::learnFailure(std::int64_t limit, SizeFailure failure) noexcept {
    // An ordinary size, or one that the user chose, is not the reason unless the server says so.
    if (failure != SizeFailure::limitRefused && limit <= first_) return false;
    if (failure == SizeFailure::failed && explicit_) return false;
    std::int64_t smaller = explicit_ ? wanted_ : nextSmaller(limit);
    if (granted_ > 0 && granted_ < limit) smaller = explicit_ ? std::max(granted_, wanted_) : granted_;
    if (smaller < 1 || smaller >= limit) return false;
    cap_ = std::min(cap_.value_or(smaller), smaller);
    return true;
}

}  // namespace refold::internal
