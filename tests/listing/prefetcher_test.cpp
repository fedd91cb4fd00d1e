// Tests requests in flight ahead of the reader: results in order, each failure at its request, no more threads than
// allowed.
#include "listing/prefetcher.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>

namespace refold::tests {
namespace {

using IntPrefetcher = internal::Prefetcher<int, int>;

TEST(Prefetcher, ResultsComeInTheOrderOfTheRequests) {
    IntPrefetcher prefetcher(8, [](const int& request) {
        std::this_thread::sleep_for(std::chrono::microseconds((request * 7919) % 300));
        return request * 2;
    });
    int submitted = 0;
    for (int taken = 0; taken < 300; ++taken) {
        while (prefetcher.size() < 8) prefetcher.submit(submitted++);
        EXPECT_EQ(prefetcher.front(), taken);
        EXPECT_EQ(prefetcher.take(), taken * 2);
    }
}

TEST(Prefetcher, WithoutThreadsTheReaderSends) {
    const std::thread::id reader = std::this_thread::get_id();
    IntPrefetcher prefetcher(0, [&](const int& request) {
        EXPECT_EQ(std::this_thread::get_id(), reader);
        return request;
    });
    prefetcher.submit(2);
    prefetcher.submitFirst(1);
    EXPECT_EQ(prefetcher.take(), 1);
    EXPECT_EQ(prefetcher.take(), 2);
    EXPECT_EQ(prefetcher.size(), 0U);
}

TEST(Prefetcher, AReturnedResultIsTakenAgainAfterTheFirst) {
    IntPrefetcher prefetcher(2, [](const int& request) { return request * 2; });
    prefetcher.submit(2);
    prefetcher.submit(3);
    prefetcher.putBack(2, prefetcher.take());
    prefetcher.submitFirst(1);
    EXPECT_EQ(prefetcher.size(), 3U);
    for (const int request : {1, 2, 3}) EXPECT_EQ(prefetcher.take(), request * 2);
}

TEST(Prefetcher, TheFirstWaitsForTheReader) {
    const std::thread::id reader = std::this_thread::get_id();
    IntPrefetcher prefetcher(4, [&](const int& request) {
        EXPECT_TRUE(request != 1 || std::this_thread::get_id() == reader);
        return request;
    });
    prefetcher.submit(2);
    prefetcher.submitFirst(1);
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    EXPECT_EQ(prefetcher.take(), 1);
    EXPECT_EQ(prefetcher.take(), 2);
}

TEST(Prefetcher, AFailedRequestIsRepeated) {
    std::atomic<int> failures{3};
    IntPrefetcher prefetcher(2, [&](const int& request) {
        if (request == 1 && failures-- > 0) throw std::runtime_error("lost");
        return request;
    });
    for (int i = 0; i < 4; ++i) prefetcher.submit(i);
    EXPECT_EQ(prefetcher.take(), 0);
    for (int i = 0; i < 3; ++i) EXPECT_THROW(prefetcher.take(), std::runtime_error);
    EXPECT_EQ(prefetcher.take(), 1);
    EXPECT_EQ(prefetcher.take(), 2);
    EXPECT_EQ(prefetcher.take(), 3);
}

TEST(Prefetcher, UsesNoMoreThreadsThanAllowed) {
    std::mutex mutex;
    std::set<std::thread::id> threads;
    std::atomic<int> running{0};
    std::atomic<int> maxRunning{0};
    {
        IntPrefetcher prefetcher(3, [&](const int& request) {
            const int now = ++running;
            int before = maxRunning;
            while (now > before && !maxRunning.compare_exchange_weak(before, now)) {
            }
            std::this_thread::sleep_for(std::chrono::microseconds(200));
            {
                const std::lock_guard<std::mutex> lock(mutex);
                threads.insert(std::this_thread::get_id());
            }
            --running;
            return request;
        });
        for (int i = 0; i < 40; ++i) prefetcher.submit(i);
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        for (int i = 0; i < 40; ++i) EXPECT_EQ(prefetcher.take(), i);
    }
    // The reader is the fourth: it sends a request itself if no thread has started it.
    EXPECT_LE(threads.size(), 4U);
    EXPECT_LE(maxRunning, 4);
}

TEST(Prefetcher, DroppedRequestsAreNotTaken) {
    IntPrefetcher prefetcher(2, [](const int& request) { return request; });
    for (int i = 0; i < 10; ++i) prefetcher.submit(i);
    for (int i = 0; i < 9; ++i) prefetcher.drop();
    EXPECT_EQ(prefetcher.size(), 1U);
    EXPECT_EQ(prefetcher.take(), 9);
    prefetcher.submit(42);
    prefetcher.drop();
    EXPECT_EQ(prefetcher.size(), 0U);
}

TEST(Prefetcher, EndsWhileRequestsAreInFlight) {
    std::atomic<bool> stop{false};
    {
        IntPrefetcher prefetcher(4, [&](const int& request) {
            while (!stop) std::this_thread::yield();
            return request;
        });
        for (int i = 0; i < 20; ++i) prefetcher.submit(i);
        stop = true;
    }
}

}  // namespace
}  // namespace refold::tests
