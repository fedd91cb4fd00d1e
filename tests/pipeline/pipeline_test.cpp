// Tests a call: what is retried, how long it waits, how it ends, and its messages.
#include <refold/error.hpp>

#include "pipeline/pipeline_fixture.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace refold::test {
namespace {

using namespace std::chrono_literals;
using Kind = TransportError::Kind;

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

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

TEST_F(PipelineTest, RetriesTransientStatusesOnly) {
    for (int status = 300; status < 600; ++status) {
        transport = std::make_shared<testing::FakeTransport>();
        transport->respond(status, "{}").respond(200, "{}");
        pipeline.reset();
        const bool transient =
            status == 408 || status == 425 || status == 429 || (status >= 500 && status != 501 && status != 505);
        EXPECT_EQ(ApiError("refused", {status, {}, {}, {}, {}, {}, {}}).isTransient(), transient) << status;
        if (transient) {
            EXPECT_EQ(run(), "{}") << status;
        } else {
            const auto error = failure<ApiError>();
            EXPECT_EQ(error.status(), status);
            EXPECT_EQ(error.attempts(), 1);
            EXPECT_FALSE(error.isTransient());
        }
        EXPECT_EQ(transport->requestCount(), transient ? 2U : 1U) << status;
    }
}

TEST_F(PipelineTest, A403WithRetryAfterIsARateLimit) {
    transport->respond(403, "{}", {{"Retry-After", "2"}}).respond(200, "{}");
    EXPECT_EQ(run(), "{}");
    EXPECT_EQ(clock->elapsed(), 2s);
    transport->respond(403, "{}", {{"Retry-After", "2"}}).repeat();
    const auto error = failure<RateLimitError>();
    EXPECT_TRUE(error.isTransient());
    EXPECT_EQ(error.retryAfter(), 2s);
}

TEST_F(PipelineTest, ACallDuringTheServersHoldEndsInARateLimitError) {
    for (const char* const asked : {"50", "3600"}) {
        transport = std::make_shared<testing::FakeTransport>();
        pipeline.reset();
        settings.timeout = 40s;
        transport->respond(429, "{}", {{"Retry-After", asked}}).respond(200, "{}");
        EXPECT_THROW(run(), RateLimitError);
        clock->advance(2s);
        const auto error = failure<RateLimitError>();
        EXPECT_EQ(error.status(), 429);
        EXPECT_EQ(error.attempts(), 0);
        EXPECT_TRUE(error.isTransient());
        EXPECT_EQ(error.retryAfter(), std::chrono::seconds(std::stoi(asked) - 2));
        EXPECT_EQ(transport->requestCount(), 1U) << "no request is sent during the hold";
        clock->advance(std::chrono::seconds(std::stoi(asked)));
        EXPECT_EQ(run(), "{}");
    }
}

TEST_F(PipelineTest, TheErrorDuringAHoldNamesTheStatusThatAskedForIt) {
    for (const int status : {403, 429}) {
        transport = std::make_shared<testing::FakeTransport>();
        pipeline.reset();
        transport->respond(status, "{}", {{"Retry-After", "3600"}});
        const std::string refused = failure<RateLimitError>().what();
        EXPECT_EQ(refused.find("credentials"), std::string::npos) << refused;
        const auto error = failure<RateLimitError>();
        EXPECT_EQ(error.status(), status);
        const std::string what = error.what();
        EXPECT_NE(what.find("rate limit (status " + std::to_string(status) + ")"), std::string::npos) << what;
    }
}

TEST_F(PipelineTest, AMessageBeginsWithTheStatusAndEndsWithTheUrl) {
    transport->respond(401, R"({"message":"Invalid Credentials"})");
    const std::string what = failure<AuthenticationError>().what();
    EXPECT_EQ(what.rfind("the server answered 401", 0), 0U) << what;
    EXPECT_LT(what.find("Invalid Credentials"), what.find("(GET https://api.example/")) << what;
}

TEST_F(PipelineTest, RetriesTransientTransportErrors) {
    const std::vector<std::pair<Kind, bool>> cases = {
        {Kind::connect, true}, {Kind::timeout, true},   {Kind::truncated, true}, {Kind::reset, true},
        {Kind::tls, false},    {Kind::resolve, false},  {Kind::tooLarge, false}, {Kind::redirect, false},
        {Kind::proxy, false},  {Kind::protocol, false}, {Kind::other, false}};
    for (const auto& [kind, transient] : cases) {
        transport = std::make_shared<testing::FakeTransport>();
        transport->fail(kind).respond(200, "{}");
        pipeline.reset();
        if (transient) {
            EXPECT_EQ(run(), "{}");
        } else {
            EXPECT_EQ(failure<TransportError>().kind(), kind);
        }
        EXPECT_EQ(transport->requestCount(), transient ? 2U : 1U);
    }
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

TEST_F(PipelineTest, BacksOffExponentiallyAndReportsTheAttempts) {
    transport->respond(503, "{}").repeat();
    const auto error = failure<ServerError>();
    EXPECT_EQ(error.attempts(), 4);
    EXPECT_EQ(transport->requestCount(), 4U);
    EXPECT_EQ(clock->sleeps, (std::vector<std::chrono::milliseconds>{250ms, 500ms, 1000ms}));
    EXPECT_TRUE(contains(error.what(), "4 attempts")) << error.what();
    EXPECT_TRUE(contains(error.what(), "last attempt allowed")) << error.what();
}

TEST_F(PipelineTest, RetryAfterIsAMinimum) {
    transport->respond(503, "{}", {{"Retry-After", "3"}})
        .respond(429, "{}", {{"retry-after", "0.1"}})
        .respond(200, "{}");
    run();
    EXPECT_EQ(clock->elapsed(), 3000ms + 500ms);
}

TEST_F(PipelineTest, RetryAfterDateUsesTheCalendarClock) {
    transport->respond(503, "{}", {{"Retry-After", "Tue, 16 Jun 2026 13:15:07 GMT"}}).respond(200, "{}");
    run();
    EXPECT_EQ(clock->elapsed(), 7s);
}

TEST_F(PipelineTest, RetryAfterBeyondTheBoundEndsTheCallAtOnce) {
    transport->respond(429, "{}", {{"Retry-After", "3600"}});
    const auto error = failure<RateLimitError>();
    EXPECT_EQ(error.retryAfter(), 3600s);
    EXPECT_EQ(error.attempts(), 1);
    EXPECT_EQ(clock->elapsed(), 0ms);
    EXPECT_TRUE(contains(error.what(), "3600 s")) << error.what();
}

TEST_F(PipelineTest, A429HoldsBackEveryRequestOfTheClient) {
    settings.retry.maxAttempts = 1;
    transport->respond(429, "{}", {{"Retry-After", "5"}}).respond(200, "{}");
    EXPECT_THROW(run(), RateLimitError);
    EXPECT_EQ(clock->elapsed(), 0ms);
    run();
    EXPECT_EQ(clock->elapsed(), 5s);
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

TEST_F(PipelineTest, TheQuotaStopsRetriesInAWideOutage) {
    settings.retry.quota = 5;
    transport->respond(503, "{}").repeat();
    EXPECT_EQ(failure<ServerError>().attempts(), 4);
    EXPECT_EQ(failure<ServerError>().attempts(), 3);
    const auto error = failure<ServerError>();
    EXPECT_EQ(error.attempts(), 1);
    EXPECT_TRUE(contains(error.what(), "quota")) << error.what();
}

TEST_F(PipelineTest, ARequestThatIsNotIdempotentIsSentOnce) {
    request.method = "POST";
    request.idempotent = false;
    transport->respond(503, "{}").respond(200, "{}");
    EXPECT_EQ(failure<ServerError>().attempts(), 1);
    EXPECT_FALSE(transport->requests()[0].idempotent);
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
    for (const char* part : {"https://api.example/", "200", "not to my taste", "/docs/3", "byte 7"}) {
        EXPECT_TRUE(contains(error.what(), part)) << error.what();
    }
}

TEST_F(PipelineTest, AWebPageIsTransientButNotRetriedByACall) {
    transport->respond(200, "\n<!DOCTYPE html><p>Down for maintenance</p>");
    const auto page = failure<ResponseError>();
    EXPECT_TRUE(page.isTransient());
    EXPECT_EQ(page.attempts(), 1);
    EXPECT_TRUE(contains(page.what(), "check the base URL")) << page.what();
    transport->respond(503, "{}").respond(200, "<p>Down for maintenance</p>");
    EXPECT_TRUE(contains(failure<ResponseError>().what(), "another attempt would not help"));
    transport->respond(200, "bad <p>");
    EXPECT_FALSE(failure<ResponseError>().isTransient());
}

TEST_F(PipelineTest, RefreshesOnceAfterA401) {
    int asked = 0;
    auth = sessionToken([&] { return "token-not-real-" + std::to_string(++asked); });
    transport->respond(401, "{}").respond(200, "{}");
    EXPECT_EQ(run(), "{}");
    EXPECT_EQ(transport->requests()[1].headers[0].value, "Bearer token-not-real-2");
    EXPECT_EQ(clock->elapsed(), 0ms);

    transport->respond(401, "{}").repeat();
    EXPECT_EQ(failure<AuthenticationError>().attempts(), 2);
    EXPECT_EQ(asked, 3);
}

TEST_F(PipelineTest, ReportsA401WithoutNewCredentials) {
    transport->respond(401, "{}");
    EXPECT_EQ(failure<AuthenticationError>().attempts(), 1);
}

TEST_F(PipelineTest, AProviderThatThrowsEndsTheCallWithItsReasonAndWithoutItsSecrets) {
    auth = sessionToken([]() -> std::string { throw std::runtime_error("vault is sealed; token=hunter2"); });
    const auto error = failure<AuthenticationError>();
    EXPECT_EQ(error.status(), 0);
    EXPECT_TRUE(contains(error.what(), "vault is sealed")) << error.what();
    EXPECT_FALSE(contains(error.what(), "hunter2")) << error.what();
    EXPECT_EQ(transport->requestCount(), 0U);
}

TEST_F(PipelineTest, AnErrorOfAStrategyKeepsItsClass) {
    class Vault final : public AuthStrategy {
      public:
        std::vector<HttpHeader> headers() override {
            if (isSealed) throw TransportError(Kind::connect, "the vault does not answer");
            return {};
        }
        bool refresh() override {
            isSealed = true;
            headers();
            return true;
        }
        bool isSealed = true;
    };
    const auto vault = std::make_shared<Vault>();
    auth = vault;
    const auto error = failure<TransportError>();
    EXPECT_EQ(error.kind(), Kind::connect);
    EXPECT_TRUE(error.isTransient());
    EXPECT_TRUE(contains(error.what(), "could not obtain credentials: the vault does not answer")) << error.what();
    EXPECT_EQ(transport->requestCount(), 0U);

    vault->isSealed = false;
    transport->respond(401, "{}");
    const auto later = failure<TransportError>();
    EXPECT_EQ(later.attempts(), 1);
    EXPECT_TRUE(contains(later.what(), "401")) << later.what();
    EXPECT_TRUE(contains(later.what(), "could not obtain new credentials: the vault")) << later.what();
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

TEST_F(PipelineTest, EchoedCredentialsAreRedacted) {
    transport->respond(400, R"({"message":"bad key tk_test_not_a_real_key for user_12345"})");
    const auto error = failure<ApiError>();
    for (const std::string& text : {std::string(error.what()), error.serverMessage(), error.body()}) {
        EXPECT_FALSE(contains(text, "tk_test_not_a_real_key")) << text;
        EXPECT_FALSE(contains(text, "user_12345")) << text;
    }
    EXPECT_TRUE(contains(error.serverMessage(), "bad key"));
}

TEST_F(PipelineTest, RefusesHeadersWithLineBreaks) {
    class Smuggler final : public AuthStrategy {
      public:
        explicit Smuggler(HttpHeader header) : header_(std::move(header)) {}
        std::vector<HttpHeader> headers() override { return {header_}; }

      private:
        HttpHeader header_;
    };
    for (const HttpHeader& header : {HttpHeader{"x-key", "a\r\nX-Evil: 1"}, HttpHeader{"x\r\nkey", "a"},
                                     HttpHeader{"", "a"}, HttpHeader{"x-key", std::string("a\0b", 3)}}) {
        auth = std::make_shared<Smuggler>(header);
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

TEST_F(PipelineTest, OtherExceptionsOfACustomTransportEndTheCall) {
    transport->respondWith([](const HttpRequest&) -> HttpResponse { throw std::runtime_error("cable cut"); });
    const auto error = failure<TransportError>();
    EXPECT_EQ(error.kind(), Kind::other);
    EXPECT_TRUE(contains(error.what(), "cable cut"));
    transport->respondWith([](const HttpRequest&) -> HttpResponse { throw 42; });
    EXPECT_TRUE(contains(failure<TransportError>().what(), "not a std::exception"));
}

TEST_F(PipelineTest, CustomTransportErrorsHoldNoCredentials) {
    const std::string said = "sent tk_test_not_a_real_key\nof user_12345";
    const auto send = [this](const auto& error) {
        transport->respondWith([error](const HttpRequest&) -> HttpResponse { throw error; });
    };
    const ApiErrorDetails details{404, said, said, said, said, R"({"message":"user\u005f12345 of user_12345"})", 3s};
    send(InvalidArgument(said, said));
    const auto argument = failure<InvalidArgument>();
    EXPECT_STREQ(argument.what(), "sent *** of ***");
    EXPECT_FALSE(contains(argument.argument(), "user_12345"));
    send(ResponseError(said, "/user_12345", 7));
    const auto response = failure<ResponseError>();
    EXPECT_STREQ(response.what(), "sent *** of ***");
    EXPECT_EQ(response.pointer(), "/***");
    EXPECT_EQ(response.offset(), 7U);
    send(NotFoundError(said, details, ErrorContext{2}));
    const auto api = failure<NotFoundError>();
    EXPECT_STREQ(api.what(), "sent *** of ***");
    for (const std::string& text : {api.code(), api.type(), api.serverMessage(), api.requestId(), api.body()}) {
        EXPECT_FALSE(contains(text, "user_12345") || contains(text, "tk_test")) << text;
        EXPECT_FALSE(contains(text, "u005f12345")) << text;
    }
    EXPECT_EQ(api.status(), 404);
    EXPECT_EQ(api.attempts(), 2);
    EXPECT_EQ(api.retryAfter(), 3s);
    send(AuthenticationError(said, details));
    EXPECT_STREQ(failure<AuthenticationError>().what(), "sent *** of ***");
    send(RateLimitError(said, details));
    EXPECT_STREQ(failure<RateLimitError>().what(), "sent *** of ***");
    send(ServerError(said, details));
    EXPECT_STREQ(failure<ServerError>().what(), "sent *** of ***");
    send(ApiError(said, details));
    EXPECT_STREQ(failure<ApiError>().what(), "sent *** of ***");
    send(Error(said));
    EXPECT_STREQ(failure<Error>().what(), "sent *** of ***");
}

TEST_F(PipelineTest, ALongTextIsRedactedBeforeItIsTruncated) {
    const std::string key = "tk_test_not_a_real_key";
    // Tries offsets at which truncation first would cut the key in two.
    for (std::size_t before = 480; before < 620; ++before) {
        transport = std::make_shared<testing::FakeTransport>();
        pipeline.reset();
        transport->fail(Kind::tls, std::string(before, 'x') + key + std::string(500, 'y'));
        const std::string what = failure<TransportError>().what();
        EXPECT_FALSE(contains(what, "tk_")) << before;
        EXPECT_LT(what.size(), 800U);
    }
    for (std::size_t before = 1960; before < 2010; ++before) {
        transport = std::make_shared<testing::FakeTransport>();
        pipeline.reset();
        transport->respondWith([&](const HttpRequest&) -> HttpResponse {
            throw ApiError(std::string(before, 'x') + key + std::string(500, 'y'), {});
        });
        const std::string what = failure<ApiError>().what();
        EXPECT_FALSE(contains(what, "tk_")) << before;
        EXPECT_LE(what.size(), 2000U);
    }
}

TEST_F(PipelineTest, CustomTransportErrorsWithoutSecretsAreUnchanged) {
    struct Own final : Error {
        using Error::Error;
    };
    transport->respondWith(
        [](const HttpRequest&) -> HttpResponse { throw Own("the quota of this machine is spent", ErrorContext{3}); });
    const auto error = failure<Own>();
    EXPECT_STREQ(error.what(), "the quota of this machine is spent");
    EXPECT_EQ(error.attempts(), 3);
}

TEST_F(PipelineTest, MessagesAreOneLineWithoutControlCharacters) {
    transport->respond(400, "<html><body>no\x1b[31m\nway\t\x07</body></html>");
    const std::string text = failure<ApiError>().what();
    for (const char c : text) EXPECT_GE(static_cast<unsigned char>(c), 0x20) << text;
    EXPECT_TRUE(contains(text, "way")) << text;
}

}  // namespace
}  // namespace refold::test
