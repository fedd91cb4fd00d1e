// A compact hash set of the delivered items' 64-bit keys: about ten bytes each, ten megabytes for a million runs. Used
// by the frontier to recognise repeated items.
#ifndef REFOLD_LISTING_SEEN_KEYS_HPP
#define REFOLD_LISTING_SEEN_KEYS_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace refold::internal {

/// Divided into shards that grow one at a time and by a quarter, so that growing never needs twice the memory of the
/// set. Keys must be hashes and not 0.
class SeenKeys {
  public:
    bool contains(std::uint64_t key) const noexcept;
    /// Returns false if the set contains the key already.
    bool insert(std::uint64_t key);
    std::size_t size() const noexcept { return size_; }
    /// Size of the set in bytes.
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
