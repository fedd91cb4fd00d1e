// Tests the auth gate: one call at a time, one refresh for all, shared failures, bounded waiting.
#include "auth/auth_gate.hpp"

#include <refold/error.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <future>
#include <stdexcept>
#include <string>
#include <thread>
#include <typeinfo>
#include <vector>

namespace {

using namespace std::chrono_literals;
using refold::CancelSource;
using refold::CancelToken;
using refold::HttpHeader;
using refold::internal::AuthFailure;
using refold::internal::AuthGate;

AuthGate::TimePoint in(std::chrono::milliseconds time) {
    return std::chrono::steady_clock::now() + time;
}

class ScriptedStrategy final : public refold::AuthStrategy {
  public:
    std::vector<HttpHeader> headers() override {
        const Busy alone(*this);
        return {{"Authorization", "Bearer " + std::to_string(refreshes)}};
    }
    bool refresh() override {
        const Busy alone(*this);
        if (entered != nullptr) entered->set_value();
        if (mayGo.valid()) mayGo.wait();
        ++refreshes;
        if (fails) throw std::runtime_error("no answer for refresh_token=abc");
        return canRefresh;
    }

    class Busy {
      public:
        explicit Busy(ScriptedStrategy& strategy) : strategy_(strategy) {
            EXPECT_FALSE(strategy_.busy.exchange(true)) << "two threads use the strategy at the same time";
        }
        ~Busy() { strategy_.busy = false; }

      private:
        ScriptedStrategy& strategy_;
    };

    std::atomic<bool> busy{false};
    std::atomic<int> refreshes{0};
    bool fails = false;
    bool canRefresh = true;
    std::promise<void>* entered = nullptr;
    std::shared_future<void> mayGo;
};

TEST(AuthGate, RefreshesOnceForConcurrent401s) {
    const auto strategy = std::make_shared<ScriptedStrategy>();
    AuthGate gate(strategy);
    std::vector<std::thread> threads;
    const std::uint64_t generation = gate.credentials(in(1s), {}).generation;
    for (int i = 0; i < 16; ++i) {
        threads.emplace_back([&] {
            EXPECT_NE(AuthGate::Renewal::none, gate.refresh({generation, {}, {}}, in(10s), {}));
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(strategy->refreshes, 1);
    EXPECT_EQ(gate.credentials(in(1s), {}).headers[0].value, "Bearer 1");
    EXPECT_EQ(AuthGate::Renewal::renewed, gate.refresh({generation + 1, {}, {}}, in(1s), {}));
    EXPECT_EQ(strategy->refreshes, 2);
}

TEST(AuthGate, WithoutNewCredentialsTheCallEndsWithThe401) {
    const auto strategy = std::make_shared<ScriptedStrategy>();
    strategy->canRefresh = false;
    AuthGate gate(strategy);
    EXPECT_EQ(AuthGate::Renewal::none, gate.refresh({0, {}, {}}, in(1s), {}));
}

TEST(AuthGate, WaitersShareTheFailureOfARefresh) {
    const auto strategy = std::make_shared<ScriptedStrategy>();
    std::promise<void> entered;
    std::promise<void> mayGo;
    strategy->fails = true;
    strategy->entered = &entered;
    strategy->mayGo = mayGo.get_future().share();
    AuthGate gate(strategy);

    std::atomic<int> failures{0};
    const auto refresh = [&] {
        try {
            gate.refresh({0, {}, {}}, in(10s), {});
        } catch (const AuthFailure& failure) {
            EXPECT_STREQ(failure.what(), "no answer for refresh_token=***");
            ++failures;
        }
    };
    std::thread first(refresh);
    entered.get_future().wait();
    strategy->entered = nullptr;
    std::vector<std::thread> others;
    for (int i = 0; i < 4; ++i) others.emplace_back(refresh);
    std::this_thread::sleep_for(
        50ms);  // time to start waiting; a later thread refreshes itself and fails in the same way
    mayGo.set_value();
    first.join();
    for (std::thread& thread : others) thread.join();
    EXPECT_EQ(failures, 5);
    EXPECT_LE(strategy->refreshes, 2);
}

TEST(AuthGate, WaitingForAnotherThreadIsBoundedAndCancellable) {
    const auto strategy = std::make_shared<ScriptedStrategy>();
    std::promise<void> entered;
    std::promise<void> mayGo;
    strategy->entered = &entered;
    strategy->mayGo = mayGo.get_future().share();
    AuthGate gate(strategy);
    std::thread holder([&] { gate.refresh({0, {}, {}}, in(10s), {}); });
    entered.get_future().wait();

    EXPECT_THROW(gate.credentials(in(5ms), {}), refold::TransportError);
    const CancelSource source;
    std::thread canceller([&] { source.cancel(); });
    EXPECT_THROW(gate.credentials(in(10s), source.token()), refold::Cancelled);
    canceller.join();
    mayGo.set_value();
    holder.join();
    EXPECT_EQ(gate.credentials(in(1s), {}).generation, 1U);
}

TEST(AuthGate, AnyExceptionBecomesAFailureWithAReason) {
    class ThrowingStrategy final : public refold::AuthStrategy {
      public:
        std::vector<HttpHeader> headers() override { throw 42; }
    };
    AuthGate gate(std::make_shared<ThrowingStrategy>());
    for (int i = 0; i < 2; ++i) {
        try {
            gate.credentials(in(1s), {});
            ADD_FAILURE() << "nothing was thrown";
        } catch (const AuthFailure& failure) {
            EXPECT_STREQ(failure.what(), "it threw something that is not a std::exception");
        }
    }
}

class Failing final : public refold::AuthStrategy {
  public:
    std::vector<HttpHeader> headers() override {
        fails();
        return {};
    }
    bool refresh() override {
        fails();
        return false;
    }

    std::function<void()> fails;
};

/// Returns the error that a failure of a strategy becomes.
template <class ErrorClass>
ErrorClass raised(const std::function<void()>& fails, bool refreshes = false) {
    const auto strategy = std::make_shared<Failing>();
    strategy->fails = fails;
    AuthGate gate(strategy);
    try {
        if (refreshes) {
            gate.refresh({0, {}, {}}, in(1s), {});
        } else {
            gate.credentials(in(1s), {});
        }
    } catch (const AuthFailure& failure) {
        EXPECT_TRUE(failure.hasClass());
        try {
            failure.raise(failure.what(), 2);
        } catch (const ErrorClass& error) {
            EXPECT_EQ(typeid(error), typeid(ErrorClass));
            return error;
        }
    }
    throw std::logic_error("nothing was thrown");
}

TEST(AuthGate, AnErrorOfTheLibraryKeepsItsClass) {
    using Kind = refold::TransportError::Kind;
    const refold::ApiErrorDetails details{503, "CODE", "TYPE", "said", "id", "body", 7s};
    for (const bool refreshes : {false, true}) {
        const auto transport =
            raised<refold::TransportError>([] { throw refold::TransportError(Kind::connect, "x"); }, refreshes);
        EXPECT_EQ(transport.kind(), Kind::connect);
        EXPECT_TRUE(transport.isTransient());
        EXPECT_EQ(transport.attempts(), 2);
        const auto server = raised<refold::ServerError>([&] { throw refold::ServerError("x", details); }, refreshes);
        EXPECT_EQ(server.retryAfter(), 7s);
        EXPECT_TRUE(server.isTransient());
        raised<refold::AuthenticationError>([] { throw refold::AuthenticationError("x", {}); }, refreshes);
        raised<refold::NotFoundError>([] { throw refold::NotFoundError("x", {}); }, refreshes);
        raised<refold::RateLimitError>([] { throw refold::RateLimitError("x", {}); }, refreshes);
        raised<refold::ApiError>([] { throw refold::ApiError("x", {}); }, refreshes);
        raised<refold::Cancelled>([] { throw refold::Cancelled(); }, refreshes);
        raised<refold::Error>([] { throw refold::Error("x"); }, refreshes);
        EXPECT_EQ(raised<refold::ResponseError>([] { throw refold::ResponseError("x", "/docs"); }, refreshes).pointer(),
                  "/docs");
        EXPECT_EQ(
            raised<refold::InvalidArgument>([] { throw refold::InvalidArgument("vault", "x"); }, refreshes).argument(),
            "vault");
    }
}

TEST(AuthGate, AnErrorThatKeepsItsClassHoldsNoSecrets) {
    const auto error = raised<refold::ServerError>([] {
        throw refold::ServerError("client_secret=hunter2", {503, "", "", "client_secret=hunter2", "", "", {}});
    });
    EXPECT_STREQ(error.what(), "client_secret=***");
    EXPECT_EQ(error.serverMessage(), "client_secret=***");
}

/// Throws from the members that need no exclusive access.
class LeakingStrategy final : public refold::MultiAccountStrategy {
  public:
    std::vector<HttpHeader> headers() override { return {{"Authorization", "Bearer token-not-real"}}; }
    std::shared_ptr<AuthStrategy> forLinkedAccount(const std::string& account) const override {
        if (fails) fails("no " + account + " for tk_test_not_a_real_key and token-not-real,\nclient_secret = hunter2");
        return refold::apiKey("tk_test_not_a_real_key", account);
    }
    std::string issuingKey() const override {
        if (fails && keyFails) fails("no key with token-not-real,\nclient_secret = hunter2");
        return "tk_test_not_a_real_key";
    }

    std::function<void(const std::string&)> fails;
    bool keyFails = false;
};

template <class ErrorClass, class Work>
std::string messageOf(Work work) {
    try {
        work();
    } catch (const ErrorClass& error) {
        return error.what();
    }
    return "nothing was thrown";
}

TEST(AuthGate, StrategyExceptionsHoldNoSecrets) {
    const auto strategy = std::make_shared<LeakingStrategy>();
    AuthGate gate(strategy);
    gate.credentials(in(1s), {});
    const auto other = [&] { gate.forLinkedAccount("other@example.test"); };
    const auto key = [&] { gate.issuingKey(); };
    EXPECT_NO_THROW(other());
    EXPECT_EQ(gate.issuingKey(), "tk_test_not_a_real_key");

    strategy->fails = [](const std::string& said) { throw refold::InvalidArgument("auth", said); };
    EXPECT_EQ(messageOf<refold::InvalidArgument>(other), "no *** for *** and ***, client_secret = ***");
    strategy->fails = [](const std::string& said) {
        throw refold::NotFoundError(said, {404, said, "", "", "", said, {}});
    };
    EXPECT_EQ(messageOf<refold::NotFoundError>(other), "no *** for *** and ***, client_secret = ***");
    strategy->keyFails = true;
    EXPECT_EQ(messageOf<refold::NotFoundError>(key), "no key with ***, client_secret = ***");
    strategy->fails = [](const std::string& said) {
        throw refold::TransportError(refold::TransportError::Kind::tls, said);
    };
    EXPECT_EQ(messageOf<refold::TransportError>(key), "no key with ***, client_secret = ***");
    strategy->fails = [](const std::string& said) { throw refold::Cancelled(said, refold::ErrorContext{1}); };
    EXPECT_EQ(messageOf<refold::Cancelled>(key), "no key with ***, client_secret = ***");

    strategy->fails = [](const std::string& said) { throw std::runtime_error(said); };
    EXPECT_EQ(messageOf<refold::AuthenticationError>(key),
              "the auth strategy's issuingKey failed: no key with ***, client_secret = ***");
    strategy->fails = [](const std::string&) { throw 42; };
    EXPECT_EQ(messageOf<refold::AuthenticationError>(other),
              "the auth strategy's forLinkedAccount failed: it threw something that is not a std::exception");
}

TEST(AuthGate, StrategyForOneAccountExplainsTheAlternative) {
    const AuthGate gate(refold::sessionToken("token-not-real"));
    EXPECT_EQ(messageOf<refold::InvalidArgument>([&] { gate.forLinkedAccount("other@example.test"); }),
              "this client's credentials are for one linked account only; make the client with refold::apiKey(...) or "
              "refold::sessionTokenFor(...), or derive your strategy from MultiAccountStrategy and implement "
              "forLinkedAccount");
    EXPECT_EQ(gate.issuingKey(), "");
}

}  // namespace
