// Tests a call's credentials: refresh after a 401, failures of strategies and providers, redaction of echoed secrets.
#include <refold/error.hpp>

#include "pipeline/pipeline_fixture.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace refold::test {
namespace {

using namespace std::chrono_literals;
using Kind = TransportError::Kind;

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

TEST_F(PipelineTest, EchoedCredentialsAreRedacted) {
    transport->respond(400, R"({"message":"bad key tk_test_not_a_real_key for user_12345"})");
    const auto error = failure<ApiError>();
    for (const std::string& text : {std::string(error.what()), error.serverMessage(), error.body()}) {
        EXPECT_FALSE(contains(text, "tk_test_not_a_real_key")) << text;
        EXPECT_FALSE(contains(text, "user_12345")) << text;
    }
    EXPECT_TRUE(contains(error.serverMessage(), "bad key"));
}

}  // namespace
}  // namespace refold::test
