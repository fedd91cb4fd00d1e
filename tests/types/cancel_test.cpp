// Tests cancellation: the flag, waking, parent and child, and the order of registering and cancelling.
#include "types/cancel_state.hpp"

#include <refold/cancel.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>
#include <utility>

namespace {

using namespace std::chrono_literals;
using refold::CancelSource;
using refold::CancelToken;
using refold::internal::CancelLink;
using refold::internal::CancelListener;
using refold::internal::CancelRegistration;

class CountingListener final : public CancelListener {
  public:
    void onCancel() noexcept override { ++told; }
    std::atomic<int> told{0};
};

TEST(Cancel, ADefaultTokenIsNeverCancelled) {
    const CancelToken token;
    EXPECT_FALSE(token.canBeCancelled());
    EXPECT_FALSE(token.isCancelled());
    EXPECT_FALSE(token.waitFor(1ms));
}

TEST(Cancel, CopiesOfSourceAndTokenShareOneFlag) {
    const CancelSource source;
    const CancelSource copy = source;
    const CancelToken token = source.token();
    copy.cancel();
    EXPECT_TRUE(source.isCancelled());
    EXPECT_TRUE(token.isCancelled());
    EXPECT_TRUE(token.waitFor(1h));
}

TEST(Cancel, ASourceThatWasMovedFromStillCancels) {
    CancelSource source;
    const CancelSource moved = std::move(source);
    CancelSource assigned;
    assigned = std::move(source);  // NOLINT(bugprone-use-after-move): a move is a copy
    source.cancel();
    EXPECT_TRUE(moved.isCancelled());
    EXPECT_TRUE(assigned.token().isCancelled());
}

TEST(Cancel, WakesAWaiterOnAnotherThread) {
    for (const std::chrono::milliseconds time : {std::chrono::milliseconds(1h), std::chrono::milliseconds::max()}) {
        const CancelSource source;
        std::atomic<bool> woken{false};
        std::thread waiter([&] { woken = source.token().waitFor(time); });
        source.cancel();
        waiter.join();
        EXPECT_TRUE(woken);
    }
}

TEST(Cancel, ListenersAreCalledOnce) {
    const CancelSource source;
    CountingListener first;
    CountingListener second;
    const CancelRegistration one(source.token(), first);
    const CancelRegistration two(source.token(), second);
    source.cancel();
    source.cancel();
    EXPECT_EQ(first.told, 1);
    EXPECT_EQ(second.told, 1);
}

TEST(Cancel, AListenerAddedAfterCancellationIsCalledAtOnce) {
    const CancelSource source;
    source.cancel();
    CountingListener listener;
    const CancelRegistration registration(source.token(), listener);
    EXPECT_EQ(listener.told, 1);
}

TEST(Cancel, ARemovedListenerIsNotCalled) {
    const CancelSource source;
    CountingListener first;
    CountingListener gone;
    CountingListener last;
    const CancelRegistration one(source.token(), first);
    {
        const CancelRegistration two(source.token(), gone);
        const CancelRegistration three(source.token(), last);
    }
    source.cancel();
    EXPECT_EQ(first.told, 1);
    EXPECT_EQ(gone.told, 0);
    EXPECT_EQ(last.told, 0);
}

TEST(Cancel, ALinkForwardsTheParentsCancellationButNotTheChilds) {
    const CancelSource parent;
    const CancelSource other;
    const CancelSource child;
    const CancelLink toChild(parent.token(), child);
    const CancelLink toOther(child.token(), other);
    child.cancel();
    EXPECT_FALSE(parent.isCancelled());
    EXPECT_TRUE(other.isCancelled());

    const CancelSource secondChild;
    const CancelLink link(parent.token(), secondChild);
    parent.cancel();
    EXPECT_TRUE(secondChild.isCancelled());
}

}  // namespace
