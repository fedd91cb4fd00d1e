// Galloping until both sides are known, then halving. A history that moves meanwhile may contradict the sides; then they are
// forgotten.
#include "listing/joint_search.hpp"

#include <algorithm>

namespace refold::internal {

void JointSearch::aimAt(std::int64_t rank, bool settlesDoubt) noexcept {
    next_ = std::max<std::int64_t>(0, rank);
    settlesDoubt_ = settlesDoubt;
    stage_ = Stage::ranks;
}

void JointSearch::tooLate(std::int64_t rank, std::int64_t size) noexcept {
    settlesDoubt_ = false;
    // The same once more: the other side leads nowhere.
    if (late_ == rank) early_.reset();
    late_ = rank;
    if (early_ && *early_ + 1 >= rank) early_.reset();
    stride_ = stride_ == 0 ? std::max<std::int64_t>(1, size / 2) : stride_ * 2;
    std::int64_t next = rank - stride_;
    if (early_ && next <= *early_) next = *early_ + std::max<std::int64_t>(1, (rank - *early_) / 2);
    if (next >= rank) next = rank - 1;
    next_ = std::max<std::int64_t>(0, next);
}

void JointSearch::tooEarly(std::int64_t rank, std::int64_t size, std::optional<std::int64_t> estimate) noexcept {
    settlesDoubt_ = false;
    if (early_ == rank) late_.reset();
    early_ = rank;
    // The other side was seen at another time: a narrow bracket is one that has moved.
    if (late_ && (estimate || *late_ <= rank + 1)) late_.reset();
    stride_ = stride_ == 0 ? std::max<std::int64_t>(1, size - 1) : stride_ * 2;
    std::int64_t next = estimate && *estimate > rank ? *estimate : rank + stride_;
    if (late_ && next >= *late_) next = rank + std::max<std::int64_t>(1, (*late_ - rank) / 2);
    next_ = next;
}

}  // namespace refold::internal
