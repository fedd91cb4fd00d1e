// Tests the decoding of pages: the documented examples and the variants of servers.
#include "codec/execution_page_codec.hpp"

#include "codec/decode_error.hpp"

#include <gtest/gtest.h>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace refold::internal {
namespace {

using namespace std::string_literals;

std::string readData(const std::string& name) {
    std::ifstream file(REFOLD_CODEC_DATA "/" + name, std::ios::binary);
    EXPECT_TRUE(file.is_open()) << name;
    return std::string(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
}

Page<Execution> decode(std::string_view body, std::optional<std::int64_t> askedPage = {},
                       std::optional<std::int64_t> askedLimit = {}) {
    return decodeExecutionPage(body, askedPage, askedLimit);
}

/// Decodes a page whose only item is `doc`, and returns that item.
Execution decodeOne(const std::string& doc) {
    Page<Execution> page = decode(R"({"docs":[)" + doc + "]}");
    EXPECT_EQ(page.size(), 1U);
    return page.empty() ? Execution() : page.docs.front();
}

TEST(ExecutionPageCodec, ReadsTheDocumentedExample) {
    const std::string body = readData("seed_page.json");
    const Page<Execution> page = decode(body);

    EXPECT_EQ(page.totalDocs, 24742);
    EXPECT_EQ(page.limit, 10);
    EXPECT_EQ(page.page, 1);
    EXPECT_EQ(page.totalPages, 2475);
    EXPECT_TRUE(page.hasNextPage);
    ASSERT_EQ(page.size(), 1U);

    const Execution& run = page.docs.front();
    EXPECT_EQ(run.id, "6a314c54d4616e99e7fa5a02");
    EXPECT_EQ(run.name, "Execution for workflow 6a106ba44480b80424a65289");
    EXPECT_EQ(run.orgId, "6500a1b2c3d4e5f6a7b8c9d0");
    EXPECT_EQ(run.environment, Environment::Test);
    EXPECT_EQ(run.status, ExecutionStatus::Completed);
    EXPECT_EQ(run.associatedApplication.id, "6992cc7dc124a392c80e9e9c");
    EXPECT_EQ(run.associatedApplication.name, "Hubspot");
    EXPECT_EQ(run.associatedApplication.icon, "https://cobalt-app-logos.s3.ap-south-1.amazonaws.com/hubspot/logo.png");
    EXPECT_EQ(run.associatedWorkflow.id, "6a106ba44480b80424a65289");
    EXPECT_EQ(run.associatedWorkflow.name, "Daily Sync");
    EXPECT_EQ(run.associatedWorkflow.icon, "");
    EXPECT_EQ(run.triggerApplicationEvent, "Schedule");
    EXPECT_EQ(run.linkedAccountId, "user_12345");
    EXPECT_EQ(run.configId, "user_12345");
    EXPECT_EQ(run.typeOfExecution, ExecutionType::Async);
    ASSERT_TRUE(run.createdAt);
    EXPECT_EQ(formatTimestamp(*run.createdAt), "2026-06-16T13:15:00.887Z");

    // Fields that only other servers send.
    EXPECT_FALSE(run.updatedAt || run.completionTime || run.completionPercentage || run.instanceExecutionTime);
    EXPECT_FALSE(run.isChildInstance || run.isSeed || run.executedByThanos);
    EXPECT_EQ(run.storeVariables, "");
    EXPECT_EQ(
        run.associatedEventId + run.associatedTriggerApplication.id + run.customTriggerId + run.customApplicationId,
        "");

    const std::size_t begin = body.find("{\n      \"_id\"");
    const std::size_t end = body.find("    }\n  ]") + 5;
    EXPECT_EQ(run.rawJson, body.substr(begin, end - begin));
}

TEST(ExecutionPageCodec, ReadsTheLegacyExample) {
    const std::string body = readData("legacy_page.json");
    const Page<Execution> page = decode(body);

    EXPECT_EQ(page.totalDocs, 22);
    EXPECT_EQ(page.limit, 10);
    EXPECT_EQ(page.page, 1);
    EXPECT_EQ(page.totalPages, 3);
    EXPECT_TRUE(page.hasNextPage);
    ASSERT_EQ(page.size(), 2U);

    const Execution& run = page.docs[0];
    EXPECT_EQ(run.id, "64f0c0ffee0000000000a001");
    EXPECT_EQ(run.name, "Contact → Lead \"daily\"");
    EXPECT_EQ(run.environment, Environment::Production);
    EXPECT_EQ(run.status, ExecutionStatus::Errored);
    EXPECT_EQ(run.associatedWorkflow.name, "Täglicher Abgleich");
    EXPECT_EQ(run.associatedWorkflow.icon, "");
    EXPECT_EQ(run.associatedEventId, "64f0c0ffee0000000000e001");
    EXPECT_EQ(run.associatedTriggerApplication.id, "64f0c0ffee0000000000b001");
    EXPECT_EQ(run.associatedTriggerApplication.name, "Slack");
    EXPECT_EQ(run.associatedTriggerApplication.icon, "https://icons.example/slack.png");
    EXPECT_EQ(run.associatedTriggerApplication.appType, "slack");
    EXPECT_EQ(run.associatedTriggerApplication.originTrigger.id, "64f0c0ffee0000000000c001");
    EXPECT_EQ(run.associatedTriggerApplication.originTrigger.name, "New message");
    EXPECT_EQ(run.customTriggerId, "64f0c0ffee0000000000d001");
    EXPECT_EQ(run.customApplicationId, "");
    EXPECT_EQ(run.triggerApplicationEvent, "API Call");
    EXPECT_EQ(run.linkedAccountId, "somebody@example.com");
    EXPECT_EQ(run.typeOfExecution, ExecutionType::Sync);
    EXPECT_EQ(run.completionPercentage, 62.5);
    EXPECT_EQ(run.instanceExecutionTime, 1843.0);
    EXPECT_EQ(run.completionTime, parseTimestamp("2023-08-31T16:40:03.500Z"));
    EXPECT_EQ(run.isChildInstance, false);
    EXPECT_EQ(run.isSeed, false);
    EXPECT_EQ(run.executedByThanos, true);
    EXPECT_EQ(run.storeVariables, R"({"kept": [1, 2.50]})");
    EXPECT_EQ(run.createdAt, parseTimestamp("2023-08-31T16:40:01Z"));
    EXPECT_EQ(run.updatedAt, parseTimestamp("2023-08-31T16:40:03Z"));
    EXPECT_EQ(nlohmann::json::parse(run.rawJson), nlohmann::json::parse(body)["docs"][0]);

    const Execution& other = page.docs[1];
    EXPECT_EQ(other.id, "64f0c0ffee0000000000a002");
    EXPECT_TRUE(other.status.empty());
    EXPECT_FALSE(other.createdAt);
    EXPECT_EQ(other.rawJson, R"({ "id": "64f0c0ffee0000000000a002", "status": null, "createdAt": "yesterday" })");
}

TEST(ExecutionPageCodec, RawJsonIsTheExactText) {
    const std::vector<std::string> docs{
        "{}",
        "{ }",
        R"({"_id":"1"})",
        "{\n\t\"_id\" : \"1\" ,\r\n  \"n\" : 1.50e+2 }",
        R"({"a":{"b":{"c":[{},[],{"d":null}]}},"_id":"2"})",
        R"({"name":"braces } ] { [ in a string, \" and \\","_id":"3"})",
        R"({"name":"\u00e4\ud83d\ude00\/\b\f\n\r\t","x\"}":"\\"})",
        R"({"big":123456789012345678901234567890.123456789012345678901234567890,"zero":-0.0,"e":1E-400})",
        R"({"n":12})",
        R"({"n":true})",
        R"({"name":"grüße 顧客 🎉","_id":"4"})",
        R"({"name":")" + std::string(100'000, 'x') + R"("})",
        R"({"dup":1,"dup":2,"_id":"5","_id":"6"})",
    };
    for (const std::string& space : {""s, " "s, "\n  "s, "\t\r\n"s}) {
        std::string body = space + '{' + space + R"("page")" + space + ':' + space + '7' + space + ',' + R"("docs")" +
                           space + ':' + space + '[' + space;
        for (std::size_t i = 0; i < docs.size(); ++i) body += (i == 0 ? "" : space + ',' + space) + docs[i];
        body += space + ']' + space + '}' + space;

        const Page<Execution> page = decode(body);
        EXPECT_EQ(page.page, 7);
        ASSERT_EQ(page.size(), docs.size());
        for (std::size_t i = 0; i < docs.size(); ++i) EXPECT_EQ(page.docs[i].rawJson, docs[i]);
    }
}

TEST(ExecutionPageCodec, DecodesStringsOfEveryKind) {
    struct Case {
        std::string json;
        std::string expected;
    };
    const std::vector<Case> cases{
        {R"("")", ""},
        {R"("plain")", "plain"},
        {R"("eight by")", "eight by"},
        {R"("exactly sixteen!")", "exactly sixteen!"},
        {R"("\"")", "\""},
        {R"("\\")", "\\"},
        {R"("a\\")", "a\\"},
        {R"("\\\"\\")", "\\\"\\"},
        {R"("long enough for a word, then \n")", "long enough for a word, then \n"},
        {R"("\u0041\u00df\u20ac")", "Aß€"},
        {R"("\ud83d\ude00")", "😀"},
        {R"("\u0000x")", "\0x"s},
        {R"("ü")", "ü"},
        {R"("12345678ü")", "12345678ü"},
        {R"("顧客データ")", "顧客データ"},
        {"\"\x7f~\"", "\x7f~"},
        {R"("{[]}:,")", "{[]}:,"},
    };
    for (const Case& c : cases) {
        const Execution run = decodeOne(R"({"name":)" + c.json + R"(,"_id":"after"})");
        EXPECT_EQ(run.name, c.expected) << c.json;
        EXPECT_EQ(run.id, "after") << c.json;
    }
}

TEST(ExecutionPageCodec, RecognisesKeysHoweverTheyAreWritten) {
    const Execution run = decodeOne(R"({"\u005fid":"1","na\u006de":"n","associated_work\u0066low":{"n\u0061me":"w"}})");
    EXPECT_EQ(run.id, "1");
    EXPECT_EQ(run.name, "n");
    EXPECT_EQ(run.associatedWorkflow.name, "w");
}

TEST(ExecutionPageCodec, ToleratesOddValues) {
    const std::vector<std::string> oddities{
        "null",           "true", "17", "-1",        "1.5",          "1e999",
        R"("odd")",       "[]",   "{}", "[[{}],[]]", "{\"_id\":{}}", "[null,{\"_id\":\"x\"}]",
        R"({"docs":[1]})"};
    const std::vector<std::string> names{"name",
                                         "org_id",
                                         "environment",
                                         "status",
                                         "associated_application",
                                         "associated_workflow",
                                         "trigger_application_event",
                                         "linked_account_id",
                                         "config_id",
                                         "type_of_execution",
                                         "createdAt",
                                         "updatedAt",
                                         "completion_time",
                                         "completion_percentage",
                                         "instance_execution_time",
                                         "is_child_instance",
                                         "is_seed",
                                         "executed_by_thanos",
                                         "store_variables",
                                         "associated_event_id",
                                         "associated_trigger_application",
                                         "custom_trigger_id",
                                         "custom_application_id",
                                         "unknown"};
    for (const std::string& name : names) {
        for (const std::string& odd : oddities) {
            const std::string doc = R"({"_id":"before",")" + name + R"(":)" + odd + R"(,"_id":"after"})";
            const Execution run = decodeOne(doc);
            EXPECT_EQ(run.id, "after") << doc;
            EXPECT_EQ(run.rawJson, doc);
        }
    }
    for (const std::string name : {"totalDocs", "limit", "page", "totalPages", "hasNextPage", "nextPage", "prevPage",
                                   "message", "error", "pagingCounter"}) {
        for (const std::string& odd : oddities) {
            const std::string body = R"({")" + name + R"(":)" + odd + R"(,"docs":[{"_id":"1"}]})";
            EXPECT_EQ(decode(body).docs.at(0).id, "1") << body;
        }
    }
}

TEST(ExecutionPageCodec, WrongTypesBecomeEmpty) {
    const Execution run = decodeOne(
        R"({"_id":7,"name":null,"org_id":["x"],"environment":{"name":"test"},"status":3,"type_of_execution":false,
            "associated_application":"Hubspot","associated_workflow":[{"_id":"x"}],
            "associated_trigger_application":{"_id":1,"name":[],"origin_trigger":"t","app_type":{"x":"y"}},
            "createdAt":1781615700887,"updatedAt":null,"completion_time":"soon","completion_percentage":"50",
            "instance_execution_time":null,"is_seed":"true","is_child_instance":0})");
    EXPECT_EQ(run.id + run.name + run.orgId, "");
    EXPECT_TRUE(run.environment.empty() && run.status.empty() && run.typeOfExecution.empty());
    EXPECT_EQ(run.associatedApplication.id + run.associatedApplication.name + run.associatedWorkflow.id, "");
    EXPECT_EQ(run.associatedTriggerApplication.id + run.associatedTriggerApplication.name +
                  run.associatedTriggerApplication.appType + run.associatedTriggerApplication.originTrigger.name,
              "");
    EXPECT_FALSE(run.createdAt || run.updatedAt || run.completionTime || run.completionPercentage);
    EXPECT_FALSE(run.instanceExecutionTime || run.isSeed || run.isChildInstance);
}

TEST(ExecutionPageCodec, UnknownValuesOfOpenSetsSurvive) {
    const Execution run = decodeOne(R"({"status":"PAUSED","environment":"staging","type_of_execution":"BATCH"})");
    EXPECT_EQ(run.status, "PAUSED");
    EXPECT_EQ(run.environment, "staging");
    EXPECT_EQ(run.typeOfExecution, "BATCH");
}

TEST(ExecutionPageCodec, LastOfDuplicateKeysWins) {
    const Execution run = decodeOne(
        R"({"_id":"1","_id":"2","name":"n","name":null,"status":"A","status":5,"createdAt":"2026-06-16","createdAt":"x",
            "associated_workflow":{"_id":"w","name":"n"},"associated_workflow":{"_id":"v"},
            "associated_application":{"_id":"a"},"associated_application":[1],"is_seed":true,"is_seed":{}})");
    EXPECT_EQ(run.id, "2");
    EXPECT_EQ(run.name, "");
    EXPECT_TRUE(run.status.empty());
    EXPECT_FALSE(run.createdAt);
    EXPECT_EQ(run.associatedWorkflow.id, "v");
    EXPECT_EQ(run.associatedWorkflow.name, "");
    EXPECT_EQ(run.associatedApplication.id, "");
    EXPECT_FALSE(run.isSeed);

    const Page<Execution> page =
        decode(R"({"docs":[{"_id":"1"},{"_id":"2"}],"limit":5,"limit":7,"docs":null,"docs":[{"_id":"3"}]})");
    ASSERT_EQ(page.size(), 1U);
    EXPECT_EQ(page.docs[0].id, "3");
    EXPECT_EQ(page.limit, 7);
    EXPECT_EQ(decode(R"({"docs":[1],"docs":[]})").size(), 0U);
}

TEST(ExecutionPageCodec, TheIdIsUnderscoreIdOrElseId) {
    EXPECT_EQ(decodeOne(R"({"id":"b"})").id, "b");
    EXPECT_EQ(decodeOne(R"({"id":"b","_id":"a"})").id, "a");
    EXPECT_EQ(decodeOne(R"({"_id":"a","id":"b"})").id, "a");
    EXPECT_EQ(decodeOne(R"({"_id":null,"id":"b"})").id, "b");
    EXPECT_EQ(decodeOne(R"({"_id":"","id":"b"})").id, "b");
    EXPECT_EQ(decodeOne(R"({"name":"neither"})").id, "");
    EXPECT_EQ(decodeOne(R"({"associated_workflow":{"id":"w"},"unknown":{"id":"u","_id":"v"}})").id, "");
    // The id of one run must not leak into the next.
    EXPECT_EQ(decode(R"({"docs":[{"id":"b"},{}]})").docs[1].id, "");
}

TEST(ExecutionPageCodec, HugeNumbersLoseNothing) {
    const std::string doc =
        R"({"_id":"1","cost":1e999,"more":[-1E+4000,1e308,1)" + std::string(400, '0') +
        R"(],"text":"1e999 \" 2e999","completion_percentage":1e999,"instance_execution_time":12.5})";
    const Page<Execution> page =
        decode(R"({"totalDocs":3,"docs":[)" + doc + R"(,{"_id":"2"}],"x":9e99999999999999999999})");
    ASSERT_EQ(page.size(), 2U);
    EXPECT_EQ(page.docs[0].id, "1");
    EXPECT_EQ(page.docs[0].rawJson, doc);
    EXPECT_FALSE(page.docs[0].completionPercentage);
    EXPECT_EQ(page.docs[0].instanceExecutionTime, 12.5);
    EXPECT_EQ(page.docs[1].id, "2");
    EXPECT_EQ(page.totalDocs, 3);
}

TEST(ExecutionPageCodec, LoneSurrogatesLoseNothing) {
    const std::string doc =
        R"({"_id":"1","name":"cut \ud83d","environment":"\ud83dx","unknown\udbff":["\ude00",1e999],)"
        R"("associated_workflow":{"name":"\ud83d\u0041 \ude00\ud83d \ud83d\ude00"},"status":"COMPLETED"})";
    const Page<Execution> page = decode(R"({"x":"\udfff","docs":[)" + doc + R"(,{"_id":"2"}],"totalDocs":3})");
    ASSERT_EQ(page.size(), 2U);
    EXPECT_EQ(page.docs[0].id, "1");
    EXPECT_EQ(page.docs[0].name, "cut \xEF\xBF\xBD");
    EXPECT_EQ(page.docs[0].environment, "\xEF\xBF\xBDx");
    EXPECT_EQ(page.docs[0].associatedWorkflow.name,
              "\xEF\xBF\xBD"
              "A \xEF\xBF\xBD\xEF\xBF\xBD \xF0\x9F\x98\x80");
    EXPECT_EQ(page.docs[0].status, ExecutionStatus::Completed);
    EXPECT_EQ(page.docs[0].rawJson, doc);
    EXPECT_EQ(page.docs[1].id, "2");
    EXPECT_EQ(page.totalDocs, 3);
}

TEST(ExecutionPageCodec, ABomIsTolerated) {
    const Page<Execution> page = decode("\xEF\xBB\xBF{\"docs\":[{\"_id\":\"1\"}]}");
    ASSERT_EQ(page.size(), 1U);
    EXPECT_EQ(page.docs[0].rawJson, R"({"_id":"1"})");
}

TEST(ExecutionPageCodec, UnknownPartsAreIgnored) {
    const Page<Execution> page = decode(
        R"({"meta":{"docs":[{"_id":"no"}],"page":9},"links":[[{"limit":4}]],"docs":[{"_id":"1","nodes":[{"_id":"no"}],
            "associated_workflow":{"owner":{"_id":"no","name":"no"},"_id":"w"}}],"page":2,"x":{"page":3}})");
    ASSERT_EQ(page.size(), 1U);
    EXPECT_EQ(page.docs[0].id, "1");
    EXPECT_EQ(page.docs[0].associatedWorkflow.id, "w");
    EXPECT_EQ(page.docs[0].associatedWorkflow.name, "");
    EXPECT_EQ(page.page, 2);
}

TEST(ExecutionPageCodec, ManyDocumentsKeepTheirOrder) {
    std::string body = R"({"docs":[)";
    constexpr int count = 2500;
    for (int i = 0; i < count; ++i) body += (i == 0 ? "" : ",") + R"({"_id":")"s + std::to_string(i) + R"("})";
    body += "]}";
    // The requested limit is only an estimate of the number of items.
    for (const std::int64_t asked : {std::int64_t{1}, std::int64_t{100}, INT64_MAX}) {
        const Page<Execution> page = decode(body, 1, asked);
        ASSERT_EQ(page.size(), static_cast<std::size_t>(count));
        for (std::size_t i = 0; i < page.size(); ++i) EXPECT_EQ(page.docs[i].id, std::to_string(i));
    }
}

TEST(ExecutionPageCodec, NestingHasNoLimit) {
    for (const std::size_t depth : {std::size_t{126}, std::size_t{5'000}, std::size_t{500'000}}) {
        const std::string deep = std::string(depth, '[') + std::string(depth, ']');
        const std::string doc =
            R"({"_id":"deep","output":)" + deep + R"(,"store_variables":{"a":)" + deep + R"(},"status":"COMPLETED"})";
        const Page<Execution> page =
            decodeExecutionPage(R"({"docs":[{"_id":"before"},)" + doc + R"(,{"_id":"after"}],"x":)" + deep +
                                    R"(,"hasNextPage":false,"totalDocs":3})",
                                std::nullopt, std::nullopt);
        ASSERT_EQ(page.size(), 3U);
        EXPECT_EQ(page.docs[1].id, "deep");
        EXPECT_EQ(page.docs[1].status, ExecutionStatus::Completed);
        EXPECT_TRUE(page.docs[1].rawJson == doc) << "every byte is kept";
        EXPECT_TRUE(page.docs[1].storeVariables == R"({"a":)" + deep + "}");
        EXPECT_EQ(page.docs[2].id, "after");
        EXPECT_EQ(page.totalDocs, 3);
    }
}

}  // namespace
}  // namespace refold::internal
