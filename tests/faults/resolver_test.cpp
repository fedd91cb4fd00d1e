// Tests a hanging resolver: getaddrinfo can block for half a minute and cannot be interrupted. This program defines a
// getaddrinfo that hangs for one name. Deadlines, cancellation and the client's destruction must not wait for it. With
// a libcurl before 7.87 they do (docs/platforms.md); what they report is the same.
#include "support/test_client.hpp"

#include <refold/client.hpp>

#include <curl/curl.h>
#include <gtest/gtest.h>

#include <dlfcn.h>
#include <netdb.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstring>
#include <mutex>
#include <optional>
#include <thread>

namespace refold::test {
namespace {

constexpr const char* stalledName = "stalled.example.test";

// Stalls each resolution of that name until the test ends, for at most 10 s.
class Stall {
  public:
    void wait() {
        std::unique_lock<std::mutex> lock(mutex_);
        ++waiting_;
        wasAsked_ = true;
        changed_.notify_all();
        changed_.wait_for(lock, std::chrono::seconds(10), [this] { return over_; });
        --waiting_;
        changed_.notify_all();
    }
    bool waitForOne(std::chrono::milliseconds limit) {
        std::unique_lock<std::mutex> lock(mutex_);
        return changed_.wait_for(lock, limit, [this] { return waiting_ > 0; });
    }
    /// True if a resolution has begun since the last test.
    bool wasAsked() const {
        const std::lock_guard<std::mutex> lock(mutex_);
        return wasAsked_;
    }
    void end() {
        std::unique_lock<std::mutex> lock(mutex_);
        over_ = true;
        changed_.notify_all();
        changed_.wait_for(lock, std::chrono::seconds(10), [this] { return waiting_ == 0; });
        over_ = false;
        wasAsked_ = false;
    }

  private:
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    int waiting_ = 0;
    bool over_ = false;
    bool wasAsked_ = false;
};

Stall stall;

}  // namespace
}  // namespace refold::test

// Replaces the C library's getaddrinfo, for libcurl too.
extern "C" int getaddrinfo(const char* name, const char* service, const addrinfo* hints, addrinfo** result) {
    if (name != nullptr && std::strcmp(name, refold::test::stalledName) == 0) {
        refold::test::stall.wait();
        return EAI_AGAIN;
    }
    using Function = int (*)(const char*, const char*, const addrinfo*, addrinfo**);
    static const auto original = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "getaddrinfo"));
    return original(name, service, hints, result);
}

namespace refold::test {
namespace {

using namespace std::chrono_literals;

class StalledResolver : public ::testing::Test {
  protected:
    ~StalledResolver() override { stall.end(); }

    /// How long a call may take until it has ended: `limit`, or with an old libcurl as long as the resolver does.
    static std::chrono::milliseconds within(std::chrono::milliseconds limit) {
        constexpr unsigned quickExit = 0x075700;
        return curl_version_info(CURLVERSION_NOW)->version_num >= quickExit ? patient(limit) : patient(25s);
    }

    static ClientOptions options() { return quickOptions(std::string("https://") + stalledName); }

    static void expectTimeout(const Client& client, const char* words) {
        try {
            client.listExecutions();
            ADD_FAILURE() << "the call succeeded";
        } catch (const TransportError& error) {
            EXPECT_EQ(error.kind(), TransportError::Kind::timeout) << error.what();
            EXPECT_NE(std::string(error.what()).find(words), std::string::npos) << error.what();
            EXPECT_NE(std::string(error.what()).find("resolving"), std::string::npos) << error.what();
        }
    }
};

TEST_F(StalledResolver, DoesNotHoldUpTheDeadline) {
    ClientOptions limited = options();
    limited.timeout = patient(200ms);
    const Stopwatch stopwatch;
    expectTimeout(makeClient(limited), "call's timeout");
    EXPECT_LT(stopwatch.elapsed(), within(800ms)) << "including the client's destruction";
    EXPECT_TRUE(stall.wasAsked()) << "this program's resolver was not asked: the test proves nothing";
}

TEST_F(StalledResolver, DoesNotHoldUpTheConnectTimeout) {
    ClientOptions limited = options();
    limited.connectTimeout = patient(100ms);
    limited.retry.maxAttempts = 2;
    const Stopwatch stopwatch;
    expectTimeout(makeClient(limited), "connect timeout");
    EXPECT_LT(stopwatch.elapsed(), within(900ms));
}

TEST_F(StalledResolver, DoesNotHoldUpCancellation) {
    std::optional<Client> client(makeClient(options()));
    const CancelSource source;
    CallOptions call;
    call.cancel = source.token();
    std::thread caller([copy = *client, call] { EXPECT_THROW(copy.listExecutions({}, call), Cancelled); });
    EXPECT_TRUE(stall.waitForOne(patient(5s)));
    client.reset();
    const Stopwatch stopwatch;
    source.cancel();
    caller.join();
    std::printf("cancelled a stalled resolver within %ld ms\n", static_cast<long>(stopwatch.elapsed().count()));
    EXPECT_LT(stopwatch.elapsed(), within(250ms)) << "including the client's destruction";
}

}  // namespace
}  // namespace refold::test
