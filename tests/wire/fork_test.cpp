// Tests fork(): a child that uses its parent's client has its own connections, locks and rate limit.
#include "wire/wire_fixture.hpp"

#include <gtest/gtest.h>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace refold::test {
namespace {

using namespace std::chrono_literals;

/// Runs `work` in a forked child, which exits without destructors and test output.
template <class Work>
pid_t startChild(Work work) {
    const pid_t child = ::fork();
    if (child != 0) return child;
    bool good = false;
    try {
        good = work();
    } catch (...) {
        good = false;
    }
    ::_exit(good ? 0 : 1);
}

/// True if the child's work returned true in time.
bool succeeded(pid_t child) {
    const Stopwatch watch;
    int status = 0;
    while (watch.elapsed() < patient(8s)) {
        if (::waitpid(child, &status, WNOHANG) == child) return WIFEXITED(status) && WEXITSTATUS(status) == 0;
        std::this_thread::sleep_for(5ms);
    }
    ::kill(child, SIGKILL);
    ::waitpid(child, &status, 0);
    return false;
}

bool listsOften(const Client& client, int calls) {
    for (int call = 0; call < calls; ++call) {
        if (client.listExecutions().size() != 3U) return false;
    }
    return true;
}

/// Disables retries, so that a broken connection fails the call.
ClientOptions strict(ClientOptions options) {
    options.retry.maxAttempts = 1;
    return options;
}

class Fork : public Wire {};

TEST_F(Fork, ParentAndChildDoNotShareConnections) {
    for (const char* const protocol : {"tls", "http2"}) {
        const Client client = makeClient(strict(options(url(protocol, "https"))));
        EXPECT_TRUE(listsOften(client, 2));
        const pid_t first = startChild([&] { return listsOften(client, 20); });
        const pid_t second = startChild([&] { return listsOften(client, 20); });
        EXPECT_NO_THROW(EXPECT_TRUE(listsOften(client, 20))) << protocol;
        EXPECT_TRUE(succeeded(first)) << protocol;
        EXPECT_TRUE(succeeded(second)) << protocol;
        EXPECT_NO_THROW(EXPECT_TRUE(listsOften(client, 2))) << protocol;
    }
}

TEST_F(Fork, InTheMidstOfOtherThreadsCallsLeavesTheChildUsable) {
    if (refold::test::underSanitizer) GTEST_SKIP() << "the sanitizer's allocator may stay locked in the child";
    ClientOptions paced = strict(options(url("http2", "https")));
    paced.rateLimit = {2000, 5};
    const Client client = makeClient(paced);
    // Connects first: OpenSSL holds a lock while it connects, and a fork then would leave it locked in the child.
    ASSERT_TRUE(listsOften(client, 1));
    const CancelSource source;
    std::atomic<bool> stop{false};
    std::vector<std::thread> callers;
    for (int i = 0; i < 4; ++i) {
        callers.emplace_back([&] {
            CallOptions call;
            call.cancel = source.token();
            while (!stop) client.listExecutions({}, call);
        });
    }
    for (int i = 0; i < 10; ++i) {
        const pid_t child = startChild([&] {
            CallOptions call;
            call.cancel = source.token();
            const bool listed = client.listExecutions({}, call).size() == 3U;
            source.cancel();
            return listed;
        });
        EXPECT_TRUE(succeeded(child)) << i;
    }
    stop = true;
    for (std::thread& caller : callers) caller.join();
}

TEST_F(Fork, TheClientCanBeDestroyedInTheChild) {
    std::unique_ptr<Client> client = std::make_unique<Client>(makeClient(strict(options(url("tls", "https")))));
    EXPECT_TRUE(listsOften(*client, 2));
    EXPECT_TRUE(succeeded(startChild([&] {
        client.reset();
        return true;
    })));
    EXPECT_NO_THROW(EXPECT_TRUE(listsOften(*client, 3))) << "the child has not closed the parent's connection";
}

TEST_F(Fork, ACallInProgressEndsInTheChildAndContinuesInTheParent) {
    struct ForkingObserver final : Observer {
        void onRequest(const RequestEvent& /*event*/) override {
            if (child < 0) child = ::fork();
        }
        pid_t child = -1;
    };
    const auto observer = std::make_shared<ForkingObserver>();
    ClientOptions observed = strict(options(url("tls", "https")));
    observed.observer = observer;
    const Client client = makeClient(observed);
    bool ended = false;
    std::size_t runs = 0;
    try {
        runs = client.listExecutions().size();
    } catch (const TransportError& error) {
        ended = std::string(error.what()).find("forked") != std::string::npos;
    }
    if (observer->child == 0) ::_exit(ended && client.listExecutions().size() == 3U ? 0 : 1);
    EXPECT_EQ(runs, 3U);
    EXPECT_TRUE(succeeded(observer->child));
}

TEST_F(Fork, AWatchInProgressEndsInTheChild) {
    const Client client = makeClient(strict(options(url("pages"))));
    WatchOptions watching;
    watching.since = Timestamp(std::chrono::milliseconds(0));
    ExecutionWatch watch = client.watchExecutions({}, watching);
    auto change = watch.begin();
    EXPECT_TRUE(succeeded(startChild([&] {
        try {
            ++change;
        } catch (const TransportError& error) {
            return std::string(error.what()).find("forked") != std::string::npos;
        }
        return false;
    })));
}

TEST_F(Fork, AWatchThatForksWhileItPollsEndsInTheChild) {
    struct Forker final : Observer {
        void onPoll(const PollEvent& /*event*/) override {
            if (child < 0) child = ::fork();
        }
        pid_t child = -1;
    };
    const auto forker = std::make_shared<Forker>();
    ClientOptions observed = strict(options(url("pages")));
    observed.observer = forker;
    const Client client = makeClient(observed);
    WatchOptions watching;
    watching.since = Timestamp(std::chrono::milliseconds(0));
    ExecutionWatch watch = client.watchExecutions({}, watching);
    bool ended = false;
    std::string id;
    try {
        id = watch.begin()->execution.id;
    } catch (const TransportError& error) {
        ended = std::string(error.what()).find("forked") != std::string::npos;
    }
    if (forker->child == 0) ::_exit(ended && id.empty() ? 0 : 1);
    EXPECT_NE(id, "");
    EXPECT_TRUE(succeeded(forker->child));
}

TEST_F(Fork, RangesCanBeDestroyedInTheChild) {
    if (refold::test::underSanitizer) GTEST_SKIP() << "the sanitizer's allocator may stay locked in the child";
    for (const int prefetch : {0, 2}) {
        const Client client = makeClient(strict(options(url("pages"))));
        ListingOptions reading;
        reading.prefetch = prefetch;
        auto listing = std::make_unique<ExecutionListing>(client.executions({}, reading));
        auto run = listing->begin();
        WatchOptions watching;
        watching.since = Timestamp(std::chrono::milliseconds(0));
        auto watch = std::make_unique<ExecutionWatch>(client.watchExecutions({}, watching));
        watch->begin();
        const pid_t child = startChild([&] {
            listing.reset();
            watch.reset();
            return client.listExecutions().size() == 3U;
        });
        EXPECT_TRUE(succeeded(child)) << prefetch;
        int runs = 0;
        for (; run != listing->end(); ++run) ++runs;
        EXPECT_EQ(runs, 9) << prefetch << ": the parent's listing continues";
        EXPECT_NO_THROW(++watch->begin());
    }
}

TEST_F(Fork, AChildDoesNotWaitForATokenThatTheParentRequests) {
    if (refold::test::underSanitizer) GTEST_SKIP() << "the sanitizer's allocator may stay locked in the child";
    struct Slow final : TokenProvider {
        std::string newToken() override {
            if (isSlow.exchange(false)) {
                isWaiting = true;
                std::this_thread::sleep_for(1s);
            }
            return "TOKEN_NOT_REAL";
        }
        std::atomic<bool> isSlow{true};
        std::atomic<bool> isWaiting{false};
    };
    const auto provider = std::make_shared<Slow>();
    const Client client(sessionToken(provider), strict(options(url("pages"))));
    std::thread first([&] { client.listExecutions(); });
    while (!provider->isWaiting) std::this_thread::sleep_for(1ms);
    const pid_t child = startChild([&] { return client.listExecutions().size() > 0; });
    EXPECT_TRUE(succeeded(child));
    first.join();
}

TEST_F(Fork, ARangeInProgressEndsInTheChildAndContinuesInTheParent) {
    if (refold::test::underSanitizer) GTEST_SKIP() << "the sanitizer's allocator may stay locked in the child";
    for (const int prefetch : {0, 2}) {
        const Client client = makeClient(strict(options(url("pages"))));
        ListingOptions reading;
        reading.prefetch = prefetch;
        ExecutionListing listing = client.executions({}, reading);
        auto run = listing.begin();
        const pid_t child = startChild([&] {
            try {
                ++run;
            } catch (const TransportError& error) {
                return std::string(error.what()).find("forked") != std::string::npos &&
                       client.executions({}, reading).begin() != listing.end();
            }
            return false;
        });
        int runs = 0;
        for (; run != listing.end(); ++run) ++runs;
        EXPECT_EQ(runs, 9) << prefetch;
        EXPECT_TRUE(listing.report().complete) << prefetch;
        EXPECT_TRUE(succeeded(child)) << prefetch;
    }
}

}  // namespace
}  // namespace refold::test
