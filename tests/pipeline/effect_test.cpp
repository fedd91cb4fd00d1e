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

TEST_F(EffectTest, OnlyARefusalIsCertain) {
    for (const int status : {101, 300, 301, 302, 303, 304, 307, 308, 399, 408, 500, 501, 503, 600}) {
        transport->respond(status, "{}");
        const auto error = failure<Error>();
        EXPECT_TRUE(error.outcomeUnknown() && saysSo(error)) << status << ": " << error.what();
    }
    for (const int status : {400, 401, 403, 404, 409, 422, 499}) {
        transport->respond(status, "{}");
        const auto error = failure<ApiError>();
        EXPECT_FALSE(error.outcomeUnknown() || saysSo(error)) << error.what();
    }
}

TEST_F(EffectTest, OutcomeIsUnknownAfterAnyExceptionOfATransport) {
    const auto throwing = [this](auto exception) {
        transport->respondWith([exception](const HttpRequest&) -> HttpResponse { throw exception; });
    };
    const auto expectUnknown = [](const Error& error) {
        EXPECT_TRUE(error.outcomeUnknown() && saysSo(error)) << error.what();
    };
    throwing(42);
    EXPECT_EQ(failure<TransportError>().kind(), Kind::other);
    throwing(42);
    expectUnknown(failure<TransportError>());
    throwing(ServerError("burst", {503, "", "", "", "", "", {}}));
    expectUnknown(failure<ServerError>());
    throwing(AuthenticationError("burst", {}));
    expectUnknown(failure<AuthenticationError>());
    throwing(ResponseError("burst", "/docs"));
    expectUnknown(failure<ResponseError>());
    throwing(Error("burst"));
    expectUnknown(failure<Error>());
    throwing(InvalidArgument("url", "burst"));
    EXPECT_FALSE(failure<InvalidArgument>().outcomeUnknown()) << "it says that nothing was sent";
    request.idempotent = true;
    throwing(Error("burst"));
    EXPECT_FALSE(failure<Error>().outcomeUnknown());
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
