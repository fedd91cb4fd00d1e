// The compact memory of what was delivered: 64-bit keys in open addressing, about ten bytes each, so that a million
// runs fit in some ten megabytes. Used by the frontier to tell a run that comes again.
#ifndef REFOLD_LISTING_SEEN_KEYS_HPP
#define REFOLD_LISTING_SEEN_KEYS_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace refold::internal {

/// A set that only grows. It is split into shards that grow one at a time and by a quarter, so that growing never needs
/// the room of the whole set twice. Keys are hashes already; 0 is no key.
class SeenKeys {
  public:
    bool contains(std::uint64_t key) const noexcept;
    /// False if it was there.
    bool insert(std::uint64_t key);
    std::size_t size() const noexcept { return size_; }
    /// Bytes held.
    std::size_t memory() const noexcept;

  private:
    struct Shard {
        std::vector<std::uint64_t> slots = {};
        std::size_t used = 0;
    };

    static std::size_t slotOf(const Shard& shard, std::uint64_t key) noexcept;
    static void grow(Shard& shard);

    std::array<Shard, 64> shards_ = {};
    std::size_t size_ = 0;
};

}  // namespace refold::internal

#endif
