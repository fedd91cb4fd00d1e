// Tests threads that need a new token at the same time: one request for all, no unnecessary waiting, and each call
// keeps its own deadline and cancellation.
#include "auth/auth_gate.hpp"
#include "auth/fake_tokens.hpp"

#include <refold/error.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <future>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace refold::test {
namespace {

using namespace std::chrono_literals;
using internal::AuthFailure;
using internal::AuthGate;

constexpr int threadCount = 32;

class TokenGate : public ::testing::Test {
  protected:
    /// A deadline far ahead on the fake and on the real clock.
    AuthGate::TimePoint later() const { return tokens.now() + 1h; }
    std::string token() { return gate.credentials(later(), {}).headers.at(0).value; }

    template <class Work>
    void inThreads(int count, Work work) {
        std::vector<std::thread> threads;
        for (int i = 0; i < count; ++i) threads.emplace_back(work);
        for (std::thread& thread : threads) thread.join();
    }

    FakeTokens tokens;
    AuthGate gate{sessionTokenFor("tk_test_not_a_real_key", "user_12345"), &tokens};
};

TEST_F(TokenGate, RenewsOnceForManyThreadsAtExpiry) {
    inThreads(threadCount, [&] { EXPECT_EQ(token(), "Bearer token-1-not-real"); });
    EXPECT_EQ(tokens.count(), 1);
    tokens.advance(1001s);
    inThreads(threadCount, [&] {
        gate.prepare(later(), {});
        EXPECT_EQ(token(), "Bearer token-2-not-real");
    });
    EXPECT_EQ(tokens.count(), 2);
}

TEST_F(TokenGate, RenewsOnceForManyThreadsAfterA401) {
    const std::uint64_t generation = gate.credentials(later(), {}).generation;
    inThreads(threadCount, [&] {
        EXPECT_NE(AuthGate::Renewal::none, gate.refresh({generation, {}, {}}, later(), {}));
        EXPECT_EQ(token(), "Bearer token-2-not-real");
    });
    EXPECT_EQ(tokens.count(), 2);
}

/// Blocks a token request until `release`.
class BlockedRequest {
  public:
    explicit BlockedRequest(FakeTokens& tokens) {
        tokens.instead = [this](const CancelToken&) {
            entered_.set_value();
            mayGo_.get_future().wait();
        };
    }
    void waitUntilBlocked() { entered_.get_future().wait(); }
    void release() { mayGo_.set_value(); }

  private:
    std::promise<void> entered_;
    std::promise<void> mayGo_;
};

TEST_F(TokenGate, OthersProceedDuringAnEarlyRenewal) {
    token();
    tokens.advance(950s);
    BlockedRequest blocked(tokens);
    std::thread renewing([&] { EXPECT_EQ(token(), "Bearer token-2-not-real"); });
    blocked.waitUntilBlocked();
    inThreads(8, [&] {
        gate.prepare(later(), {});
        EXPECT_EQ(token(), "Bearer token-1-not-real");
    });
    blocked.release();
    renewing.join();
    tokens.instead = nullptr;
    EXPECT_EQ(token(), "Bearer token-2-not-real");
    EXPECT_EQ(tokens.count(), 2);
}

TEST_F(TokenGate, OthersWaitForAnExpiredTokensRenewal) {
    token();
    tokens.advance(1001s);
    BlockedRequest blocked(tokens);
    std::thread renewing([&] { EXPECT_EQ(token(), "Bearer token-2-not-real"); });
    blocked.waitUntilBlocked();
    EXPECT_THROW(gate.credentials(std::chrono::steady_clock::now() + 5ms, {}), TransportError);
    blocked.release();
    renewing.join();
}

TEST_F(TokenGate, CancellationIsNotSharedWithWaiters) {
    std::promise<void> entered;
    tokens.instead = [&](const CancelToken& cancel) {
        if (!cancel.canBeCancelled()) return;
        entered.set_value();
        static_cast<void>(cancel.waitFor(30s));
        throw Cancelled();
    };
    const CancelSource source;
    std::thread cancelled([&] { EXPECT_THROW(gate.credentials(later(), source.token()), Cancelled); });
    entered.get_future().wait();
    std::thread waiting([&] { EXPECT_EQ(token(), "Bearer token-2-not-real"); });
    source.cancel();
    cancelled.join();
    waiting.join();
}

TEST_F(TokenGate, TimeoutIsNotSharedWithWaiters) {
    std::promise<void> entered;
    std::promise<void> mayGo;
    std::atomic<int> calls{0};
    tokens.instead = [&](const CancelToken&) {
        if (calls++ > 0) return;
        entered.set_value();
        mayGo.get_future().wait();
        throw TransportError(TransportError::Kind::timeout, "the call's timeout is over");
    };
    std::thread late([&] { EXPECT_THROW(gate.credentials(later(), {}), AuthFailure); });
    entered.get_future().wait();
    std::thread waiting([&] { EXPECT_EQ(token(), "Bearer token-2-not-real"); });
    mayGo.set_value();
    late.join();
    waiting.join();
}

TEST_F(TokenGate, FailureIsSharedWithWaiters) {
    std::promise<void> entered;
    std::promise<void> mayGo;
    std::atomic<int> calls{0};
    tokens.instead = [&](const CancelToken&) {
        if (calls++ == 0) {
            entered.set_value();
            mayGo.get_future().wait();
        }
        throw AuthenticationError("the key is refused", {401, "", "", "", "", "", {}}, ErrorContext{1});
    };
    std::atomic<int> refused{0};
    const auto ask = [&] {
        try {
            token();
        } catch (const AuthFailure& failure) {
            if (statusOf<AuthenticationError>(failure) == 401) ++refused;
        }
    };
    std::thread first(ask);
    entered.get_future().wait();
    std::vector<std::thread> others;
    for (int i = 0; i < 8; ++i) others.emplace_back(ask);
    std::this_thread::sleep_for(
        50ms);  // time to start waiting; a later thread requests a token itself and fails in the same way
    mayGo.set_value();
    first.join();
    for (std::thread& thread : others) thread.join();
    EXPECT_EQ(refused, 9);
    EXPECT_LE(calls, 9);
}

TEST_F(TokenGate, SupportsCustomIssuingStrategies) {
    class Own final : public TokenIssuingStrategy {
      public:
        void prepare(SessionTokenIssuer& issuer) override {
            if (token_.empty()) token_ = issuer.issue("tk_own_not_a_real_key", "own", {}).token;
        }
        std::vector<HttpHeader> headers() override { return {{"Authorization", "Bearer " + token_}}; }

      private:
        std::string token_;
    };
    AuthGate own(std::make_shared<Own>(), &tokens);
    EXPECT_EQ(own.credentials(later(), {}).headers.at(0).value, "Bearer token-1-not-real");
    AuthGate alone(std::make_shared<Own>());
    EXPECT_THROW(alone.credentials(later(), {}), AuthFailure);
}

/// Throws what it was given, in place of a request or after one.
class Failing final : public TokenIssuingStrategy {
  public:
    explicit Failing(std::function<void(SessionTokenIssuer&)> work) : work_(std::move(work)) {}
    void prepare(SessionTokenIssuer& issuer) override { work_(issuer); }
    std::vector<HttpHeader> headers() override { return {}; }

  private:
    const std::function<void(SessionTokenIssuer&)> work_;
};

AuthFailure failureOf(std::function<void(SessionTokenIssuer&)> work, FakeTokens& tokens) {
    AuthGate gate(std::make_shared<Failing>(std::move(work)), &tokens);
    try {
        gate.prepare(tokens.now() + 1h, {});
    } catch (const AuthFailure& failure) {
        return failure;
    }
    throw std::logic_error("no failure");
}

TEST_F(TokenGate, AnErrorOfTheUsersCodeShowsNoSecrets) {
    const AuthFailure plain =
        failureOf([](SessionTokenIssuer&) { throw Error("bad key tk_made_up_0123456789", {}); }, tokens);
    EXPECT_STREQ(plain.what(), "bad key ***");
    const AuthFailure refused = failureOf(
        [](SessionTokenIssuer&) {
            ApiErrorDetails details;
            details.status = 503;
            details.serverMessage = "token=abc";
            details.body = "client_secret: abc";
            throw ServerError("token=abc", details, {});
        },
        tokens);
    ASSERT_TRUE(refused.hasClass());
    try {
        refused.raise(refused.what(), 1);
    } catch (const ServerError& error) {
        EXPECT_STREQ(error.what(), "token=***");
        EXPECT_EQ(error.status(), 503);
        EXPECT_EQ(error.serverMessage(), "token=***");
        EXPECT_EQ(error.body(), "client_secret: ***");
    }
}

TEST_F(TokenGate, AnErrorOfTheClientsOwnRequestIsShown) {
    const std::string words = "refused (POST https://api.example/api/v2/public/session-token-of-2026)";
    tokens.instead = [&words](const CancelToken&) { throw Error(words, {}); };
    EXPECT_EQ(failureOf([](SessionTokenIssuer& issuer) { issuer.issue("k", "a", {}); }, tokens).what(), words);
}

}  // namespace
}  // namespace refold::test
