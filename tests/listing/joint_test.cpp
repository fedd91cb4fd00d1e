// Tests the joint rule on single pages: which pages continue a listing, and which of their items are new.
#include "listing/joint.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <vector>

namespace refold::tests {
namespace {

using internal::Frontier;
using internal::Joint;
using internal::JointAnswer;
using internal::PageView;
using internal::Visibility;
using Indices = std::vector<std::size_t>;

struct Item {
    std::uint64_t key;
    std::optional<std::int64_t> sortKey;
};

PageView pageOf(std::initializer_list<Item> items, bool hasNextPage = true) {
    PageView page;
    for (const Item& item : items) page.items.push_back({item.key, item.sortKey});
    page.hasNextPage = hasNextPage;
    return page;
}

/// Delivered: items 1 to 4 with the sort keys 10, 20, 30, 40.
class JointTest : public ::testing::Test {
  protected:
    JointTest() {
        for (std::uint64_t key = 1; key <= 4; ++key) {
            frontier_.append({key, static_cast<std::int64_t>(key) * 10});
        }
        frontier_.expectNextAt(4);
    }

    JointAnswer judge(const PageView& page, internal::PageRequest request = {2, 3}, bool isShort = false,
                      Visibility visibility = Visibility::full, bool isQuiet = false) const {
        return internal::judgeJoint({frontier_, request, page, isShort, isQuiet, visibility});
    }

    Frontier frontier_ = {};
};

TEST_F(JointTest, PageThatBeginsBeforeTheFrontiersDateJoins) {
    const JointAnswer answer = judge(pageOf({{3, 30}, {4, 40}, {5, 50}}));
    EXPECT_EQ(answer.joint, Joint::joined);
    EXPECT_EQ(answer.fresh, (Indices{2}));
}

TEST_F(JointTest, PageThatBeginsAfterTheFrontierIsLate) {
    EXPECT_EQ(judge(pageOf({{5, 50}, {6, 60}})).joint, Joint::late);
}

TEST_F(JointTest, PageThatEndsBeforeAnythingNewIsEarly) {
    EXPECT_EQ(judge(pageOf({{1, 10}, {2, 20}, {3, 30}})).joint, Joint::early);
}

TEST_F(JointTest, PageThatBeginsAtTheFrontiersDateMayHideATie) {
    EXPECT_EQ(judge(pageOf({{4, 40}, {5, 50}})).joint, Joint::tied);
}

TEST_F(JointTest, InAQuietHistoryTheFrontierAtItsRankIsEnough) {
    const PageView page = pageOf({{4, 40}, {5, 50}});
    EXPECT_EQ(judge(page, {2, 3}, false, Visibility::full, true).joint, Joint::joined);
    EXPECT_EQ(judge(page, {3, 2}, false, Visibility::full, true).joint, Joint::tied) << "at another rank";
    EXPECT_EQ(judge(pageOf({{4, 40}, {9, 40}, {3, 40}}), {2, 3}, false, Visibility::full, true).joint, Joint::tied)
        << "a known item after a new one shows that ties were reordered";
}

TEST_F(JointTest, UsesKnownKeysIfTiesFillAPage) {
    const JointAnswer answer = judge(pageOf({{4, 40}, {5, 40}, {6, 40}}), {2, 3}, false, Visibility::keys);
    EXPECT_EQ(answer.joint, Joint::assumed);
    EXPECT_EQ(answer.fresh, (Indices{1, 2}));
    EXPECT_EQ(judge(pageOf({{8, 40}, {9, 40}}), {2, 3}, false, Visibility::keys).joint, Joint::tied);
}

TEST_F(JointTest, LeavesOutNewItemsBeforeTheFrontier) {
    const JointAnswer answer = judge(pageOf({{3, 30}, {9, 35}, {4, 40}, {5, 50}}));
    EXPECT_EQ(answer.fresh, (Indices{3}));
}

TEST_F(JointTest, FirstPageAlwaysJoins) {
    const JointAnswer answer = judge(pageOf({{5, 50}, {6, 60}}), {1, 3});
    EXPECT_EQ(answer.joint, Joint::joined) << "the delivered items were removed";
    EXPECT_EQ(answer.fresh, (Indices{0, 1}));
}

TEST_F(JointTest, ShortPageOfKnownItemsEndsTheListing) {
    EXPECT_EQ(judge(pageOf({{3, 30}, {4, 40}}, false), {2, 3}, true).joint, Joint::joined);
}

TEST_F(JointTest, EmptyPageShowsNoJoint) {
    EXPECT_EQ(judge(pageOf({})).joint, Joint::unseen);
    EXPECT_EQ(judge(pageOf({}, false)).joint, Joint::late);
    EXPECT_EQ(judge(pageOf({}, false), {1, 3}).joint, Joint::joined) << "the history is empty";
}

TEST_F(JointTest, WithoutDatesItemsAfterTheLastKnownOneAreNew) {
    const JointAnswer answer = judge(pageOf({{3, {}}, {9, {}}, {4, {}}, {5, {}}}));
    EXPECT_EQ(answer.joint, Joint::joined);
    EXPECT_EQ(answer.fresh, (Indices{3}));
    EXPECT_EQ(judge(pageOf({{8, {}}, {9, {}}})).joint, Joint::unseen);
}

TEST_F(JointTest, UsesTheRankIfPagesCannotOverlap) {
    const PageView page = pageOf({{5, 50}, {6, 60}});
    EXPECT_EQ(judge(page, {3, 2}, false, Visibility::byRank).joint, Joint::assumed);
    EXPECT_EQ(judge(page, {4, 2}, false, Visibility::byRank).joint, Joint::late) << "the page begins after that rank";
}

TEST(Joint, FirstAnswerIsDeliveredWhole) {
    const Frontier frontier;
    const PageView page = pageOf({{1, 10}, {2, {}}});
    const JointAnswer answer = internal::judgeJoint({frontier, {1, 2}, page, false, false, Visibility::full});
    EXPECT_EQ(answer.joint, Joint::joined);
    EXPECT_EQ(answer.fresh, (Indices{0, 1}));
}

}  // namespace
}  // namespace refold::tests
