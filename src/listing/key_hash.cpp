// FNV-1a with the finaliser of MurmurHash3.
#include "listing/key_hash.hpp"

namespace refold::internal {

namespace {

std::uint64_t mix(std::uint64_t value) noexcept {
    value ^= value >> 33U;
    value *= 0xff51afd7ed558ccdULL;
    value ^= value >> 33U;
    value *= 0xc4ceb9fe1a85ec53ULL;
    value ^= value >> 33U;
    return value == 0 ? 1 : value;
}

}  // namespace

std::uint64_t hashText(std::string_view text) noexcept {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const char c : text) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 0x100000001b3ULL;
    }
    return mix(hash);
}

std::uint64_t combineHashes(std::uint64_t first, std::uint64_t second) noexcept {
    return mix((first ^ 0x9e3779b97f4a7c15ULL) * 0x100000001b3ULL + second);
}

}  // namespace refold::internal
