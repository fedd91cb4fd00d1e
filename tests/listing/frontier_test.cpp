// Tests the frontier: which items it knows, their distance from its end, and what a checkpoint stores of it.
#include "listing/frontier.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <vector>

namespace refold::tests {
namespace {

using internal::Frontier;
using internal::ItemMark;

/// A frontier of keys 1, 2, … with these sort keys.
Frontier frontierAt(const std::vector<std::int64_t>& sortKeys) {
    Frontier frontier;
    std::uint64_t key = 0;
    for (const std::int64_t sortKey : sortKeys) frontier.append({++key, sortKey});
    return frontier;
}

std::vector<std::uint64_t> keysOf(const std::vector<ItemMark>& marks) {
    std::vector<std::uint64_t> keys;
    for (const ItemMark& mark : marks) keys.push_back(mark.key);
    return keys;
}

TEST(Frontier, KnowsDeliveredItems) {
    Frontier frontier;
    EXPECT_TRUE(frontier.empty());
    EXPECT_TRUE(frontier.append({7, 10}));
    EXPECT_FALSE(frontier.append({7, 20}));
    EXPECT_TRUE(frontier.knows(7));
    EXPECT_FALSE(frontier.knows(8));
    EXPECT_EQ(frontier.last().sortKey, 10);
}

TEST(Frontier, CountsTheItemsAfterAnItem) {
    const Frontier frontier = frontierAt({10, 20, 30});
    EXPECT_EQ(frontier.distance(3), 0);
    EXPECT_EQ(frontier.distance(1), 2);
    EXPECT_EQ(frontier.distance(4), std::nullopt);
}

TEST(Frontier, KnowsOldItemsButNotTheirDistance) {
    Frontier frontier;
    for (std::uint64_t key = 1; key <= 3000; ++key) frontier.append({key, static_cast<std::int64_t>(key)});
    EXPECT_EQ(frontier.distance(1), 2999);
    EXPECT_EQ(frontier.excerpt(2999, 12).back().key, 1U);
    frontier.trim();
    EXPECT_TRUE(frontier.knows(1));
    EXPECT_EQ(frontier.distance(1), std::nullopt);
    EXPECT_EQ(frontier.distance(2990), 10);
}

TEST(Frontier, CountsTheItemsAtTheLastOnesDate) {
    EXPECT_EQ(frontierAt({10, 20, 20, 20}).tied(), 3);
    EXPECT_EQ(frontierAt({20, 20, 30}).tied(), 1);
    Frontier undated;
    undated.append({1, {}});
    undated.append({2, {}});
    EXPECT_EQ(undated.tied(), 1);
}

TEST(Frontier, ACheckpointHoldsTheLastItemsAndAllAtTheirDate) {
    const Frontier frontier = frontierAt({10, 20, 20, 20, 30});
    EXPECT_EQ(keysOf(frontier.excerpt(0, 2)), (std::vector<std::uint64_t>{4, 5}));
    EXPECT_EQ(keysOf(frontier.excerpt(1, 1)), (std::vector<std::uint64_t>{2, 3, 4}));
    EXPECT_TRUE(frontier.excerpt(5, 2).empty());
}

}  // namespace
}  // namespace refold::tests
