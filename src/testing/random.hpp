// Random numbers that are the same on every platform for the same seed, unlike the standard library's distributions.
// Used by the history and its generator.
#ifndef REFOLD_TESTING_RANDOM_HPP
#define REFOLD_TESTING_RANDOM_HPP

#include "testing/run.hpp"

#include <cstdint>

namespace refold::internal::fake {

/// SplitMix64.
inline std::uint64_t nextRandom(std::uint64_t& state) {
    state += 0x9E3779B97F4A7C15U;
    std::uint64_t value = state;
    value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9U;
    value = (value ^ (value >> 27U)) * 0x94D049BB133111EBU;
    return value ^ (value >> 31U);
}

/// Makes an id that begins with its creation time in seconds, like the vendor's.
inline ObjectId makeObjectId(std::int64_t createdAt, std::uint64_t random) {
    ObjectId id{};
    const auto seconds = static_cast<std::uint64_t>(createdAt / 1000);
    for (unsigned i = 0; i < 4; ++i) id[i] = static_cast<std::uint8_t>(seconds >> (24U - 8U * i));
    for (unsigned i = 0; i < 8; ++i) id[4 + i] = static_cast<std::uint8_t>(random >> (56U - 8U * i));
    return id;
}

}  // namespace refold::internal::fake

#endif
