// In a moving history the bounds may be outdated: if they meet, the older one is dropped.
#include "listing/joint_search.hpp"

#include <algorithm>

namespace refold::internal {

void JointSearch::widen(std::int64_t limit) noexcept {
    constexpr std::int64_t maxStep = std::int64_t{1} << 32;
    step_ = step_ == 0 ? std::max<std::int64_t>(1, limit / 2) : std::min(2 * step_, maxStep);
    ++attempts_;
}

void JointSearch::found() noexcept {
    const int attempts = attempts_ + 1;
    reset();
    attempts_ = attempts;
}

void JointSearch::tooEarly(const PageRequest& page) noexcept {
    widen(page.limit);
    early_ = page.endRank();
    if (late_ && *late_ <= *early_) late_.reset();
    std::int64_t next = *early_ + step_ / 2;
    if (late_ && next >= *late_) next = (*early_ + *late_) / 2;
    target_ = next;
}

void JointSearch::tooLate(const PageRequest& page) noexcept {
    widen(page.limit);
    late_ = page.firstRank();
    if (early_ && *late_ <= *early_) early_.reset();
    std::int64_t next = *late_ - step_;
    if (early_ && next <= *early_) next = (*early_ + *late_) / 2 - 1;
    target_ = std::max<std::int64_t>(0, next);
}

void JointSearch::unseen(std::int64_t expected, std::int64_t limit) noexcept {
    if (attempts_ % 2 == 0) {
        widen(limit);
    } else {
        ++attempts_;
    }
    target_ = std::max<std::int64_t>(0, expected + (attempts_ % 2 == 1 ? -step_ : step_));
}

void JointSearch::clampTo(std::int64_t total) noexcept {
    if (target_) target_ = std::max<std::int64_t>(0, std::min(*target_, total - 1));
}

}  // namespace refold::internal
