// Tests errors of custom transports: their class, and their messages without credentials.
#include <refold/error.hpp>

#include "pipeline/pipeline_fixture.hpp"

#include <gtest/gtest.h>

#include <string>

namespace refold::test {
namespace {

using namespace std::chrono_literals;
using Kind = TransportError::Kind;

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

}  // namespace
}  // namespace refold::test
