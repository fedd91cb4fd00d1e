// Tests recordings: exchanges replay exactly, secrets are removed, and unrecorded requests are refused.
#include "support/secrets.hpp"
#include "support/temporary_directory.hpp"
#include "support/test_client.hpp"

#include <refold/testing/fake_server.hpp>
#include <refold/testing/fake_transport.hpp>
#include <refold/testing/recording_transport.hpp>
#include <refold/testing/replaying_transport.hpp>

#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

namespace {

using refold::test::expectNoSecret;
using refold::test::TemporaryDirectory;
using refold::test::testAccount;
using refold::test::testKey;
using refold::testing::FakeServer;
using refold::testing::FakeServerOptions;
using refold::testing::FakeTransport;
using refold::testing::RecordingTransport;
using refold::testing::ReplayingTransport;

std::string contentOf(const std::string& file) {
    std::ifstream in(file);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

refold::ClientOptions through(std::shared_ptr<refold::Transport> transport) {
    refold::ClientOptions options = refold::test::quickOptions("https://recorded.example.test");
    options.transport = std::move(transport);
    return options;
}

refold::HttpRequest requestTo(const std::string& url) {
    refold::HttpRequest request;
    request.url = url;
    request.headers = {{"Accept", "application/json"},
                       {"x-api-key", testKey},
                       {"linked_account_id", testAccount},
                       {"Authorization", std::string("Bearer ") + refold::test::firstToken},
                       {"X-Private", "a header of tomorrow"}};
    return request;
}

class Recording : public ::testing::Test {
  protected:
    const TemporaryDirectory directory_;
    const std::string file_ = directory_.path() + "/recording.json";

    /// Records one response to one request and reads it back.
    std::string recordedAnswer(const std::string& body, const std::string& url = "https://a.test/x") {
        auto inner = std::make_shared<FakeTransport>();
        inner->respond(200, body, {{"Content-Type", "application/json"}, {"Set-Cookie", "session=made-up"}});
        {
            RecordingTransport recorder(inner, file_);
            recorder.send(requestTo(url));
        }
        return ReplayingTransport(file_).send(requestTo(url)).body;
    }
};

TEST_F(Recording, AListingOverRealSocketsIsReplayedWithoutAServer) {
    FakeServerOptions settings;
    settings.runs = 250;
    settings.apiKey = testKey;
    settings.linkedAccountId = testAccount;
    const auto idsOf = [](const refold::Client& client, std::string& numbers) {
        std::vector<std::string> ids;
        for (const refold::Execution& run : client.executions()) {
            ids.push_back(run.id);
            if (run.instanceExecutionTime) {
                numbers += run.rawJson.substr(run.rawJson.find("instance_execution_time"), 60);
            }
        }
        return ids;
    };

    std::vector<std::string> live;
    std::string liveNumbers;
    {
        FakeServer server(settings);
        refold::ClientOptions options = refold::test::quickOptions(server.baseUrl());
        auto recorder = std::make_shared<RecordingTransport>(refold::defaultTransport(options), file_);
        options.transport = recorder;
        server.failNext(1, 503);
        live = idsOf(refold::test::makeClient(options), liveNumbers);
        EXPECT_EQ(live.size(), 250U);
        recorder->save();
        EXPECT_EQ(recorder->exchangeCount(), server.requestCount());
    }
    const std::string text = contentOf(file_);
    expectNoSecret(text, "the recording");
    EXPECT_TRUE(nlohmann::json::accept(text));

    auto replay = std::make_shared<ReplayingTransport>(file_);
    std::string replayedNumbers;
    EXPECT_EQ(idsOf(refold::Client(refold::apiKey("another", "account"), through(replay)), replayedNumbers), live);
    EXPECT_EQ(replayedNumbers, liveNumbers) << "the replayed numbers lost digits";
    EXPECT_TRUE(replay->unused().empty());
}

TEST_F(Recording, SecretsAreNotRecorded) {
    const std::string answer = recordedAnswer(
        std::string(R"({"docs":[{"_id":"a","name":"Sync of )") + testAccount + R"(","linked_account_id":")" +
        testAccount +
        R"(","config_id":"somebody_else_1","linked_account_data":{"tier":"gold"},"a_field_of_tomorrow":["x",1],)"
        R"("pin":1234,)" +
        R"("vip":true,"nodes":[{"node_id":"n","input_data":{"password":"hunter2"},)"
        R"("latest_output":"somebody_else_1"}]}],)" +
        R"("token":")" + refold::test::secondToken + R"(","message":"key )" + testKey + " of somebody_else_1, " +
        refold::test::secondToken + R"(","hasNextPage":false})");
    EXPECT_EQ(answer, R"({"docs":[{"_id":"a","name":"Sync of ***","linked_account_id":"***","config_id":"***",)"
                      R"("linked_account_data":{},)"
                      R"("a_field_of_tomorrow":[],"pin":0,"vip":false,"nodes":[{"node_id":"n","input_data":{},)"
                      R"("latest_output":"***"}]}],)"
                      R"("token":"***","message":"key *** of ***, ***","hasNextPage":false})");
    const std::string text = contentOf(file_);
    expectNoSecret(text, "the recording");
    for (const char* secret : {"hunter2", "somebody_else_1", "gold", "made-up", "header of tomorrow", "X-Private"}) {
        EXPECT_EQ(text.find(secret), std::string::npos) << secret;
    }
}

TEST_F(Recording, OnlyDocumentedQueryParametersAreRecorded) {
    recordedAnswer("{}", std::string("https://u.test/e/") + testKey +
                             "?limit=5&workflow_name=made.up%2Baccount%40example.test" + "&signature=abc&flag");
    const auto recording = nlohmann::json::parse(contentOf(file_));
    const auto& request = recording.at("exchanges").at(0).at("request");
    EXPECT_EQ(request.at("path"), "/e/***");
    EXPECT_EQ(request.at("query"), "limit=5&workflow_name=***&signature=***&flag");
    EXPECT_EQ(request.at("headers"), nlohmann::json({{"Accept", "application/json"}}));
}

TEST_F(Recording, ABodyThatIsNotJsonIsNotRecorded) {
    EXPECT_EQ(recordedAnswer("<html>who knows what</html>"), "***");
    EXPECT_EQ(recordedAnswer(""), "");
    EXPECT_EQ(recordedAnswer("\"a bare text\""), "\"***\"");
    EXPECT_EQ(recordedAnswer(std::string(100000, '[')), "***");
    EXPECT_EQ(recordedAnswer(R"({"totalDocs":12345678901234567890,"limit":-0.10,"page":1e300,"name":"a\u0001\"\\ü"})"),
              R"({"totalDocs":12345678901234567890,"limit":-0.10,"page":1e300,"name":"a\u0001\"\\ü"})");
}

TEST_F(Recording, FailuresAreRecordedAndCancellationIsNot) {
    auto inner = std::make_shared<FakeTransport>();
    inner->fail(refold::TransportError::Kind::tls, "certificate of made-up").hang();
    RecordingTransport recorder(inner, file_);
    EXPECT_THROW(recorder.send(requestTo("https://a.test/x")), refold::TransportError);
    refold::CancelSource source;
    refold::HttpRequest cancelled = requestTo("https://a.test/y");
    cancelled.cancel = source.token();
    source.cancel();
    EXPECT_THROW(recorder.send(cancelled), refold::Cancelled);
    recorder.save();
    EXPECT_EQ(recorder.exchangeCount(), 1U);

    ReplayingTransport replay(file_);
    try {
        replay.send(requestTo("https://b.test/x"));
        FAIL();
    } catch (const refold::TransportError& error) {
        EXPECT_EQ(error.kind(), refold::TransportError::Kind::tls);
    }
    EXPECT_THROW(replay.send(cancelled), refold::Cancelled);
}

TEST_F(Recording, ReplayIsStrict) {
    auto inner = std::make_shared<FakeTransport>();
    inner->respond(200, "{\"page\":1}").respond(200, "{\"page\":2}").respond(200, "{\"page\":3}");
    {
        RecordingTransport recorder(inner, file_);
        recorder.send(requestTo("https://a.test/x?page=1&limit=2"));
        recorder.send(requestTo("https://a.test/x?page=1&limit=2"));
        recorder.send(requestTo("https://a.test/x?page=2&limit=2"));
    }
    ReplayingTransport replay(file_);
    EXPECT_EQ(replay.unused().size(), 3U);
    // Ignores the host and the order of the parameters; replays responses to the same request in the recorded order.
    EXPECT_EQ(replay.send(requestTo("http://other.test:81/x?limit=2&page=1")).body, "{\"page\":1}");
    EXPECT_EQ(replay.send(requestTo("https://a.test/x?page=1&limit=2")).body, "{\"page\":2}");
    try {
        replay.send(requestTo("https://a.test/x?page=1&limit=2"));
        FAIL();
    } catch (const std::logic_error& error) {
        EXPECT_NE(std::string(error.what()).find("GET /x?limit=2&page=1"), std::string::npos) << error.what();
    }
    EXPECT_EQ(replay.unused(), std::vector<std::string>{"GET /x?limit=2&page=2"});
    EXPECT_THROW(replay.send(requestTo("https://a.test/y?page=2&limit=2")), std::logic_error);
    refold::HttpRequest post = requestTo("https://a.test/x?page=2&limit=2");
    post.method = "POST";
    EXPECT_THROW(replay.send(post), std::logic_error);

    // A client reports it in one error, without retries.
    const refold::Client client(refold::apiKey("another", "account"),
                                through(std::make_shared<ReplayingTransport>(file_)));
    try {
        client.listExecutions();
        FAIL();
    } catch (const refold::TransportError& error) {
        EXPECT_EQ(error.attempts(), 1);
        EXPECT_NE(std::string(error.what()).find("holds no answer"), std::string::npos) << error.what();
    }
}

TEST_F(Recording, RefusesOtherFiles) {
    EXPECT_THROW(ReplayingTransport{file_}, std::runtime_error);
    for (const char* text :
         {"", "{}", "[]", "{\"format\":\"refold-recording\",\"version\":2,\"exchanges\":[]}",
          "{\"format\":\"refold-recording\",\"version\":1}",
          "{\"format\":\"refold-recording\",\"version\":1,\"exchanges\":[{}]}",
          R"({"format":"refold-recording","version":1,"exchanges":[{"request":{"method":"GET","path":"/"}}]})"}) {
        std::ofstream(file_) << text;
        EXPECT_THROW(ReplayingTransport{file_}, std::runtime_error) << text;
    }
}

TEST_F(Recording, ReportsWriteErrors) {
    EXPECT_THROW(RecordingTransport(nullptr, file_), std::invalid_argument);
    auto inner = std::make_shared<FakeTransport>();
    inner->respond(200, "{}");
    EXPECT_THROW(RecordingTransport(inner, ""), std::invalid_argument);
    RecordingTransport recorder(inner, directory_.path() + "/no such directory/recording.json");
    recorder.send(requestTo("https://a.test/x"));
    EXPECT_THROW(recorder.save(), std::runtime_error);
}

}  // namespace
