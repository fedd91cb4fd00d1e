// Tests the conversions to and from nlohmann::json.
#include <refold/json.hpp>

#include "codec/execution_detail_codec.hpp"
#include "codec/execution_page_codec.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace refold {
namespace {

using nlohmann::json;

Execution fullExecution() {
    Execution run;
    run.id = "1";
    run.name = "name \"quoted\"";
    run.orgId = "org";
    run.environment = Environment::Test;
    run.status = "PAUSED";
    run.associatedApplication = {"a", "Hubspot", "icon"};
    run.associatedWorkflow = {"w", "Daily", ""};
    run.triggerApplicationEvent = "Schedule";
    run.linkedAccountId = "user_12345";
    run.configId = "config";
    run.typeOfExecution = ExecutionType::Async;
    run.createdAt = parseTimestamp("2026-06-16T13:15:00.887Z");
    run.updatedAt = parseTimestamp("2026-06-16T13:15:01Z");
    run.completionTime = parseTimestamp("2026-06-16T13:15:02Z");
    run.completionPercentage = 62.5;
    run.instanceExecutionTime = 1843;
    run.isChildInstance = false;
    run.isSeed = true;
    run.executedByThanos = false;
    run.storeVariables = R"({"a":1})";
    run.associatedEventId = "event";
    run.associatedTriggerApplication = {"t", "Slack", "icon", "slack", {"o", "New message"}};
    run.customTriggerId = "ct";
    run.customApplicationId = "ca";
    return run;
}

const char* const fullText = R"({
    "_id":"1","name":"name \"quoted\"","org_id":"org","environment":"test","status":"PAUSED",
    "associated_application":{"_id":"a","name":"Hubspot","icon":"icon"},
    "associated_workflow":{"_id":"w","name":"Daily"},
    "trigger_application_event":"Schedule","linked_account_id":"user_12345","config_id":"config",
    "type_of_execution":"ASYNC","createdAt":"2026-06-16T13:15:00.887Z","updatedAt":"2026-06-16T13:15:01.000Z",
    "completion_time":"2026-06-16T13:15:02.000Z","completion_percentage":62.5,"instance_execution_time":1843.0,
    "is_child_instance":false,"is_seed":true,"executed_by_thanos":false,"store_variables":{"a":1},
    "associated_event_id":"event","associated_trigger_application":{"_id":"t","name":"Slack","icon":"icon",
    "app_type":"slack","origin_trigger":{"_id":"o","name":"New message"}},"custom_trigger_id":"ct",
    "custom_application_id":"ca"})";

TEST(Json, MembersUseTheirWireNames) {
    EXPECT_EQ(json(fullExecution()), json::parse(fullText));
    EXPECT_EQ(json(Execution()), json::object());
    Execution run;
    run.isSeed = false;
    run.instanceExecutionTime = 0;
    EXPECT_EQ(json(run), json::parse(R"({"is_seed":false,"instance_execution_time":0.0})"));
}

TEST(Json, MembersRoundTrip) {
    const auto run = json::parse(fullText).get<Execution>();
    EXPECT_EQ(run.rawJson, json::parse(fullText).dump());
    Execution withoutRaw = run;
    withoutRaw.rawJson.clear();
    EXPECT_EQ(json(withoutRaw), json::parse(fullText));
    EXPECT_EQ(run.createdAt, fullExecution().createdAt);
    EXPECT_EQ(run.status, "PAUSED");
    EXPECT_EQ(run.associatedTriggerApplication.originTrigger.name, "New message");
}

TEST(Json, KeepsEveryFieldOfTheServer) {
    Execution run;
    run.id = "ignored";
    run.rawJson = R"({"_id":"1","unknown":{"deep":[1,2,null]},"name":null})";
    EXPECT_EQ(json(run), json::parse(run.rawJson));
    EXPECT_EQ(json(run).get<Execution>().id, "1");
}

TEST(Json, UnparsableRawTextFallsBackToTheMembers) {
    Execution run;
    run.id = "1";
    for (const char* raw : {R"({"_id":"2","n":1e999})", "{", "", "[]", "7"}) {
        run.rawJson = raw;
        EXPECT_EQ(json(run), json::parse(R"({"_id":"1"})")) << raw;
    }
}

TEST(Json, OddFieldsAreEmpty) {
    const auto run = json::parse(R"({"_id":1,"id":"other","name":null,"status":[],"createdAt":5,"is_seed":"x",
        "completion_percentage":"9","associated_workflow":"w","associated_application":{"_id":{}}})")
                         .get<Execution>();
    EXPECT_EQ(run.id, "other");
    EXPECT_EQ(run.name + run.associatedWorkflow.id + run.associatedApplication.id, "");
    EXPECT_TRUE(run.status.empty());
    EXPECT_FALSE(run.createdAt || run.isSeed || run.completionPercentage);
    for (const char* text : {"null", "[]", "\"x\"", "1"}) {
        EXPECT_THROW(json::parse(text).get<Execution>(), json::type_error) << text;
    }
}

TEST(Json, ReadingReplacesOldValues) {
    Execution run = fullExecution();
    json::parse(R"({"_id":"2"})").get_to(run);
    EXPECT_EQ(run.id, "2");
    EXPECT_EQ(run.name, "");
    EXPECT_FALSE(run.createdAt);
    EXPECT_EQ(run.associatedWorkflow.id, "");
}

TEST(Json, OpenSetsAreStrings) {
    EXPECT_EQ(json(ExecutionStatus("PAUSED")), "PAUSED");
    EXPECT_EQ(json(ExecutionType(ExecutionType::Sync)), "SYNC");
    EXPECT_EQ(json(ExecutionSource(ExecutionSource::Event)), "Event");
    EXPECT_EQ(json(Environment(Environment::Production)), "production");
    EXPECT_EQ(json("PAUSED").get<ExecutionStatus>(), "PAUSED");
    EXPECT_EQ(json("x").get<ExecutionSource>(), "x");
    EXPECT_TRUE(json(nullptr).get<Environment>().empty());
    EXPECT_EQ(json(std::vector<ExecutionStatus>{"A", "B"}), json::parse(R"(["A","B"])"));
}

TEST(Json, NestedStructsConvertAlone) {
    const json application = AssociatedApplication{"a", "Hubspot", ""};
    EXPECT_EQ(application, json::parse(R"({"_id":"a","name":"Hubspot"})"));
    EXPECT_EQ(application.get<AssociatedWorkflow>().name, "Hubspot");
    const json trigger = AssociatedTriggerApplication{"t", "", "", "slack", {"o", "n"}};
    EXPECT_EQ(trigger.get<AssociatedTriggerApplication>().originTrigger.id, "o");
    EXPECT_EQ(trigger.at("origin_trigger").get<OriginTrigger>().name, "n");
}

TEST(Json, PagesConvertBothWays) {
    Page<Execution> page;
    page.docs.push_back(fullExecution());
    page.totalDocs = 31;
    page.limit = 10;
    page.page = 2;
    page.totalPages = 4;
    page.hasNextPage = true;
    const json converted = page;
    EXPECT_EQ(converted.at("docs").at(0), json::parse(fullText));
    const auto back = converted.get<Page<Execution>>();
    EXPECT_EQ(back.size(), 1U);
    EXPECT_EQ(back.docs.at(0).id, "1");
    EXPECT_EQ(back.totalDocs, 31);
    EXPECT_EQ(back.limit, 10);
    EXPECT_EQ(back.page, 2);
    EXPECT_EQ(back.totalPages, 4);
    EXPECT_TRUE(back.hasNextPage);
    EXPECT_EQ(json(Page<Execution>()).at("docs"), json::array());

    EXPECT_THROW(json::parse(R"({"page":1})").get<Page<Execution>>(), json::exception);
    EXPECT_THROW(json::parse(R"({"docs":{}})").get<Page<Execution>>(), json::exception);
    EXPECT_THROW(json::parse(R"({"docs":[3]})").get<Page<Execution>>(), json::exception);
    EXPECT_THROW(json::parse("[]").get<Page<Execution>>(), json::exception);
}

TEST(Json, PagesAreReadAsByTheClient) {
    const std::vector<std::string> bodies{
        R"({"docs":[{"id":"1"},{"_id":"2","status":"X"}],"totalDocs":9,"limit":2,"page":4})",
        R"({"docs":[{},{}],"totalDocs":-1,"limit":2.0,"page":18446744073709551615,"nextPage":3,"hasNextPage":null})",
        R"({"docs":[{}],"prevPage":4,"limit":3,"hasNextPage":"no","totalPages":1.5,"totalDocs":9223372036854775808})",
        R"({"docs":[],"nextPage":null,"page":0,"limit":0})",
    };
    for (const std::string& body : bodies) {
        const auto byDom = json::parse(body).get<Page<Execution>>();
        const Page<Execution> bySax = internal::decodeExecutionPage(body, {}, {});
        EXPECT_EQ(byDom.totalDocs, bySax.totalDocs) << body;
        EXPECT_EQ(byDom.limit, bySax.limit) << body;
        EXPECT_EQ(byDom.page, bySax.page) << body;
        EXPECT_EQ(byDom.totalPages, bySax.totalPages) << body;
        EXPECT_EQ(byDom.hasNextPage, bySax.hasNextPage) << body;
        EXPECT_EQ(json(byDom.docs), json(bySax.docs)) << body;
    }
}

TEST(Json, DetailsRoundTrip) {
    const std::string text = R"({"_id":"1","status":"ERRORED","completion_percentage":40.5,"nodes":[
        {"node_id":"a","node_status":"Errored","is_batch":true,"attempts_made":3,"execution_time":12,
         "input_data":[1],"latest_output":{"b":null}}, 7, {"node_id":"b","is_batch":false,"execution_time":"9.6"}]})";
    auto run = json::parse(text).get<ExecutionDetail>();
    EXPECT_EQ(json(run), json::parse(text));
    ASSERT_EQ(run.nodes.size(), 2U);
    EXPECT_EQ(run.nodes[0].latestOutput, R"({"b":null})");
    EXPECT_EQ(run.nodes[1].executionTime, std::chrono::milliseconds(10));
    EXPECT_EQ(run.firstFailedNode(), &run.nodes[0]);
    const ExecutionDetail bySax = internal::decodeExecutionDetail(text, "");
    run.rawJson.clear();
    for (ExecutionNode& node : run.nodes) node.rawJson.clear();
    EXPECT_EQ(json(run).at("nodes").at(1), json::parse(R"({"node_id":"b","is_batch":false,"execution_time":10})"));
    EXPECT_EQ(json(run).at("nodes").at(0), json::parse(bySax.nodes.at(0).rawJson));
    EXPECT_EQ(json(run).at("completion_percentage"), 40.5);

    const auto batch = json::parse(R"({"batch_index":2,"status":"Success","output":"x"})").get<NodeBatch>();
    EXPECT_EQ(batch.batchIndex, 2);
    EXPECT_EQ(batch.output, "\"x\"");
    EXPECT_EQ(json(batch).at("output"), "x");
    EXPECT_EQ(json(NodeStatus("New")).get<NodeStatus>(), "New");
}

TEST(Json, DeepNestingIsAnErrorAndNotACrash) {
    const auto runWith = [](std::size_t depth) {
        Execution run;
        run.rawJson =
            R"({"_id":"deep","text":"[[[ \"[","output":)" + std::string(depth, '[') + std::string(depth, ']') + '}';
        return run;
    };
    EXPECT_EQ(json(runWith(126))["_id"], "deep");
    EXPECT_EQ(json(runWith(499)).dump(), json::parse(runWith(499).rawJson).dump());
    for (const std::size_t depth : {std::size_t{500}, std::size_t{200'000}}) {
        EXPECT_THROW(json(runWith(depth)), ResponseError);
        Page<Execution> page;
        page.docs.push_back(runWith(depth));
        EXPECT_THROW(json{page}, ResponseError);
        json deep = json::parse(runWith(depth).rawJson);
        EXPECT_THROW(deep.get<Execution>(), ResponseError);
        ExecutionNode node;
        node.latestOutput = std::string(depth + 1, '[') + std::string(depth + 1, ']');
        EXPECT_THROW(json{node}, ResponseError);
    }
    EXPECT_EQ(json::parse(runWith(499).rawJson).get<Execution>().id, "deep");
}

}  // namespace
}  // namespace refold
