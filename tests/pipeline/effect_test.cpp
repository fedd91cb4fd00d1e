// Tests requests that are not idempotent: when they are sent again, and whether the error's outcome is known.
#include "pipeline/pipeline_fixture.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <stdexcept>
#include <string>

namespace refold::test {
namespace {

using namespace std::chrono_literals;
using Kind = TransportError::Kind;

class EffectTest : public PipelineTest {
  protected:
    EffectTest() {
        request.method = "POST";
        request.idempotent = false;
        request.effect = "the effect";
    }

    static bool saysSo(const Error& error) {
        return std::string(error.what())
                   .find("; the effect may have happened; check the run history before you try again") !=
               std::string::npos;
    }
};

TEST_F(EffectTest, OutcomeIsUnknownForAmbiguousKinds) {
    for (const Kind kind : {Kind::timeout, Kind::truncated, Kind::tooLarge, Kind::reset, Kind::protocol, Kind::other}) {
        const std::size_t before = transport->requestCount();
        transport->fail(kind);
        const auto error = failure<TransportError>();
        EXPECT_EQ(error.kind(), kind);
        EXPECT_TRUE(error.outcomeUnknown() && saysSo(error)) << error.what();
        EXPECT_EQ(transport->requestCount(), before + 1);
    }
    for (const Kind kind : {Kind::resolve, Kind::tls, Kind::proxy}) {
        transport->fail(kind);
        const auto error = failure<TransportError>();
        EXPECT_FALSE(error.outcomeUnknown() || saysSo(error)) << error.what();
    }
    transport->fail(Kind::connect).fail(Kind::connect).respond(200, "{}");
    EXPECT_EQ(run(), "{}") << "nothing was sent, so it is retried";
}

TEST_F(EffectTest, TransportCanReportThatNothingWasSent) {
    transport->respondWith([](const HttpRequest&) -> HttpResponse {
        ErrorContext context;
        context.outcomeUnknown = false;
        throw TransportError(Kind::timeout, "while connecting", context);
    });
    transport->respond(200, "{}");
    EXPECT_EQ(run(), "{}");
    transport->respondWith([](const HttpRequest&) -> HttpResponse { throw std::runtime_error("burst"); });
    const auto error = failure<TransportError>();
    EXPECT_TRUE(error.outcomeUnknown() && saysSo(error)) << error.what();
}

TEST_F(EffectTest, OutcomeIsKnownWhenNothingWasSent) {
    settings.rateLimit.perSecond = 0.001;
    settings.rateLimit.burst = 1;
    transport->respond(200, "{}");
    EXPECT_EQ(run(), "{}");
    const auto error = failure<TransportError>();
    EXPECT_EQ(error.kind(), Kind::timeout);
    EXPECT_FALSE(error.outcomeUnknown() || saysSo(error)) << error.what();
    EXPECT_EQ(transport->requestCount(), 1U);
}

TEST_F(EffectTest, OutcomeIsKnownWhenPacingRefusesAfterA429) {
    settings.rateLimit.perSecond = 0.001;
    settings.rateLimit.burst = 1;
    transport->respond(429, "{}");
    const auto error = failure<Error>();
    EXPECT_FALSE(error.outcomeUnknown() || saysSo(error)) << error.what();
}

TEST_F(EffectTest, OutcomeIsNeverUnknownForRepeatableRequests) {
    request.idempotent = true;
    transport->fail(Kind::reset).repeat();
    const auto error = failure<TransportError>();
    EXPECT_EQ(error.attempts(), 4);
    EXPECT_FALSE(error.outcomeUnknown() || saysSo(error)) << error.what();
}

TEST(Errors, OutcomeIsKnownByDefault) {
    ErrorContext open;
    open.outcomeUnknown = true;
    EXPECT_FALSE(Error("x").outcomeUnknown());
    EXPECT_FALSE(Cancelled().outcomeUnknown());
    EXPECT_FALSE(ResponseError("x", "").outcomeUnknown());
    EXPECT_FALSE(ApiError("x", {}).outcomeUnknown());
    EXPECT_TRUE(ServerError("x", {}, open).outcomeUnknown());
}

}  // namespace
}  // namespace refold::test
