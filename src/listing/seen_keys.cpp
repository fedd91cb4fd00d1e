// Linear probing with a load of at most 7/8. The low bits of a key select the shard, the next 32 bits, scaled to the
// shard's size, the slot.
#include "listing/seen_keys.hpp"

#include <utility>

namespace refold::internal {

namespace {

constexpr std::uint64_t shardMask = 63;

}  // namespace

std::size_t SeenKeys::slotOf(const Shard& shard, std::uint64_t key) noexcept {
    const std::uint64_t spread = (key >> 6U) & 0xffffffffULL;
    auto slot = static_cast<std::size_t>((spread * shard.slots.size()) >> 32U);
    while (shard.slots[slot] != 0 && shard.slots[slot] != key) {
        if (++slot == shard.slots.size()) slot = 0;
    }
    return slot;
}

void SeenKeys::grow(Shard& shard) {
    Shard larger;
    larger.slots.resize(shard.slots.empty() ? 16 : shard.slots.size() + shard.slots.size() / 4);
    larger.used = shard.used;
    for (const std::uint64_t key : shard.slots) {
        if (key != 0) larger.slots[slotOf(larger, key)] = key;
    }
    shard = std::move(larger);
}

bool SeenKeys::contains(std::uint64_t key) const noexcept {
    const Shard& shard = shards_[key & shardMask];
    return !shard.slots.empty() && shard.slots[slotOf(shard, key)] == key;
}

bool SeenKeys::insert(std::uint64_t key) {
    Shard& shard = shards_[key & shardMask];
    if ((shard.used + 1) * 8 > shard.slots.size() * 7) grow(shard);
    std::uint64_t& slot = shard.slots[slotOf(shard, key)];
    if (slot == key) return false;
    slot = key;
    ++shard.used;
    ++size_;
    return true;
}

std::size_t SeenKeys::memory() const noexcept {
    std::size_t slots = 0;
    for (const Shard& shard : shards_) slots += shard.slots.capacity();
    return sizeof(*this) + slots * sizeof(std::uint64_t);
}

}  // namespace refold::internal
