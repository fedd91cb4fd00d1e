// Runs every row of the fault tables and checks the error's class and kind, the number of requests and the time. For
// all rows it checks that no credentials appear, that messages are one clean line with the server and the number of
// attempts, and that the second server receives nothing.
#include "faults/fault.hpp"

#include "support/fault_server.hpp"
#include "support/http_text.hpp"
#include "support/patience.hpp"
#include "support/recording_observer.hpp"
#include "support/secrets.hpp"
#include "support/unresponsive_listener.hpp"

#include <refold/client.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <exception>
#include <memory>
#include <stdexcept>

namespace refold::test {
namespace {

using namespace std::chrono_literals;
using Class = Outcome::Class;
using Peer = Situation::Peer;
using Use = Situation::Use;

std::string lowered(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

Class classOf(const Error& error) {
    if (dynamic_cast<const TransportError*>(&error) != nullptr) return Class::transport;
    if (dynamic_cast<const ResponseError*>(&error) != nullptr) return Class::response;
    if (dynamic_cast<const AuthenticationError*>(&error) != nullptr) return Class::authentication;
    if (dynamic_cast<const NotFoundError*>(&error) != nullptr) return Class::notFound;
    if (dynamic_cast<const RateLimitError*>(&error) != nullptr) return Class::rateLimit;
    if (dynamic_cast<const ServerError*>(&error) != nullptr) return Class::server;
    if (dynamic_cast<const ApiError*>(&error) != nullptr) return Class::api;
    throw;
}

class ListedTokens final : public TokenProvider {
  public:
    ListedTokens(std::vector<std::string> tokens, std::string error)
        : tokens_(std::move(tokens)), error_(std::move(error)) {}
    std::string newToken() override {
        if (next_ == tokens_.size()) throw std::runtime_error(error_);
        return tokens_[next_++];
    }

  private:
    std::vector<std::string> tokens_;
    std::string error_;
    std::size_t next_ = 0;
};

class FaultTable : public ::testing::TestWithParam<Fault> {
  protected:
    FaultTable() : server_(fault().server), other_({okPage()}), unusedPort_(bindLoopback()) {
        server_.setVariable("other", other_.authority());
        server_.setVariable("otherPort", std::to_string(other_.port()));
    }

    const Fault& fault() const { return GetParam(); }
    const Situation& situation() const { return GetParam().situation; }

    std::string baseUrl() {
        switch (situation().peer) {
            case Peer::noListener:
                return "http://127.0.0.1:" + std::to_string(portOf(unusedPort_));
            case Peer::notAccepting:
                return listener_.emplace().baseUrl();
            case Peer::unknownHost:
                return "https://nowhere.invalid";
            case Peer::server:
                break;
        }
        return server_.baseUrl();
    }

    Client makeClient() {
        ClientOptions options;
        options.baseUrl = baseUrl();
        options.proxy = "";
        options.rateLimit = RateLimit::none();
        options.retry.initialBackoff = 1ms;
        options.retry.maxBackoff = 4ms;
        options.retry.maxRetryAfter = 3s;
        options.timeout = patient(6s);
        options.attemptTimeout = patient(4s);
        options.connectTimeout = patient(2s);
        options.maxResponseBytes = std::size_t{1} << 20;
        options.observer = observer_;
        if (situation().options) situation().options(options);
        if (situation().tokens.empty() && situation().providerError.empty()) {
            return Client(apiKey(testKey, testAccount), options);
        }
        return Client(sessionToken(std::make_shared<ListedTokens>(situation().tokens, situation().providerError)),
                      options);
    }

    void use(const Client& client) {
        if (situation().use == Use::wholeRange) {
            int runs = 0;
            for (const Execution& run : client.executions()) {
                EXPECT_FALSE(run.id.empty());
                ++runs;
            }
            EXPECT_EQ(runs, 6);
            return;
        }
        if (situation().use == Use::twoCalls) {
            ASSERT_NO_THROW(client.listExecutions());
        }
        if (situation().use == Use::stop) {
            client.stopExecution("run_1");
            return;
        }
        if (situation().use == Use::pageRerun) {
            ASSERT_NO_THROW(client.listExecutions());
        }
        if (situation().use == Use::rerun || situation().use == Use::pageRerun) {
            EXPECT_EQ(client.rerunExecution("run_1"), "run_2");
            return;
        }
        const Page<Execution> page = client.listExecutions();
        EXPECT_FALSE(page.empty());
    }

    void checkError(const Error& error) const {
        const std::string what = error.what();
        const Outcome& expected = fault().outcome;
        EXPECT_EQ(static_cast<int>(classOf(error)), static_cast<int>(expected.kind)) << what;
        for (std::string words : expected.words) {
            if (words == "{other}") words = other_.authority();
            EXPECT_NE(lowered(what).find(lowered(words)), std::string::npos)
                << "missing \"" << words << "\" in: " << what;
        }
        if (const auto* transport = dynamic_cast<const TransportError*>(&error)) {
            EXPECT_TRUE(expected.transport == transport->kind())
                << to_string(transport->kind()) << " instead of "
                << (expected.transport ? to_string(*expected.transport) : "none") << ": " << what;
        }
        if (const auto* api = dynamic_cast<const ApiError*>(&error)) {
            EXPECT_EQ(api->status(), expected.status) << what;
            if (api->status() != 0) {
                EXPECT_NE(what.find(std::to_string(api->status())), std::string::npos) << what;
            }
            for (const std::string& part :
                 {api->code(), api->type(), api->serverMessage(), api->requestId(), api->body()}) {
                expectNoSecret(part, "the error's parts");
            }
            EXPECT_LE(api->body().size(), std::size_t{64} * 1024);
            if (expected.retryAfter) {
                ASSERT_TRUE(api->retryAfter().has_value()) << what;
                EXPECT_NEAR(static_cast<double>(api->retryAfter()->count()),
                            static_cast<double>(expected.retryAfter->count()), 2000);
            }
        }
        if (const auto* response = dynamic_cast<const ResponseError*>(&error)) {
            if (!expected.pointer.empty()) {
                EXPECT_EQ(response->pointer(), expected.pointer) << what;
            }
        }
        EXPECT_EQ(error.outcomeUnknown(), expected.outcomeUnknown) << what;
        EXPECT_EQ(what.find("may have happened") != std::string::npos, expected.outcomeUnknown) << what;
        checkMessage(what);
        checkAttempts(error);
    }

    // Checks every message: one line of limited length without control characters, with the server's address.
    void checkMessage(const std::string& what) const {
        EXPECT_LE(what.size(), 1500U) << what;
        for (const char c : what)
            EXPECT_TRUE(static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) << "control character in: " << what;
        EXPECT_EQ(what.find("\xe2\x80\xae"), std::string::npos) << "bidirectional control in: " << what;
        expectNoSecret(what, "what()");
        if (situation().peer == Peer::server && fault().requests > 0) {
            EXPECT_NE(what.find(server_.authority()), std::string::npos) << "no URL in: " << what;
        }
    }

    void checkAttempts(const Error& error) const {
        // An attempt includes the redirects that it follows.
        const bool redirected = fault().outcome.transport == TransportError::Kind::redirect;
        const int attempts = situation().attempts.value_or(redirected ? 1 : fault().requests);
        EXPECT_EQ(error.attempts(), attempts) << error.what();
        if (attempts > 1) {
            const std::string said = "after " + std::to_string(attempts) + " attempts";
            EXPECT_NE(std::string(error.what()).find(said), std::string::npos)
                << "the number of attempts is not in: " << error.what();
        }
    }

    // Checks every request: one kind of credentials, in their headers only, and no cookies.
    void checkRequests() const {
        for (const SeenRequest& request : server_.requests()) {
            expectNoSecret(request.line(), "the request line");
            EXPECT_EQ(request.header("Cookie"), "");
            EXPECT_EQ(request.header("Referer"), "");
            EXPECT_EQ(request.header("Proxy-Authorization"), "");
            EXPECT_EQ(request.header("X-Smuggled"), "");
            if (situation().tokens.empty()) {
                EXPECT_EQ(request.header("x-api-key"), testKey);
                EXPECT_EQ(request.header("linked_account_id"), testAccount);
                EXPECT_EQ(request.header("Authorization"), "");
            } else {
                EXPECT_EQ(request.header("Authorization").rfind("Bearer ", 0), 0U);
                EXPECT_EQ(request.header("x-api-key"), "");
            }
        }
        EXPECT_EQ(other_.connections(), 0) << "the second server was reached";
    }

    FaultServer server_;
    FaultServer other_;
    Descriptor unusedPort_;
    std::optional<UnresponsiveListener> listener_;
    std::shared_ptr<RecordingObserver> observer_ = std::make_shared<RecordingObserver>();
};

TEST_P(FaultTable, EndsAsSpecified) {
    const Client client = makeClient();
    const Stopwatch stopwatch;
    try {
        use(client);
        EXPECT_EQ(static_cast<int>(fault().outcome.kind), static_cast<int>(Class::ok)) << "the call succeeded";
    } catch (const Error& error) {
        if (fault().outcome.kind == Class::ok) {
            ADD_FAILURE() << "the call failed: " << error.what();
        } else {
            checkError(error);
        }
        RecordProperty("what", error.what());
    }
    const std::chrono::milliseconds time = stopwatch.elapsed();
    EXPECT_LE(time.count(), patient(fault().limit).count());
    EXPECT_GE(time.count(), fault().outcome.atLeast.count());
    EXPECT_EQ(server_.served(), fault().requests);
    checkRequests();
    expectNoSecret(observer_->text(), "the observer's events");
    EXPECT_EQ(observer_->text().find("session=made-up"), std::string::npos)
        << "a cookie appears in the observer's events";
    const auto calls = observer_->calls();
    ASSERT_FALSE(calls.empty());
    EXPECT_EQ(calls.back().error.empty(), fault().outcome.kind == Class::ok) << calls.back().error;
}

std::string nameOfRow(const ::testing::TestParamInfo<Fault>& row) {
    std::string name;
    for (const char c : row.param.name) {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
            name += c;
        } else if (!name.empty() && name.back() != '_') {
            name += '_';
        }
    }
    return name;
}

INSTANTIATE_TEST_SUITE_P(Faults, FaultTable, ::testing::ValuesIn(faultTable()), nameOfRow);
INSTANTIATE_TEST_SUITE_P(Actions, FaultTable, ::testing::ValuesIn(actionFaultTable()), nameOfRow);

TEST(FaultTableItself, HasManyRowsWithDistinctNames) {
    std::vector<std::string> names;
    for (const Fault& fault : faultTable()) names.push_back(fault.name);
    EXPECT_GE(names.size(), 60U);
    std::sort(names.begin(), names.end());
    EXPECT_EQ(std::adjacent_find(names.begin(), names.end()), names.end());
}

}  // namespace
}  // namespace refold::test
