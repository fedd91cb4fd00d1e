// 64-bit hashes of texts, which identify items and queries, and serve as the checksum of checkpoints. They are the same
// on every machine and in every version, because checkpoints contain them.
#ifndef REFOLD_LISTING_KEY_HASH_HPP
#define REFOLD_LISTING_KEY_HASH_HPP

#include <cstdint>
#include <string_view>

namespace refold::internal {

/// FNV-1a, then mixed so that every bit depends on every byte; never 0.
std::uint64_t hashText(std::string_view text) noexcept;

/// Depends on the order of its arguments.
std::uint64_t combineHashes(std::uint64_t first, std::uint64_t second) noexcept;

}  // namespace refold::internal

#endif
