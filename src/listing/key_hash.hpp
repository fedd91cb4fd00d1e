// 64-bit hashes of texts: the identity of items in the memory of what was delivered, of queries in checkpoints, and the
// checkpoint's checksum. The same on every machine and in every version, since checkpoints carry them.
#ifndef REFOLD_LISTING_KEY_HASH_HPP
#define REFOLD_LISTING_KEY_HASH_HPP

#include <cstdint>
#include <string_view>

namespace refold::internal {

/// FNV-1a, then mixed so that every bit depends on every byte; never 0.
std::uint64_t hashText(std::string_view text) noexcept;

/// A hash of two, in that order.
std::uint64_t combineHashes(std::uint64_t first, std::uint64_t second) noexcept;

}  // namespace refold::internal

#endif
