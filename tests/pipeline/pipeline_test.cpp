// Tests a call: the request it sends, the response it accepts, its time limits, redirects and messages.
#include <refold/error.hpp>

#include "pipeline/pipeline_fixture.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace refold::test {
namespace {

using namespace std::chrono_literals;
using Kind = TransportError::Kind;

TEST_F(PipelineTest, SendsTheRequestWithItsHeaders) {
    transport->respond(200, "{}");
    EXPECT_EQ(run(), "{}");
    ASSERT_EQ(transport->requestCount(), 1U);
    const HttpRequest sent = transport->requests()[0];
    EXPECT_EQ(sent.method, "GET");
    EXPECT_EQ(sent.url, request.url);
    EXPECT_EQ(sent.timeout, 30s);
    std::vector<std::string> headers;
    for (const HttpHeader& header : sent.headers) headers.push_back(header.name + ": " + header.value);
    EXPECT_EQ(headers, (std::vector<std::string>{"x-api-key: tk_test_not_a_real_key", "linked_account_id: user_12345",
                                                 "Accept: application/json", "User-Agent: agent/1"}));
}

TEST_F(PipelineTest, AMessageBeginsWithTheStatusAndEndsWithTheUrl) {
    transport->respond(401, R"({"message":"Invalid Credentials"})");
    const std::string what = failure<AuthenticationError>().what();
    EXPECT_EQ(what.rfind("the server answered 401", 0), 0U) << what;
    EXPECT_LT(what.find("Invalid Credentials"), what.find("(GET https://api.example/")) << what;
}

TEST_F(PipelineTest, EachKindOfRefusalHasItsClass) {
    const auto refuseWith = [&](int status) {
        transport = std::make_shared<testing::FakeTransport>();
        transport->respond(status, R"({"message":"no","error_code":"E","request_id":"r1"})").repeat();
        pipeline.reset();
    };
    refuseWith(401);
    EXPECT_THROW(run(), AuthenticationError);
    refuseWith(403);
    EXPECT_THROW(run(), AuthenticationError);
    refuseWith(404);
    EXPECT_THROW(run(), NotFoundError);
    refuseWith(429);
    EXPECT_THROW(run(), RateLimitError);
    refuseWith(500);
    EXPECT_THROW(run(), ServerError);
    refuseWith(501);
    EXPECT_THROW(run(), ServerError);
    refuseWith(418);
    const auto error = failure<ApiError>();
    EXPECT_EQ(error.serverMessage(), "no");
    EXPECT_EQ(error.code(), "E");
    EXPECT_EQ(error.requestId(), "r1");
    EXPECT_TRUE(contains(error.what(), "GET https://api.example/")) << error.what();
    EXPECT_TRUE(contains(error.what(), "418")) << error.what();
}

TEST_F(PipelineTest, TheDeadlineSpansAttemptsAndBackoff) {
    settings.retry.maxAttempts = 100;
    jitter = 0.999;
    transport->respond(503, "{}").repeat();
    CallOptions options;
    options.timeout = 10s;
    const auto error = failure<ServerError>(options);
    EXPECT_LE(clock->elapsed(), 10s);
    EXPECT_TRUE(contains(error.what(), "timeout of 10 s")) << error.what();
    for (const HttpRequest& sent : transport->requests()) EXPECT_LE(sent.timeout, 10s);
}

TEST_F(PipelineTest, AnAttemptGetsNoMoreTimeThanTheCallHasLeft) {
    transport->respondWith([&](const HttpRequest&) -> HttpResponse {
        clock->advance(29s);
        throw TransportError(Kind::timeout, "slow");
    });
    transport->respond(503, "{}").respond(200, "{}");
    settings.timeout = 40s;
    run();
    EXPECT_LT(transport->requests()[1].timeout, 11s);
}

TEST_F(PipelineTest, EmptySuccessIsTruncated) {
    transport->respond(200, "").respond(200, "{}");
    EXPECT_EQ(run(), "{}");
    transport->respond(200, "").repeat();
    EXPECT_EQ(failure<TransportError>().kind(), Kind::truncated);
}

TEST_F(PipelineTest, IncompleteBodyWithoutFramingIsTruncated) {
    const auto withFraming = [](std::vector<HttpHeader> headers, const char* version) {
        HttpResponse response{200, std::move(headers), "{...", {}};
        response.transfer.httpVersion = version;
        return response;
    };
    transport->respond(withFraming({{"Content-Encoding", "gzip"}, {"Content-Length", "4"}}, "1.1")).respond(200, "{}");
    EXPECT_EQ(run(), "{}");
    transport->respond(withFraming({}, "1.1")).respond(200, "{}");
    EXPECT_EQ(run(), "{}");
    transport->respond(withFraming({{"Content-Length", "4"}}, "1.1"));
    EXPECT_THROW(run(), ResponseError);
    transport->respond(withFraming({{"Transfer-Encoding", "chunked"}}, "1.1"));
    EXPECT_THROW(run(), ResponseError);
    transport->respond(withFraming({}, "2"));
    EXPECT_THROW(run(), ResponseError);
}

TEST_F(PipelineTest, AnInvalidResponseIsReportedWithItsPosition) {
    transport->respond(200, "bad");
    const auto error = failure<ResponseError>();
    EXPECT_EQ(error.pointer(), "/docs/3");
    EXPECT_EQ(error.offset(), 7U);
    EXPECT_EQ(error.attempts(), 1);
    for (const char* part : {"https://api.example/", "200", "not a page", "/docs/3", "byte 7"}) {
        EXPECT_TRUE(contains(error.what(), part)) << error.what();
    }
}

// Longer times would overflow when converted to the clock's unit.
TEST_F(PipelineTest, TheLongestTimesOfEachOptionAreValid) {
    constexpr auto longest = std::chrono::milliseconds::max();
    settings.timeout = longest;
    settings.attemptTimeout = longest;
    settings.retry.maxRetryAfter = longest;
    CallOptions options;
    options.timeout = longest;
    transport->respond(200, "{}");
    EXPECT_EQ(run(options), "{}");
    transport->respond(429, "{}", {{"Retry-After", "90000"}}).respond(200, "{}");
    EXPECT_EQ(run(options), "{}");
    EXPECT_GE(clock->elapsed(), 25h);
}

TEST_F(PipelineTest, RefusesHeadersWithLineBreaks) {
    class HeaderInjectingStrategy final : public AuthStrategy {
      public:
        explicit HeaderInjectingStrategy(HttpHeader header) : header_(std::move(header)) {}
        std::vector<HttpHeader> headers() override { return {header_}; }

      private:
        HttpHeader header_;
    };
    for (const HttpHeader& header : {HttpHeader{"x-key", "a\r\nX-Evil: 1"}, HttpHeader{"x\r\nkey", "a"},
                                     HttpHeader{"", "a"}, HttpHeader{"x-key", std::string("a\0b", 3)}}) {
        auth = std::make_shared<HeaderInjectingStrategy>(header);
        pipeline.reset();
        EXPECT_THROW(run(), InvalidArgument);
    }
    EXPECT_EQ(transport->requestCount(), 0U);
}

TEST_F(PipelineTest, FollowsRedirectsWithinTheOrigin) {
    for (const int status : {301, 302, 303, 307, 308}) {
        transport->respond(status, "", {{"Location", "/elsewhere?x=1"}}).respond(200, "{}");
        EXPECT_EQ(run(), "{}");
        EXPECT_EQ(transport->requests().back().url, "https://api.example/elsewhere?x=1");
    }
}

TEST_F(PipelineTest, DoesNotFollowRedirectsToOtherOriginsNorLoops) {
    for (const char* location : {"https://evil.example/", "http://api.example/", "https://api.example:444/",
                                 "//evil.example/", "ftp://api.example/", "https://x:y@api.example/", "http://["}) {
        transport = std::make_shared<testing::FakeTransport>();
        pipeline.reset();
        transport->respond(302, "", {{"Location", location}}).respond(200, "{}");
        EXPECT_EQ(failure<TransportError>().kind(), Kind::redirect) << location;
        EXPECT_EQ(transport->requestCount(), 1U) << location;
    }
    transport = std::make_shared<testing::FakeTransport>();
    pipeline.reset();
    transport->respond(302, "", {{"Location", "/again"}}).repeat();
    EXPECT_EQ(failure<TransportError>().kind(), Kind::redirect);
    EXPECT_EQ(transport->requestCount(), 6U);
}

TEST_F(PipelineTest, ARedirectWithCredentialsIsNeitherFollowedNorShown) {
    auth = apiKey("made-up/key+1", "jane+ops@example.test");
    for (const char* place :
         {"/?key=made-up/key+1", "/?key=made-up%2Fkey%2B1", "/?key=made-up%2fkey%2b1", "/?key=made-up%2fkey%2B1",
          "/?key=%6dade-up%2fkey%2b1", "/jane%2bops%40example.test", "https://other.example/jane%2bops%40example.test",
          "http://[made-up%2fkey%2b1", "http://[%6dade-up%2fkey%2B1", "http://[jane%2bops%40example.test"}) {
        transport = std::make_shared<testing::FakeTransport>();
        pipeline.reset();
        transport->respond(302, "", {{"Location", place}}).respond(200, "{}");
        const auto error = failure<TransportError>();
        EXPECT_EQ(error.kind(), Kind::redirect) << place;
        for (const char* part : {"key+1", "key%2", "jane", "ade-up"}) {
            EXPECT_FALSE(contains(error.what(), part)) << error.what();
        }
        EXPECT_EQ(transport->requestCount(), 1U) << place;
    }
}

TEST_F(PipelineTest, CancellationEndsBackoffAndSending) {
    const CancelSource source;
    CallOptions options;
    options.cancel = source.token();
    transport->respondWith([&](const HttpRequest&) {
        source.cancel();
        return HttpResponse{503, {}, "{}", {}};
    });
    transport->respond(200, "{}");
    EXPECT_EQ(failure<Cancelled>(options).attempts(), 1);
    EXPECT_EQ(transport->requestCount(), 1U);
    EXPECT_EQ(failure<Cancelled>(options).attempts(), 0);
    EXPECT_EQ(transport->requestCount(), 1U);
}

TEST_F(PipelineTest, MessagesAreOneLineWithoutControlCharacters) {
    transport->respond(400, "<html><body>no\x1b[31m\nway\t\x07</body></html>");
    const std::string text = failure<ApiError>().what();
    for (const char c : text) EXPECT_GE(static_cast<unsigned char>(c), 0x20) << text;
    EXPECT_TRUE(contains(text, "way")) << text;
}

}  // namespace
}  // namespace refold::test
