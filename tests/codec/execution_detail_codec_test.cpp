// Tests the decoding of run details: documented fields, exact JSON texts, and odd values.
#include "codec/execution_detail_codec.hpp"

#include "codec/decode_error.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace refold::internal {
namespace {

using namespace std::chrono_literals;

std::string readExample() {
    std::ifstream file(REFOLD_CODEC_DATA "/execution_detail.json", std::ios::binary);
    EXPECT_TRUE(file.is_open());
    return std::string(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
}

ExecutionDetail decode(std::string_view body) {
    return decodeExecutionDetail(body, "asked");
}

/// Decodes a run whose only node is `node`, and returns that node.
ExecutionNode decodeNode(const std::string& node) {
    const ExecutionDetail detail = decode(R"({"_id":"1","nodes":[)" + node + "]}");
    EXPECT_EQ(detail.nodes.size(), 1U) << node;
    return detail.nodes.empty() ? ExecutionNode() : detail.nodes.front();
}

std::string refusalOf(std::string_view body) {
    try {
        decode(body);
    } catch (const DecodeError& error) {
        return error.what();
    }
    return "none";
}

TEST(ExecutionDetailCodec, ReadsARunWithItsNodes) {
    const std::string body = readExample();
    const ExecutionDetail run = decode(body);
    EXPECT_EQ(run.id, "asked") << "filled in from the request";
    EXPECT_EQ(run.status, ExecutionStatus::Errored);
    EXPECT_EQ(run.associatedWorkflow.name, "Daily Sync");
    EXPECT_EQ(run.completionPercentage, 62.5);
    EXPECT_EQ(run.rawJson + "\n", body);
    ASSERT_EQ(run.nodes.size(), 4U);

    const ExecutionNode& fetch = run.nodes[1];
    EXPECT_EQ(fetch.id, "n2");
    EXPECT_EQ(fetch.name, "Fetch");
    EXPECT_EQ(fetch.type, "action");
    EXPECT_EQ(fetch.status, NodeStatus::ErroredAndSkipped);
    EXPECT_TRUE(fetch.isBatch);
    EXPECT_EQ(fetch.attemptsMade, 2);
    EXPECT_EQ(fetch.maximumAttempts, 3);
    EXPECT_EQ(fetch.executionTime, 1204ms);
    EXPECT_EQ(run.nodes[0].executionTime, 12ms);
    EXPECT_EQ(run.nodes[2].executionTime, 100ms);
    EXPECT_FALSE(run.nodes[3].executionTime || run.nodes[3].attemptsMade);
    EXPECT_EQ(fetch.rawJson.substr(0, 18), "{\n      \"node_id\":");
    EXPECT_EQ(fetch.rawJson.back(), '}');
}

TEST(ExecutionDetailCodec, KeepsJsonTextsByteForByte) {
    const ExecutionDetail run = decode(readExample());
    ASSERT_EQ(run.nodes.size(), 4U);
    EXPECT_EQ(run.nodes[0].inputData, "{}");
    EXPECT_EQ(run.nodes[0].latestOutput, R"({ "at" : "13:15", "cursor": 12345678901234567890 })");
    EXPECT_EQ(run.nodes[1].inputData, R"([1, {"a": "}]\""}])");
    EXPECT_EQ(run.nodes[1].latestOutput, R"("plain \u00e4 \"text\"")");
    EXPECT_EQ(run.nodes[2].inputData, "");
    EXPECT_EQ(run.nodes[2].latestOutput, "-1.50e+2");
    EXPECT_EQ(run.nodes[3].inputData, "false");
    EXPECT_EQ(run.nodes[3].latestOutput, "null");
    EXPECT_EQ(decodeNode(R"({"latest_output" :  1e999 ,"input_data":[1e999]})").latestOutput, "1e999");
    EXPECT_EQ(decodeNode(R"({"latest_output" :  1e999 ,"input_data":[1e999]})").inputData, "[1e999]");
    EXPECT_EQ(decodeNode(R"({"latest_output":7})").latestOutput, "7");
    EXPECT_EQ(decodeNode("{\"latest_output\"\n:\t\"a\"}").latestOutput, "\"a\"");
    EXPECT_EQ(decodeNode(R"({"latest_output":[1],"latest_output":2})").latestOutput, "2") << "the last duplicate wins";
    EXPECT_EQ(decodeNode(R"({"latest_output":2,"latest_output":{"a":[]}})").latestOutput, R"({"a":[]})");
}

TEST(ExecutionDetailCodec, LoneSurrogatesLoseNothing) {
    const std::string node =
        R"({"node_id":"a","node_name":"\ud83d","latest_output" : "\ude00","input_data":{"\ud83d":1e999}})";
    const ExecutionDetail run = decode(R"({"_id":"1","name":"\ud83d!","nodes":[)" + node + "]}");
    EXPECT_EQ(run.name, "\xEF\xBF\xBD!");
    ASSERT_EQ(run.nodes.size(), 1U);
    EXPECT_EQ(run.nodes[0].name, "\xEF\xBF\xBD");
    EXPECT_EQ(run.nodes[0].latestOutput, R"("\ude00")");
    EXPECT_EQ(run.nodes[0].inputData, R"({"\ud83d":1e999})");
    EXPECT_EQ(run.nodes[0].rawJson, node);
}

TEST(ExecutionDetailCodec, KeepsValuesOfOddTypes) {
    const ExecutionNode node = decodeNode(
        R"({"node_id":7,"node_name":null,"node_status":[],"is_batch":"yes","attempts_made":"2","maximum_attempts":-1,
            "execution_time":{}})");
    EXPECT_EQ(node.id + node.name + node.status.value(), "");
    EXPECT_FALSE(node.isBatch || node.attemptsMade || node.maximumAttempts || node.executionTime);
    for (const char* time : {"-5", "\"-5\"", "\"\"", "\"1.\"", "\".5\"", "\"1e3\"", "\"12 ms\"", "null", "1e300"}) {
        EXPECT_FALSE(decodeNode(std::string(R"({"execution_time":)") + time + "}").executionTime) << time;
    }
    EXPECT_EQ(decodeNode(R"({"execution_time":"350"})").executionTime, 350ms);
    EXPECT_EQ(decode(R"({"_id":"1","nodes":[null,{"node_id":"a"},[{}],3,"x",{}]})").nodes.size(), 2U);
    EXPECT_TRUE(decode(R"({"_id":"1","nodes":{"node_id":"a"}})").nodes.empty());
    EXPECT_TRUE(decode(R"({"_id":"1","nodes":[{"node_id":"a"}],"nodes":null})").nodes.empty());
    EXPECT_EQ(decode(R"({"_id":"1","nodes":[{"latest_output":1},[2]]})").nodes.at(0).latestOutput, "1");
    EXPECT_EQ(decode(R"({"id":"other","nodes":[{"id":"no"}]})").id, "other");
    EXPECT_EQ(decode(R"({"_id":"1","error":"why it failed","message":{}})").id, "1") << "a run may have such fields";
}

TEST(ExecutionDetailCodec, RefusesAnythingButARun) {
    EXPECT_NE(refusalOf(R"({"message":"Server Error","error":"nope"})").find("\"Server Error: nope\""),
              std::string::npos);
    EXPECT_NE(refusalOf("{}").find("not a run"), std::string::npos);
    EXPECT_NE(refusalOf("[]").find("an array, not an object"), std::string::npos);
    EXPECT_NE(refusalOf("").find("empty"), std::string::npos);
    EXPECT_NE(refusalOf(R"({"_id":"1"} x)").find("followed by"), std::string::npos);
    EXPECT_NE(refusalOf(R"({"_id":"1","nodes":[)").find("stops in the middle"), std::string::npos);
}

TEST(FirstFailedNode, IsTheOneThatEndedTheRun) {
    const ExecutionDetail run = decode(readExample());
    ASSERT_NE(run.firstFailedNode(), nullptr);
    EXPECT_EQ(run.firstFailedNode()->id, "n3");
    const ExecutionDetail skipped = decode(
        R"({"_id":"1","nodes":[{"node_id":"a","node_status":"Success"},
            {"node_id":"b","node_status":"ERRORED_AND_SKIPPED"},
            {"node_id":"c","node_status":"Errored_and_Skipped"}]})");
    ASSERT_NE(skipped.firstFailedNode(), nullptr);
    EXPECT_EQ(skipped.firstFailedNode()->id, "b");
    EXPECT_EQ(decode(R"({"_id":"1","nodes":[{"node_status":"Stopped"}]})").firstFailedNode(), nullptr);
    EXPECT_EQ(ExecutionDetail().firstFailedNode(), nullptr);
}

TEST(ExecutionDetailCodec, AnErrorWithAStatusIsNotARun) {
    for (const char* body : {R"({"status":"error","message":"Account suspended","request_id":"r-4"})",
                             R"({"status":"error","error":{"message":"Account suspended"},"request_id":"r-4"})"}) {
        try {
            decode(body);
            ADD_FAILURE() << body;
        } catch (const DecodeError& error) {
            EXPECT_STREQ(error.what(),
                         "the answer is an error instead of a run: \"Account suspended\" [request id r-4]");
        }
    }
    EXPECT_EQ(decode(R"({"status":"RUNNING"})").status, ExecutionStatus::Running);
}

TEST(NodeStatus, KnowsFailuresAndEndsInAnyCase) {
    for (const char* status : {"Errored", "Rejected", "Timed_Out", "Errored_and_Skipped", "ERRORED", "timed_out"}) {
        EXPECT_TRUE(NodeStatus(status).isFailure()) << status;
        EXPECT_TRUE(NodeStatus(status).isTerminal()) << status;
    }
    for (const char* status : {"Success", "Stopped", "SUCCESS", "Terminated", "Partially Successful"}) {
        EXPECT_FALSE(NodeStatus(status).isFailure()) << status;
        EXPECT_TRUE(NodeStatus(status).isTerminal()) << status;
    }
    for (const char* status : {"Ready", "Waiting", "", "Running", "Errored_", "Errore"}) {
        EXPECT_FALSE(NodeStatus(status).isFailure() || NodeStatus(status).isTerminal()) << status;
    }
    EXPECT_EQ(NodeStatus("ERRORED"), NodeStatus::Errored);
}

}  // namespace
}  // namespace refold::internal
