// Tests the API key and session token strategies, and the credentials that they refuse.
#include <refold/auth.hpp>
#include <refold/error.hpp>

#include "auth/auth_gate.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace {

using refold::apiKey;
using refold::InvalidArgument;
using refold::sessionToken;
using refold::internal::AuthGate;

TEST(Strategies, AnApiKeyIsSentWithItsLinkedAccount) {
    const auto headers = apiKey("tk_test_not_a_real_key", "user@example.com")->headers();
    ASSERT_EQ(headers.size(), 2U);
    EXPECT_EQ(headers[0].name, "x-api-key");
    EXPECT_EQ(headers[0].value, "tk_test_not_a_real_key");
    EXPECT_EQ(headers[1].name, "linked_account_id");
    EXPECT_EQ(headers[1].value, "user@example.com");
    EXPECT_FALSE(apiKey("tk_test_not_a_real_key", "user_12345")->refresh());
}

TEST(Strategies, FixedTokenIsNeverRefreshed) {
    const auto strategy = sessionToken("session-token-not-real");
    const auto headers = strategy->headers();
    ASSERT_EQ(headers.size(), 1U);
    EXPECT_EQ(headers[0].name, "Authorization");
    EXPECT_EQ(headers[0].value, "Bearer session-token-not-real");
    EXPECT_FALSE(strategy->refresh());
}

TEST(Strategies, AProviderIsCalledOnceUntilARefresh) {
    int asked = 0;
    const auto strategy = sessionToken([&] { return "token-not-real-" + std::to_string(++asked); });
    EXPECT_EQ(asked, 0);
    EXPECT_EQ(strategy->headers()[0].value, "Bearer token-not-real-1");
    EXPECT_EQ(strategy->headers()[0].value, "Bearer token-not-real-1");
    EXPECT_TRUE(strategy->refresh());
    EXPECT_EQ(strategy->headers()[0].value, "Bearer token-not-real-2");
    EXPECT_EQ(asked, 2);
}

TEST(Strategies, AMoveOnlyCallableIsAProviderToo) {
    auto token = std::make_unique<std::string>("token-not-real");
    const auto strategy = sessionToken([token = std::move(token)] { return *token; });
    EXPECT_EQ(strategy->headers()[0].value, "Bearer token-not-real");
}

TEST(Strategies, RefusesInvalidValuesWithoutShowingThem) {
    for (const std::string& bad : {std::string(), std::string("secret\r\nX-Evil: 1"), std::string("secret\n"),
                                   std::string("sec\0ret", 7), std::string("secret\x7f")}) {
        for (int way = 0; way < 3; ++way) {
            try {
                if (way == 0) apiKey(bad, "user_12345");
                if (way == 1) apiKey("tk_test_not_a_real_key", bad);
                if (way == 2) sessionToken(bad);
                ADD_FAILURE() << "accepted in case " << way;
            } catch (const InvalidArgument& error) {
                EXPECT_FALSE(error.argument().empty());
                EXPECT_EQ(std::string(error.what()).find("sec"), std::string(error.what()).find("secret)"))
                    << error.what();
            }
        }
    }
    EXPECT_THROW(sessionToken(std::shared_ptr<refold::TokenProvider>()), InvalidArgument);
    EXPECT_THROW(sessionToken([] { return ""; })->headers(), InvalidArgument);
}

TEST(Strategies, AProviderSharedByTwoClientsIsCalledByOneThreadAtATime) {
    std::atomic<bool> busy{false};
    std::atomic<int> asked{0};
    const auto strategy = sessionToken([&] {
        EXPECT_FALSE(busy.exchange(true)) << "two threads call the provider at the same time";
        std::this_thread::yield();
        // Too long for the small-string optimisation, so that sanitizers detect a race on its heap memory.
        std::string token = "token-not-real-" + std::to_string(++asked) + "-of-a-length-that-is-allocated";
        busy = false;
        return token;
    });
    // Two gates, as two clients have, each with its own threads.
    AuthGate gates[] = {AuthGate(strategy), AuthGate(strategy)};
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&gate = gates[i % 2]] {
            for (int turn = 0; turn < 300; ++turn) {
                const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1);
                const AuthGate::Credentials credentials = gate.credentials(deadline, {});
                const std::string& value = credentials.headers.at(0).value;
                EXPECT_EQ(value.find("Bearer token-not-real-"), 0U) << value;
                EXPECT_EQ(value.find("-of-a-length-that-is-allocated"), value.size() - 30) << value;
                EXPECT_NE(AuthGate::Renewal::none, gate.refresh({credentials.generation, {}, {}}, deadline, {}));
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_GT(asked, 1);
}

/// A provider that returns when it is told to.
class SlowProvider final : public refold::TokenProvider {
  public:
    std::string newToken() override {
        ++asked;
        entered.set_value();
        mayGo.get_future().wait();
        return "token-not-real";
    }

    std::atomic<int> asked{0};
    std::promise<void> entered;
    std::promise<void> mayGo;
};

TEST(Strategies, AWaitForAnotherClientsProviderIsBoundedAndCancellable) {
    using namespace std::chrono_literals;
    const auto in = [](std::chrono::milliseconds time) { return std::chrono::steady_clock::now() + time; };
    const auto provider = std::make_shared<SlowProvider>();
    const auto strategy = sessionToken(provider);
    AuthGate first(strategy);
    AuthGate second(strategy);
    AuthGate third(strategy);
    std::thread holder([&] { first.credentials(in(1min), {}); });
    provider->entered.get_future().wait();

    try {
        second.credentials(in(20ms), {});
        ADD_FAILURE() << "the provider was not waited for";
    } catch (const refold::internal::AuthFailure& failure) {
        EXPECT_THROW(failure.raise(failure.what(), 0), refold::TransportError);
    }
    const refold::CancelSource source;
    std::thread canceller([&] {
        std::this_thread::sleep_for(20ms);
        source.cancel();
    });
    EXPECT_THROW(second.credentials(in(1min), source.token()), refold::Cancelled);
    canceller.join();

    std::thread waiter([&] {
        EXPECT_EQ(second.credentials(in(1min), {}).headers.at(0).value, "Bearer token-not-real");
        EXPECT_EQ(third.credentials(in(1min), {}).headers.at(0).value, "Bearer token-not-real");
    });
    std::this_thread::sleep_for(20ms);  // time to start waiting; a later thread finds the token
    provider->mayGo.set_value();
    holder.join();
    waiter.join();
    EXPECT_EQ(provider->asked, 1);
}

TEST(Strategies, ATokenThatAnotherClientRenewedIsNotRenewedAgain) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    int asked = 0;
    const auto strategy = sessionToken([&] { return "token-not-real-" + std::to_string(++asked); });
    AuthGate gates[] = {AuthGate(strategy), AuthGate(strategy)};
    for (AuthGate& gate : gates) gate.credentials(deadline, {});
    AuthGate::Renewal expected = AuthGate::Renewal::renewed;
    for (AuthGate& gate : gates) {
        EXPECT_EQ(gate.refresh({0, {}, {}}, deadline, {}), expected);
        EXPECT_EQ(gate.credentials(deadline, {}).headers.at(0).value, "Bearer token-not-real-2");
        expected = AuthGate::Renewal::replaced;
    }
    EXPECT_EQ(asked, 2);
}

TEST(Strategies, AnyExceptionOfAProviderIsAFailureOfTheStrategy) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    AuthGate refused(sessionToken([]() -> std::string { throw refold::TransportError({}, "no vault"); }));
    AuthGate empty(sessionToken([] { return ""; }));
    for (AuthGate* gate : {&refused, &empty}) {
        try {
            gate->credentials(deadline, {});
            ADD_FAILURE() << "nothing was thrown";
        } catch (const refold::internal::AuthFailure& failure) {
            EXPECT_FALSE(failure.hasClass()) << "it becomes an AuthenticationError";
        }
    }
}

TEST(SessionToken, RefusesThePrefixThatTheClientAdds) {
    EXPECT_THROW(refold::sessionToken(std::string("Bearer token-not-real")), refold::InvalidArgument);
    EXPECT_THROW(refold::sessionToken(std::string("bearer token-not-real")), refold::InvalidArgument);
    EXPECT_NO_THROW(refold::sessionToken(std::string("Bearertoken-not-real")));
}

}  // namespace
