// Tests the operations on one run with the embedded server: detail, batches, stop and rerun.
#include "client/client_fixture.hpp"

#include <refold/refold.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

namespace refold::test {
namespace {

using namespace std::chrono_literals;
using testing::FakeAnswer;
using testing::FakeBatch;
using testing::FakeNode;
using testing::FakeRequest;
using testing::FakeServer;

std::string runOf(FakeServer& server, const std::string& status) {
    testing::FakeRun run;
    run.status = status;
    return server.addRun(run);
}

/// A run with one node that has `count` batches, every fifth of which failed.
std::string runWithBatches(FakeServer& server, int count) {
    FakeNode node;
    node.id = "n 1/ä";
    for (int i = 0; i < count; ++i) {
        node.batches.push_back({i % 5 == 4 ? "Errored" : "Success", "[" + std::to_string(i) + "]"});
    }
    const std::string id = runOf(server, "COMPLETED");
    server.setNodes(id, {node});
    return id;
}

template <class Listing>
std::vector<std::int64_t> indicesOf(Listing& listing) {
    std::vector<std::int64_t> indices;
    for (const NodeBatch& batch : listing) indices.push_back(batch.batchIndex.value_or(-1));
    return indices;
}

TEST(GetExecution, ReturnsTheRunAndItsNodes) {
    FakeServer server(historyOf(0));
    const std::string id = runOf(server, "FAILED");
    const Client client = clientOf(server);
    const ExecutionDetail run = client.getExecution(id);
    EXPECT_EQ(run.id, id);
    EXPECT_EQ(run.status, ExecutionStatus::Failed);
    EXPECT_EQ(run.associatedWorkflow.name, "Daily Sync");
    EXPECT_EQ(run.completionPercentage, 100);
    ASSERT_EQ(run.nodes.size(), 5U);
    ASSERT_NE(run.firstFailedNode(), nullptr);
    EXPECT_EQ(run.firstFailedNode()->status, NodeStatus::Errored);
    EXPECT_EQ(run.firstFailedNode()->attemptsMade, 3);
    EXPECT_EQ(run.firstFailedNode()->latestOutput,
              R"({"error":"invalid_grant","error_description":"The refresh token of connection 7638 has expired; )"
              R"(connect the account again"})");
    ASSERT_EQ(server.requests().size(), 1U);
    EXPECT_EQ(server.requests()[0].path, "/api/v2/public/execution/" + id);
    EXPECT_EQ(server.requests()[0].method, "GET");
    EXPECT_EQ(client.getExecution(id).rawJson, run.rawJson);
}

TEST(GetExecution, FillsInAMissingId) {
    testing::FakeServerOptions options = historyOf(3);
    options.omitIdInDetail = true;
    const FakeServer server(options);
    for (const std::string& id : server.ids()) {
        const ExecutionDetail run = clientOf(server).getExecution(id);
        EXPECT_EQ(run.id, id);
        EXPECT_EQ(run.rawJson.find("\"_id\":\"" + id), std::string::npos);
    }
}

TEST(GetExecution, SendsIdsAsOnePathSegment) {
    FakeServer server(historyOf(0));
    for (const char* const id : {"a/b", "a b?c#d", "100%", "%2F", "ä+ö", "...", "a\tb"}) {
        testing::FakeRun run;
        run.id = id;
        server.addRun(run);
        EXPECT_EQ(clientOf(server).getExecution(id).id, id);
    }
    EXPECT_EQ(server.requests()[0].path, "/api/v2/public/execution/a%2Fb");
}

TEST(GetExecution, RefusesIdsThatEscapeThePath) {
    const FakeServer server(historyOf(1));
    const Client client = clientOf(server);
    const auto argumentOf = [](const auto& call) {
        try {
            call();
        } catch (const InvalidArgument& error) {
            return error.argument();
        }
        return std::string("none");
    };
    for (const std::string& id :
         {std::string(), std::string("."), std::string(".."), std::string("a\nb"), std::string("a\0b", 3)}) {
        EXPECT_EQ(argumentOf([&] { client.getExecution(id); }), "id");
        EXPECT_EQ(argumentOf([&] { client.stopExecution(id); }), "id");
        EXPECT_EQ(argumentOf([&] { client.rerunExecution(id); }), "id");
        EXPECT_EQ(argumentOf([&] { client.waitForExecution(id); }), "id");
        EXPECT_EQ(argumentOf([&] { client.listNodeBatches(id, "n"); }), "id");
        EXPECT_EQ(argumentOf([&] { client.listNodeBatches("r", id); }), "nodeId");
        EXPECT_EQ(argumentOf([&] { client.nodeBatches(id, "n"); }), "id");
        EXPECT_EQ(argumentOf([&] { client.nodeBatches("r", id); }), "nodeId");
    }
    EXPECT_EQ(server.requestCount(), 0U);
}

TEST(GetExecution, ReportsUnknownIdsAsNotFound) {
    const FakeServer server(historyOf(1));
    const Client client = clientOf(server);
    EXPECT_THROW(client.getExecution("nobody"), NotFoundError);
    EXPECT_THROW(client.stopExecution("nobody"), NotFoundError);
    EXPECT_THROW(client.waitForExecution("nobody"), NotFoundError);
    EXPECT_THROW(client.listNodeBatches(server.ids()[0], "nobody"), NotFoundError);
    try {
        client.rerunExecution("nobody");
        FAIL();
    } catch (const NotFoundError& error) {
        EXPECT_FALSE(error.outcomeUnknown());
        EXPECT_EQ(error.serverMessage(), "Execution not found");
    }
}

TEST(NodeBatches, AreReadByPage) {
    FakeServer server(historyOf(0));
    const std::string id = runWithBatches(server, 23);
    BatchQuery query;
    query.page = 2;
    query.limit = 5;
    query.extra = {{"tag", "a&b"}};
    const Page<NodeBatch> page = clientOf(server).listNodeBatches(id, "n 1/ä", query);
    EXPECT_EQ(page.totalDocs, 23);
    EXPECT_EQ(page.totalPages, 5);
    ASSERT_EQ(page.size(), 5U);
    EXPECT_EQ(page.docs[0].batchIndex, 5);
    EXPECT_EQ(page.docs[0].output, "[5]");
    EXPECT_EQ(page.docs[4].status, NodeStatus::Errored);
    EXPECT_EQ(server.requests()[0].path, "/api/v2/public/execution/" + id + "/nodes/n%201%2F%C3%A4/batches");
    EXPECT_EQ(server.requests()[0].query, "page=2&limit=5&tag=a%26b");

    query.extra = {{"status", "x"}};
    EXPECT_THROW(clientOf(server).listNodeBatches(id, "n", query), InvalidArgument);
    query = BatchQuery();
    query.limit = 0;
    EXPECT_THROW(clientOf(server).nodeBatches(id, "n", query), InvalidArgument);
}

TEST(NodeBatches, AreARange) {
    FakeServer server(historyOf(0));
    const std::string id = runWithBatches(server, 230);
    const Client client = clientOf(server);
    std::vector<std::int64_t> all(230);
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<std::int64_t>(i);
    for (const int prefetch : {0, 1, 3}) {
        ListingOptions options;
        options.prefetch = prefetch;
        BatchQuery query;
        query.limit = 40;
        NodeBatchListing listing = client.nodeBatches(id, "n 1/ä", query, options);
        EXPECT_EQ(indicesOf(listing), all);
        EXPECT_TRUE(listing.report().complete && listing.report().verified);
        EXPECT_EQ(listing.report().delivered, 230);
        EXPECT_EQ(listing.report().totalDocsAtEnd, 230);
    }

    BatchQuery failed;
    failed.status = NodeStatus::Errored;
    NodeBatchListing failures = client.nodeBatches(id, "n 1/ä", failed);
    EXPECT_EQ(indicesOf(failures).size(), 46U);

    ListingOptions some;
    some.maxItems = 57;
    NodeBatchListing first = client.nodeBatches(id, "n 1/ä", {}, some);
    EXPECT_EQ(indicesOf(first).size(), 57U);
    ListingOptions rest;
    rest.resumeFrom = first.checkpoint();
    NodeBatchListing second = client.nodeBatches(id, "n 1/ä", {}, rest);
    EXPECT_EQ(indicesOf(second).front(), 57);
    EXPECT_THROW(client.nodeBatches(id, "another node", {}, rest), InvalidArgument);
    EXPECT_THROW(client.executions({}, rest), InvalidArgument) << "the checkpoint of a batch listing";
}

TEST(NodeBatches, SurviveFaults) {
    testing::FakeServerOptions options = historyOf(0);
    options.maxLimit = 10;
    options.omitOptionalEnvelopeFields = true;
    FakeServer server(options);
    const std::string id = runWithBatches(server, 64);
    server.failNext(1, 503);
    server.breakNext(FakeAnswer::Ending::truncated);
    NodeBatchListing listing = clientOf(server).nodeBatches(id, "n 1/ä");
    EXPECT_EQ(indicesOf(listing).size(), 64U);
}

TEST(NodeBatches, NamesARunWithoutBatches) {
    FakeServer server(historyOf(0));
    const std::string id = runOf(server, "COMPLETED");
    try {
        clientOf(server).listNodeBatches(id, "node_1");
        FAIL();
    } catch (const ApiError& error) {
        EXPECT_EQ(error.status(), 501);
        EXPECT_NE(std::string(error.what()).find("the run has no batches to show"), std::string::npos) << error.what();
        EXPECT_EQ(error.attempts(), 1);
    }
    NodeBatchListing listing = clientOf(server).nodeBatches(id, "node_1");
    EXPECT_THROW(listing.begin(), ServerError);
    EXPECT_EQ(server.requestCount(), 2U);
}

TEST(StopExecution, StopsTheRun) {
    FakeServer server(historyOf(0));
    const std::string id = runOf(server, "RUNNING");
    const Client client = clientOf(server);
    server.failNext(1, 503);
    client.stopExecution(id);
    EXPECT_EQ(client.getExecution(id).status, ExecutionStatus::Stopped);
    client.stopExecution(id);
    EXPECT_EQ(server.requests()[1].method, "POST");
    EXPECT_EQ(server.requests()[1].path, "/api/v2/public/execution/" + id + "/stop");
    EXPECT_EQ(server.requests()[1].body, "");

    const std::string ended = runOf(server, "COMPLETED");
    EXPECT_THROW(client.stopExecution(ended), ApiError);
}

TEST(RerunExecution, ReturnsTheNewRunsId) {
    FakeServer server(historyOf(20));
    const std::string id = server.ids().front();
    const Client client = clientOf(server);
    const Page<Execution> before = client.listExecutions();
    const std::string next = client.rerunExecution(id);
    EXPECT_NE(next, id);
    EXPECT_EQ(server.runCount(), 21U);
    const ExecutionDetail run = client.getExecution(next);
    EXPECT_EQ(run.status, ExecutionStatus::Running);
    EXPECT_EQ(run.associatedWorkflow.id, client.getExecution(id).associatedWorkflow.id);
    EXPECT_EQ(client.listExecutions().docs.at(0).id, next) << "the newest run";
}

TEST(RerunExecution, FindsTheNewRunsIdUnderEveryName) {
    FakeServer server(historyOf(20));
    const std::string id = server.ids().front();
    const Client client = clientOf(server);
    for (const int status : {200, 201, 202}) {
        for (const char* const name : {"id", "_id", "instanceId", "instance_id", "execution_id", "executionId"}) {
            server.answerNext({status, std::string("{\"message\":\"Execution queued\",\"") + name + "\":\"run_9\"}"});
            EXPECT_EQ(client.rerunExecution(id), "run_9") << status << " " << name;
            server.answerNext({status, std::string("{\"") + name + "\":9007199254740993}"});
            EXPECT_EQ(client.rerunExecution(id), "9007199254740993") << status << " " << name;
        }
    }
}

TEST(RerunExecution, IsSentOnceAndReportsAnUnknownOutcome) {
    FakeServer server(historyOf(5));
    const std::string id = server.ids().front();
    const Client client = clientOf(server);
    client.listExecutions();
    server.breakNext(FakeAnswer::Ending::truncated);
    try {
        client.rerunExecution(id);
        FAIL();
    } catch (const TransportError& error) {
        EXPECT_TRUE(error.outcomeUnknown());
        EXPECT_NE(std::string(error.what()).find("the rerun may have happened"), std::string::npos) << error.what();
    }
    EXPECT_EQ(server.requestCount(), 2U);
    EXPECT_EQ(server.runCount(), 6U) << "the server had acted on the rerun";

    // A kept connection that the server closes while the rerun is sent.
    client.listExecutions();
    server.closeConnections();
    EXPECT_NO_THROW(client.rerunExecution(id));
    EXPECT_EQ(server.runCount(), 7U);

    // A read that fails in the same way is retried, and its outcome is known.
    server.breakNext(FakeAnswer::Ending::truncated, 10);
    try {
        client.getExecution(id);
        FAIL();
    } catch (const TransportError& error) {
        EXPECT_FALSE(error.outcomeUnknown());
        EXPECT_EQ(error.attempts(), 4);
    }
}

TEST(RerunExecution, OutcomeIsUnknownOnlyWhenCancelledInFlight) {
    FakeServer server(historyOf(5));
    const std::string id = server.ids().front();
    const Client client = clientOf(server);
    const CancelSource source;
    server.delayNext(60s);
    server.onRequest([&source](const FakeRequest&) -> std::optional<FakeAnswer> {
        source.cancel();
        return {};
    });
    try {
        client.rerunExecution(id, {{}, source.token()});
        FAIL();
    } catch (const Cancelled& error) {
        EXPECT_TRUE(error.outcomeUnknown());
        EXPECT_NE(std::string(error.what()).find("the rerun may have happened"), std::string::npos) << error.what();
    }
    const std::uint64_t requests = server.requestCount();
    try {
        client.rerunExecution(id, {{}, source.token()});
        FAIL();
    } catch (const Cancelled& error) {
        EXPECT_FALSE(error.outcomeUnknown());
    }
    EXPECT_EQ(server.requestCount(), requests);
}

}  // namespace
}  // namespace refold::test
