// Tests which failures a call retries, after which pause, and what ends its retries.
#include <refold/error.hpp>

#include "pipeline/pipeline_fixture.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace refold::test {
namespace {

using namespace std::chrono_literals;
using Kind = TransportError::Kind;

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

TEST_F(PipelineTest, A403WithRetryAfterIsARateLimit) {
    transport->respond(403, "{}", {{"Retry-After", "2"}}).respond(200, "{}");
    EXPECT_EQ(run(), "{}");
    EXPECT_EQ(clock->elapsed(), 2s);
    transport->respond(403, "{}", {{"Retry-After", "2"}}).repeat();
    const auto error = failure<RateLimitError>();
    EXPECT_TRUE(error.isTransient());
    EXPECT_EQ(error.retryAfter(), 2s);
}

TEST_F(PipelineTest, APageOrTextIsTransientButNotRetriedByACall) {
    transport->respond(200, "\n<!DOCTYPE html><p>Down for maintenance</p>");
    const auto page = failure<ResponseError>();
    EXPECT_TRUE(page.isTransient());
    EXPECT_EQ(page.attempts(), 1);
    EXPECT_TRUE(contains(page.what(), "check the base URL")) << page.what();
    transport->respond(503, "{}").respond(200, "<p>Down for maintenance</p>");
    EXPECT_TRUE(contains(failure<ResponseError>().what(), "another attempt would not help"));
    for (const char* const text : {"bad gateway", "\xEF\xBB\xBF 503 down <p>", "true, but <p>"}) {
        transport->respond(200, text);
        EXPECT_TRUE(failure<ResponseError>().isTransient()) << text;
    }
    for (const char* const json : {R"({"a": "<p>")", R"(["<p>")", R"("<p>")"}) {
        transport->respond(200, json);
        EXPECT_FALSE(failure<ResponseError>().isTransient()) << json;
    }
}

TEST_F(PipelineTest, ARequestThatIsNotIdempotentIsSentOnce) {
    request.method = "POST";
    request.idempotent = false;
    transport->respond(503, "{}").respond(200, "{}");
    EXPECT_EQ(failure<ServerError>().attempts(), 1);
    EXPECT_FALSE(transport->requests()[0].idempotent);
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

TEST_F(PipelineTest, ACallThatAShortHoldLeavesNoTimeEndsInARateLimitError) {
    settings.rateLimit = {0.1, 2};
    settings.retry.maxAttempts = 1;
    settings.timeout = 8s;
    transport->respond(429, "{}", {{"Retry-After", "5"}}).respond(200, "{}").repeat();
    EXPECT_THROW(run(), RateLimitError);
    // The hold of 5 s is shorter than the call's timeout, but the turn comes later.
    EXPECT_EQ(run(), "{}");
    transport = std::make_shared<testing::FakeTransport>();
    transport->respond(429, "{}", {{"Retry-After", "5"}}).respond(200, "{}").repeat();
    pipeline.reset();
    settings.rateLimit = {0.1, 1};
    EXPECT_THROW(run(), RateLimitError);
    const auto error = failure<RateLimitError>();
    EXPECT_EQ(error.status(), 429);
    EXPECT_EQ(error.attempts(), 0);
    EXPECT_EQ(error.retryAfter(), 5s);
    const std::string what = error.what();
    EXPECT_NE(what.find("5"), std::string::npos) << what;
    EXPECT_EQ(what.find("own rate limit"), std::string::npos) << what;
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

TEST_F(PipelineTest, TheQuotaStopsRetriesInAWideOutage) {
    settings.retry.quota = 5;
    transport->respond(503, "{}").repeat();
    EXPECT_EQ(failure<ServerError>().attempts(), 4);
    EXPECT_EQ(failure<ServerError>().attempts(), 3);
    const auto error = failure<ServerError>();
    EXPECT_EQ(error.attempts(), 1);
    EXPECT_TRUE(contains(error.what(), "quota")) << error.what();
}

}  // namespace
}  // namespace refold::test
