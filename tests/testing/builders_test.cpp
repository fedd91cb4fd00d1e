// Tests that builders produce the same run as a value and as JSON.
#include <refold/testing/builders.hpp>

#include <refold/client.hpp>
#include <refold/testing/fake_transport.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>

namespace {

using refold::testing::buildPage;
using refold::testing::errorJson;
using refold::testing::ExecutionBuilder;
using refold::testing::FakeTransport;
using refold::testing::pageJson;
using refold::testing::PageNumbers;

/// Decodes a body with a client.
refold::Page<refold::Execution> received(const std::string& body) {
    auto transport = std::make_shared<FakeTransport>();
    transport->respond(200, body);
    refold::ClientOptions options;
    options.transport = transport;
    return refold::Client(refold::apiKey("tk_test_not_a_real_key", "user_12345"), options).listExecutions();
}

TEST(ExecutionBuilder, BuildsWhatTheClientWouldDeliver) {
    const ExecutionBuilder builder = ExecutionBuilder("exec \"1\"")
                                         .name("Größe\n2")
                                         .orgId("org_9")
                                         .environment("production")
                                         .status("PAUSED")
                                         .application("app_1", "Slack")
                                         .workflow("wf_7", "Daily Sync")
                                         .triggerApplicationEvent("New message")
                                         .linkedAccountId("user_7")
                                         .configId("config_7")
                                         .typeOfExecution("SYNC")
                                         .createdAt(*refold::parseTimestamp("2026-01-02T03:04:05.678Z"))
                                         .field("completion_percentage", "37.5")
                                         .field("a_field_of_tomorrow", "{\"big\":12345678901234567890.1234567890123}");
    const refold::Execution built = builder.build();
    const refold::Execution delivered = received(pageJson({builder})).docs.at(0);

    for (const refold::Execution& run : {built, delivered}) {
        EXPECT_EQ(run.id, "exec \"1\"");
        EXPECT_EQ(run.name, "Größe\n2");
        EXPECT_EQ(run.orgId, "org_9");
        EXPECT_EQ(run.environment, refold::Environment::Production);
        EXPECT_EQ(run.status, "PAUSED");
        EXPECT_EQ(run.associatedApplication.name, "Slack");
        EXPECT_EQ(run.associatedWorkflow.id, "wf_7");
        EXPECT_EQ(run.triggerApplicationEvent, "New message");
        EXPECT_EQ(run.linkedAccountId, "user_7");
        EXPECT_EQ(run.configId, "config_7");
        EXPECT_EQ(run.typeOfExecution, refold::ExecutionType::Sync);
        EXPECT_EQ(run.createdAt, refold::parseTimestamp("2026-01-02T03:04:05.678Z"));
        EXPECT_EQ(run.completionPercentage, 37.5);
        EXPECT_EQ(run.rawJson, builder.json());
    }
}

TEST(ExecutionBuilder, LeavesOutAndReplacesFields) {
    const refold::Execution run =
        ExecutionBuilder("a").without("linked_account_id").field("status", "null").createdAt("yesterday").build();
    EXPECT_TRUE(run.linkedAccountId.empty());
    EXPECT_EQ(run.rawJson.find("linked_account_id"), std::string::npos);
    EXPECT_TRUE(run.status.empty());
    EXPECT_FALSE(run.createdAt.has_value());
}

TEST(ExecutionBuilder, RefusesAFieldThatIsNotJson) {
    EXPECT_THROW(ExecutionBuilder("a").field("status", "RUNNING"), std::invalid_argument);
}

TEST(PageBuilders, DeriveMissingFields) {
    PageNumbers numbers;
    numbers.page = 2;
    numbers.limit = 2;
    numbers.totalDocs = 5;
    const std::vector<ExecutionBuilder> runs = {ExecutionBuilder("c"), ExecutionBuilder("d")};
    const auto built = buildPage(runs, numbers);
    const auto delivered = received(pageJson(runs, numbers));
    for (const auto& page : {built, delivered}) {
        ASSERT_EQ(page.size(), 2U);
        EXPECT_EQ(page.docs[1].id, "d");
        EXPECT_EQ(page.page, 2);
        EXPECT_EQ(page.limit, 2);
        EXPECT_EQ(page.totalDocs, 5);
        EXPECT_EQ(page.totalPages, 3);
        EXPECT_TRUE(page.hasNextPage);
    }
    const auto empty = received(pageJson({}));
    EXPECT_TRUE(empty.empty());
    EXPECT_EQ(empty.totalDocs, 0);
    EXPECT_FALSE(empty.hasNextPage);
}

TEST(ErrorJson, IsReadLikeTheApis) {
    auto transport = std::make_shared<FakeTransport>();
    transport->respond(404, errorJson(404, "No such \"workflow\"", "WORKFLOW_UNKNOWN"));
    refold::ClientOptions options;
    options.transport = transport;
    const refold::Client client(refold::apiKey("tk_test_not_a_real_key", "user_12345"), options);
    try {
        client.listExecutions();
        FAIL();
    } catch (const refold::NotFoundError& error) {
        EXPECT_EQ(error.serverMessage(), "No such \"workflow\"");
        EXPECT_EQ(error.code(), "WORKFLOW_UNKNOWN");
        EXPECT_EQ(error.type(), "NOT_FOUND");
    }
}

}  // namespace
