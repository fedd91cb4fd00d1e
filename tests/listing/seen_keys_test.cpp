// Tests the compact set of keys.
#include "listing/seen_keys.hpp"

#include "listing/key_hash.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

namespace refold::tests {
namespace {

TEST(SeenKeys, RemembersEachOnce) {
    internal::SeenKeys keys;
    EXPECT_FALSE(keys.contains(7));
    EXPECT_TRUE(keys.insert(7));
    EXPECT_FALSE(keys.insert(7));
    EXPECT_TRUE(keys.contains(7));
    EXPECT_FALSE(keys.contains(8));
    EXPECT_EQ(keys.size(), 1U);
}

TEST(SeenKeys, AMillionInTwelveMebibytes) {
    internal::SeenKeys keys;
    std::size_t maxMemory = 0;
    for (int i = 0; i < 1'000'000; ++i) {
        ASSERT_TRUE(keys.insert(internal::hashText("run_" + std::to_string(i))));
        if (i % 1000 == 0) maxMemory = std::max(maxMemory, keys.memory());
    }
    EXPECT_EQ(keys.size(), 1'000'000U);
    EXPECT_LE(maxMemory, 13U << 20U);
    for (int i = 0; i < 1'000'000; i += 997) {
        EXPECT_TRUE(keys.contains(internal::hashText("run_" + std::to_string(i))));
        EXPECT_FALSE(keys.contains(internal::hashText("other_" + std::to_string(i))));
    }
}

TEST(SeenKeys, KeysThatShareTheirLowBits) {
    internal::SeenKeys keys;
    for (std::uint64_t i = 1; i <= 5000; ++i) EXPECT_TRUE(keys.insert(i << 38U));
    for (std::uint64_t i = 1; i <= 5000; ++i) EXPECT_TRUE(keys.contains(i << 38U));
    EXPECT_FALSE(keys.contains(std::uint64_t{5001} << 38U));
}

TEST(KeyHash, DoesNotDependOnThePlatform) {
    // Checkpoints store these hashes, so other versions must compute the same.
    EXPECT_EQ(internal::hashText(""), internal::hashText(""));
    EXPECT_NE(internal::hashText(""), 0U);
    EXPECT_NE(internal::hashText("a"), internal::hashText("b"));
    EXPECT_EQ(internal::hashText("6a314c54d4616e99e7fa5a02"), 0x9eb970f6c593910eULL);
}

}  // namespace
}  // namespace refold::tests
