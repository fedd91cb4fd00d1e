// Tests when a renewing strategy requests a token: by the clock, after a refusal, and while the endpoint fails.
#include "auth/auth_gate.hpp"
#include "auth/fake_tokens.hpp"

#include <refold/error.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace refold::test {
namespace {

using namespace std::chrono_literals;
using internal::AuthFailure;
using internal::AuthGate;

class IssuedTokens : public ::testing::Test {
  protected:
    std::string token() { return gate.credentials(tokens.now() + 60s, {}).headers.at(0).value; }
    void failWith(const std::function<void()>& failure) {
        tokens.instead = [failure](const CancelToken&) { failure(); };
    }

    FakeTokens tokens;
    AuthGate gate{sessionTokenFor("tk_test_not_a_real_key", "user@example.test"), &tokens};
};

TEST_F(IssuedTokens, AreReusedUntilNearExpiry) {
    EXPECT_EQ(tokens.count(), 0) << "no token is requested before the first call";
    EXPECT_EQ(token(), "Bearer token-1-not-real");
    tokens.advance(899s);
    EXPECT_EQ(token(), "Bearer token-1-not-real");
    tokens.advance(2s);  // less than a tenth of its lifetime is left
    EXPECT_EQ(token(), "Bearer token-2-not-real");
    EXPECT_EQ(token(), "Bearer token-2-not-real");
    ASSERT_EQ(tokens.count(), 2);
    EXPECT_EQ(tokens.asked()[0].apiKey, "tk_test_not_a_real_key");
    EXPECT_EQ(tokens.asked()[0].linkedAccountId, "user@example.test");
}

TEST_F(IssuedTokens, AreRenewedFiveMinutesAheadAtMost) {
    tokens.lifetime = 24h;
    token();
    tokens.advance(24h - 301s);
    EXPECT_EQ(token(), "Bearer token-1-not-real");
    tokens.advance(2s);
    EXPECT_EQ(token(), "Bearer token-2-not-real");
}

TEST_F(IssuedTokens, WithoutALifetimeAreUsedUntilRefused) {
    tokens.lifetime.reset();
    EXPECT_EQ(token(), "Bearer token-1-not-real");
    tokens.advance(24h * 365);
    EXPECT_EQ(token(), "Bearer token-1-not-real");
}

TEST_F(IssuedTokens, AreReplacedAfterARefusal) {
    const AuthGate::Credentials refused = gate.credentials(tokens.now() + 60s, {});
    EXPECT_NE(AuthGate::Renewal::none, gate.refresh({refused.generation, {}, {}}, tokens.now() + 60s, {}));
    EXPECT_EQ(token(), "Bearer token-2-not-real");
    EXPECT_NE(AuthGate::Renewal::none, gate.refresh({refused.generation, {}, {}}, tokens.now() + 60s, {}))
        << "a late 401 for the same token";
    EXPECT_EQ(token(), "Bearer token-2-not-real");
}

TEST_F(IssuedTokens, Late401OfAnOldTokenKeepsTheNewOne) {
    const AuthGate::Credentials old = gate.credentials(tokens.now() + 60s, {});
    tokens.advance(950s);
    EXPECT_EQ(token(), "Bearer token-2-not-real");
    EXPECT_NE(AuthGate::Renewal::none, gate.refresh({old.generation, {}, {}}, tokens.now() + 60s, {}));
    EXPECT_EQ(token(), "Bearer token-2-not-real");
}

TEST_F(IssuedTokens, FailedEarlyRenewalKeepsTheTokenAndBacksOff) {
    token();
    tokens.advance(950s);
    failWith([] { throw ServerError("503", {503, "", "", "", "", "", {}}, ErrorContext{1}); });
    for (int i = 0; i < 5; ++i) EXPECT_EQ(token(), "Bearer token-1-not-real");
    EXPECT_EQ(tokens.count(), 2) << "no retry during the back-off: the outage would delay every call";
    tokens.advance(11s);
    EXPECT_EQ(token(), "Bearer token-1-not-real");
    EXPECT_EQ(tokens.count(), 3);
    tokens.instead = nullptr;
    tokens.advance(11s);
    EXPECT_EQ(token(), "Bearer token-4-not-real");
}

TEST_F(IssuedTokens, EarlyRenewalGetsAQuarterOfTheCallsTime) {
    token();
    tokens.advance(950s);
    gate.prepare(tokens.now() + 8s, {});
    ASSERT_EQ(tokens.count(), 2);
    EXPECT_EQ(tokens.asked()[1].deadline, tokens.now() + 2s);
    tokens.advance(950s);
    gate.prepare(tokens.now() + 600s, {});
    EXPECT_EQ(tokens.asked()[2].deadline, tokens.now() + 10s);
}

TEST_F(IssuedTokens, AfterExpiryAFailedRenewalEndsTheCall) {
    token();
    tokens.advance(1001s);
    failWith([] { throw ServerError("out of order", {503, "SERVER_ERROR", "", "", "", "", {}}, ErrorContext{1}); });
    try {
        token();
        FAIL() << "the expired token was used";
    } catch (const AuthFailure& failure) {
        EXPECT_STREQ(failure.what(), "out of order");
        EXPECT_EQ(statusOf<ServerError>(failure), 503);
    }
    tokens.instead = nullptr;
    EXPECT_EQ(token(), "Bearer token-3-not-real") << "the failure is not remembered";
}

TEST_F(IssuedTokens, ATokenRequestHasItsCallsDeadline) {
    const auto deadline = tokens.now() + 7s;
    gate.credentials(deadline, {});
    EXPECT_EQ(tokens.asked().at(0).deadline, deadline);
}

TEST_F(IssuedTokens, AreSeparateForEachAccount) {
    AuthGate other(gate.forLinkedAccount("other@example.test"), &tokens);
    token();
    EXPECT_EQ(other.credentials(tokens.now() + 60s, {}).headers.at(0).value, "Bearer token-2-not-real");
    EXPECT_EQ(token(), "Bearer token-1-not-real");
    EXPECT_EQ(tokens.asked().at(1).linkedAccountId, "other@example.test");
    EXPECT_EQ(tokens.asked().at(1).apiKey, "tk_test_not_a_real_key");
}

TEST_F(IssuedTokens, TheApiKeyOfATokenCountsAsSecret) {
    const AuthGate::Credentials credentials = gate.credentials(tokens.now() + 60s, {});
    EXPECT_EQ(credentials.secrets, (std::vector<std::string>{"tk_test_not_a_real_key", "user@example.test",
                                                             "token-1-not-real", "refresh-token-not-real"}));
}

TEST_F(IssuedTokens, AreForcedWhenRenewedButNotAtFirst) {
    const auto isForced = [&] { return tokens.asked().back().forceRefresh; };
    const std::uint64_t first = gate.credentials(tokens.now() + 60s, {}).generation;
    EXPECT_FALSE(isForced());
    gate.refresh({first, {}, {}}, tokens.now() + 60s, {});
    token();
    EXPECT_TRUE(isForced()) << "after a 401";
    tokens.advance(950s);
    token();
    EXPECT_TRUE(isForced()) << "ahead of expiry";
    tokens.advance(1001s);
    token();
    EXPECT_TRUE(isForced()) << "after expiry";
    EXPECT_EQ(tokens.count(), 4);
}

TEST_F(IssuedTokens, AreNotRenewedAgainForAPathThatRefusedNewOnes) {
    const auto report401 = [&](const std::string& path, bool hasRenewed) {
        const std::uint64_t generation = gate.credentials(tokens.now() + 60s, {}).generation;
        return gate.refresh({generation, path, tokens.now(), hasRenewed}, tokens.now() + 60s, {});
    };
    EXPECT_EQ(report401("/forbidden", false), AuthGate::Renewal::renewed);
    EXPECT_EQ(report401("/forbidden", true), AuthGate::Renewal::none);
    for (int i = 0; i < 20; ++i) EXPECT_EQ(report401("/forbidden", false), AuthGate::Renewal::none);
    EXPECT_EQ(tokens.count(), 2);
    EXPECT_EQ(report401("/other", false), AuthGate::Renewal::renewed) << "a 401 of another path renews the token";
    tokens.advance(61s);
    EXPECT_EQ(report401("/forbidden", false), AuthGate::Renewal::renewed) << "the path may be allowed after a minute";
    // If every path refuses, renewals stop after a few paths.
    int renewals = 0;
    for (int i = 0; i < 20; ++i) {
        const std::string path = "/run/" + std::to_string(i);
        if (report401(path, false) == AuthGate::Renewal::renewed) ++renewals;
        report401(path, true);
    }
    EXPECT_EQ(renewals, 3);
}

TEST_F(IssuedTokens, AreSharedByTwoClientsOfOneStrategy) {
    const std::shared_ptr<AuthStrategy> strategy = sessionTokenFor("tk_test_not_a_real_key", "user@example.test");
    FakeTokens otherTokens;
    AuthGate gates[] = {AuthGate(strategy, &tokens), AuthGate(strategy, &otherTokens)};
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&gate = gates[i % 2], deadline = tokens.now() + 60s] {
            for (int turn = 0; turn < 300; ++turn) {
                try {
                    const AuthGate::Credentials credentials = gate.credentials(deadline, {});
                    const std::string& value = credentials.headers.at(0).value;
                    EXPECT_EQ(value.find("Bearer token-"), 0U) << value;
                    EXPECT_EQ(value.find("-not-real"), value.size() - 9) << value;
                    EXPECT_NE(AuthGate::Renewal::none, gate.refresh({credentials.generation, {}, {}}, deadline, {}));
                } catch (const AuthFailure& failure) {
                    ADD_FAILURE() << failure.what();
                }
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_GT(tokens.count() + otherTokens.count(), 2);
}

TEST_F(IssuedTokens, ARefusedTokenThatAnotherClientHasReplacedIsNotRenewed) {
    const std::shared_ptr<AuthStrategy> strategy = sessionTokenFor("tk_test_not_a_real_key", "user@example.test");
    AuthGate gates[] = {AuthGate(strategy, &tokens), AuthGate(strategy, &tokens)};
    const AuthGate::TimePoint deadline = tokens.now() + 60s;
    const auto tokenOf = [&](AuthGate& from) { return from.credentials(deadline, {}).headers.at(0).value; };
    const std::uint64_t first = gates[0].credentials(deadline, {}).generation;
    const std::uint64_t second = gates[1].credentials(deadline, {}).generation;
    const std::uint64_t late = gates[1].credentials(deadline, {}).generation;
    EXPECT_EQ(gates[0].refresh({first, "/list", tokens.now()}, deadline, {}), AuthGate::Renewal::renewed);
    EXPECT_EQ(tokenOf(gates[0]), "Bearer token-2-not-real");
    EXPECT_EQ(gates[1].refresh({second, "/list", tokens.now()}, deadline, {}), AuthGate::Renewal::replaced);
    EXPECT_EQ(tokenOf(gates[1]), "Bearer token-2-not-real");
    // A 401 for the first token that arrives after the second one was obtained.
    EXPECT_EQ(gates[1].refresh({late, "/list", tokens.now()}, deadline, {}), AuthGate::Renewal::replaced);
    EXPECT_EQ(tokenOf(gates[1]), "Bearer token-2-not-real");
    EXPECT_EQ(tokens.count(), 2);
}

TEST_F(IssuedTokens, AnOlderTokensLate401KeepsTheOneOfAnotherClient) {
    const std::shared_ptr<AuthStrategy> strategy = sessionTokenFor("tk_test_not_a_real_key", "user@example.test");
    AuthGate other(strategy, &tokens);
    AuthGate own(strategy, &tokens);
    const AuthGate::TimePoint deadline = tokens.now() + 60s;
    const std::uint64_t late = own.credentials(deadline, {}).generation;
    other.refresh({other.credentials(deadline, {}).generation, "/list", tokens.now()}, deadline, {});
    EXPECT_EQ(other.credentials(deadline, {}).headers.at(0).value, "Bearer token-2-not-real");
    EXPECT_EQ(own.credentials(deadline, {}).headers.at(0).value, "Bearer token-2-not-real");
    EXPECT_EQ(own.refresh({late, "/list", tokens.now()}, deadline, {}), AuthGate::Renewal::replaced);
    EXPECT_EQ(tokens.count(), 2);
}

TEST(IssuedTokenCredentials, RefusesInvalidCredentials) {
    EXPECT_THROW(sessionTokenFor("", "user_12345"), InvalidArgument);
    EXPECT_THROW(sessionTokenFor("tk_test_not_a_real_key", ""), InvalidArgument);
    EXPECT_THROW(sessionTokenFor("tk_test\nnot_a_real_key", "user_12345"), InvalidArgument);
    EXPECT_THROW(sessionTokenFor("tk_test_not_a_real_key", "user_\xff"), InvalidArgument);
}

}  // namespace
}  // namespace refold::test
