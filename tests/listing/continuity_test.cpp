// Joints: what proves that a page continues, what does not, and what of it is new.
#include "listing/continuity.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace refold::tests {
namespace {

using internal::Aim;
using internal::Continuation;
using internal::ItemMark;
using internal::Joint;
using internal::judgeSlice;
using internal::KnownTail;
using internal::Place;
using internal::SeenKeys;
using internal::Slice;
using internal::Verdict;

class ContinuityTest : public ::testing::Test {
  protected:
    void cover(std::uint64_t key, std::optional<Place> place) {
        tail_.append({key, place});
        seen_.insert(key);
    }
    Verdict judge(std::vector<ItemMark> marks, bool hasNextPage = true) const {
        Slice slice;
        slice.marks = std::move(marks);
        slice.hasNextPage = hasNextPage;
        return judgeSlice(known_, aim_, slice);
    }

    KnownTail tail_;
    SeenKeys seen_;
    Continuation known_{tail_, seen_};
    Aim aim_{Aim::Kind::window, 2, 10, {}, 0, 0};
};

using Indices = std::vector<std::size_t>;

TEST_F(ContinuityTest, TheFirstPageIsAllNew) {
    const Verdict verdict = judge({{1, 10}, {2, 20}});
    EXPECT_EQ(verdict.joint, Joint::seamless);
    EXPECT_EQ(verdict.fresh, (Indices{0, 1}));
}

TEST_F(ContinuityTest, MoreAtOneDateThanAPageHoldsJoinsInTheOrderOfDelivery) {
    for (std::uint64_t key = 1; key <= 4; ++key) cover(key, 10);
    const std::vector<ItemMark> inOrder{{3, 10}, {4, 10}, {5, 10}, {6, 10}};
    EXPECT_EQ(judge(inOrder).joint, Joint::gap);
    known_.trustOrder = true;
    EXPECT_EQ(judge(inOrder).joint, Joint::seamless);
    EXPECT_EQ(judge(inOrder).fresh, (Indices{2, 3}));
    EXPECT_TRUE(judge(inOrder).tiesTolerated);
    EXPECT_EQ(judge({{4, 10}, {3, 10}, {5, 10}, {6, 10}}).joint, Joint::gap) << "in another order this time";
    EXPECT_EQ(judge({{5, 10}, {6, 10}, {7, 10}}).joint, Joint::gap) << "nothing of it is known";
}

TEST_F(ContinuityTest, OverlapIsSeamless) {
    cover(1, 10);
    cover(2, 20);
    EXPECT_EQ(judge({{1, 10}, {2, 20}, {3, 30}}).joint, Joint::seamless);
    known_.singlesSuffice = true;
    EXPECT_EQ(judge({{2, 20}, {3, 30}}).joint, Joint::seamless);
    EXPECT_EQ(judge({{2, 20}, {3, 30}}).fresh, (Indices{1}));
    EXPECT_EQ(judge({{1, 10}, {9, 15}, {3, 30}}).fresh, (Indices{2})) << "what came in front is left out";
}

TEST_F(ContinuityTest, NeighboursProveNothing) {
    cover(1, 10);
    cover(2, 20);
    EXPECT_EQ(judge({{3, 30}, {4, 40}}).joint, Joint::gap);
    EXPECT_EQ(judge({{3, 30}, {4, 40}}, false).joint, Joint::gap);
    EXPECT_EQ(judge({}, false).joint, Joint::empty);
    EXPECT_EQ(judge({}, true).joint, Joint::empty);
}

TEST_F(ContinuityTest, AStrangerInFrontIsNotEnough) {
    cover(1, 10);
    cover(2, 20);
    EXPECT_EQ(judge({{9, 15}, {3, 30}}).joint, Joint::gap);
    known_.tolerateUnknown = true;
    EXPECT_EQ(judge({{9, 15}, {3, 30}}).joint, Joint::seamless);
}

TEST_F(ContinuityTest, TiesHaveToBeCoveredWhole) {
    cover(1, 10);
    cover(2, 20);
    EXPECT_EQ(judge({{2, 20}, {7, 20}, {3, 30}}).joint, Joint::gap) << "a third may stand in front of the second";
    EXPECT_EQ(judge({{1, 10}, {7, 20}, {2, 20}, {3, 30}}).fresh, (Indices{1, 3}));
    EXPECT_EQ(judge({{2, 20}, {3, 30}}).joint, Joint::gap);
    known_.singlesSuffice = true;
    EXPECT_EQ(judge({{2, 20}, {3, 30}}).joint, Joint::seamless);
    EXPECT_EQ(judge({{2, 20}, {7, 20}, {3, 30}}).joint, Joint::gap);
    known_.singlesSuffice = false;
    known_.tolerateTies = true;
    EXPECT_EQ(judge({{2, 20}, {3, 30}}).joint, Joint::seamless);
    EXPECT_TRUE(judge({{2, 20}, {3, 30}}).tiesTolerated);
    EXPECT_EQ(judge({{7, 20}, {3, 30}}).joint, Joint::gap);
}

TEST_F(ContinuityTest, AnAnchoredFirstPageBeginsAtItsBound) {
    cover(1, 10);
    cover(2, 20);
    aim_.page = 1;
    aim_.anchor = 20;
    EXPECT_EQ(judge({{7, 20}, {3, 30}}).joint, Joint::seamless) << "it shows the date from its first item on";
    EXPECT_EQ(judge({{3, 30}}).joint, Joint::gap) << "the bound may have been cut";
    EXPECT_EQ(judge({}, false).joint, Joint::empty);
    known_.boundsExact = true;
    EXPECT_EQ(judge({{3, 30}}).joint, Joint::seamless);
    EXPECT_EQ(judge({}, false).joint, Joint::seamless);
    aim_.anchor = 21;
    EXPECT_EQ(judge({{3, 30}}).joint, Joint::gap);
}

TEST_F(ContinuityTest, PagesInFrontAreEarly) {
    cover(1, 10);
    cover(2, 20);
    EXPECT_EQ(judge({{8, 5}, {1, 10}}).joint, Joint::early);
    EXPECT_EQ(judge({{8, 5}, {1, 10}}, false).joint, Joint::seamless) << "the frontier has gone and was the last";
    EXPECT_EQ(judge({{8, 5}, {9, 6}}, false).joint, Joint::gap);
}

TEST_F(ContinuityTest, TheWholeQuerysFirstPageBeginsAtTheBeginning) {
    cover(1, 10);
    aim_.page = 1;
    EXPECT_EQ(judge({{3, 30}}).joint, Joint::seamless);
    EXPECT_EQ(judge({}, false).joint, Joint::seamless);
}

TEST_F(ContinuityTest, WithoutDatesAKnownItemProves) {
    cover(1, {});
    cover(2, {});
    EXPECT_EQ(judge({{2, {}}, {3, {}}}).joint, Joint::seamless);
    EXPECT_EQ(judge({{2, {}}, {3, {}}}).fresh, (Indices{1}));
    EXPECT_EQ(judge({{1, {}}, {3, {}}}).joint, Joint::doubtful) << "the frontier may stand further on";
    EXPECT_EQ(judge({{3, {}}, {4, {}}}).joint, Joint::gap);
    EXPECT_EQ(judge({{9, {}}, {1, {}}}).joint, Joint::early);
    EXPECT_EQ(judge({{9, {}}, {2, {}}}).joint, Joint::seamless);
    EXPECT_TRUE(judge({{9, {}}, {2, {}}}).fresh.empty()) << "what stands in front is left out";
}

TEST_F(ContinuityTest, DatesOutOfOrderAreNotBelieved) {
    cover(1, 10);
    cover(2, 9999);
    const Verdict verdict = judge({{2, 9999}, {3, 30}, {4, 40}});
    EXPECT_EQ(verdict.joint, Joint::seamless);
    known_.datesOrdered = false;
    EXPECT_EQ(judge({{2, 9999}, {3, 30}, {4, 40}}).fresh, (Indices{1, 2}));
}

}  // namespace
}  // namespace refold::tests
