// Tests the decoding of batch pages and of the answers to stop and rerun.
#include "codec/action_codec.hpp"
#include "codec/decode_error.hpp"
#include "codec/node_batch_page_codec.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace refold::internal {
namespace {

TEST(NodeBatchPageCodec, ReadsBatchesAndTheEnvelope) {
    const Page<NodeBatch> page = decodeNodeBatchPage(
        R"({"docs":[{"batch_index":0,"status":"Success","output":{"n": 1}},{"batch_index":"1","output":[ ]},{}],
            "totalDocs":30,"limit":3,"page":2,"hasNextPage":true})",
        {}, {});
    ASSERT_EQ(page.size(), 3U);
    EXPECT_EQ(page.docs[0].batchIndex, 0);
    EXPECT_EQ(page.docs[0].status, NodeStatus::Success);
    EXPECT_EQ(page.docs[0].output, R"({"n": 1})");
    EXPECT_EQ(page.docs[0].rawJson, R"({"batch_index":0,"status":"Success","output":{"n": 1}})");
    EXPECT_FALSE(page.docs[1].batchIndex);
    EXPECT_EQ(page.docs[1].output, "[ ]");
    EXPECT_EQ(page.docs[2].output, "");
    EXPECT_EQ(page.totalDocs, 30);
    EXPECT_EQ(page.totalPages, 10);
    EXPECT_TRUE(page.hasNextPage);
    EXPECT_THROW(decodeNodeBatchPage(R"({"docs":[1]})", {}, {}), DecodeError);
    EXPECT_THROW(decodeNodeBatchPage(R"({"message":"no"})", {}, {}), DecodeError);
}

TEST(NodeBatchPageCodec, LoneSurrogatesLoseNothing) {
    const Page<NodeBatch> page =
        decodeNodeBatchPage(R"({"docs":[{"batch_index":0,"status":"\ud83d","output":["\ud83d"]}]})", {}, {});
    ASSERT_EQ(page.size(), 1U);
    EXPECT_EQ(page.docs[0].status, "\xEF\xBF\xBD");
    EXPECT_EQ(page.docs[0].output, R"(["\ud83d"])");
    EXPECT_EQ(page.docs[0].rawJson, R"({"batch_index":0,"status":"\ud83d","output":["\ud83d"]})");
}

TEST(ActionCodec, ReadsTheNewRunsIdUnderEveryName) {
    for (const std::string name : {"id", "_id", "instanceId", "instance_id", "execution_id", "executionId"}) {
        EXPECT_EQ(decodeRerunAnswer(R"({"message":"Execution queued",")" + name + R"(":"abc"})"), "abc");
        EXPECT_EQ(decodeRerunAnswer(R"({")" + name + R"(": 9007199254740993123 ,"status":"success"})"),
                  "9007199254740993123");
        EXPECT_EQ(decodeRerunAnswer(R"({")" + name + R"(":7})"), "7");
        EXPECT_THROW(decodeRerunAnswer(R"({")" + name + R"(":{"x":1}})"), DecodeError);
        EXPECT_THROW(decodeRerunAnswer(R"({")" + name + R"(":null})"), DecodeError);
    }
    EXPECT_EQ(decodeRerunAnswer(R"({"executionId":"other","id":"abc"})"), "abc");
}

TEST(ActionCodec, AnErrorInA200IsNotAConfirmation) {
    EXPECT_NO_THROW(checkStopAnswer(R"({"message":"Stopping instance"})"));
    EXPECT_NO_THROW(checkStopAnswer(R"({"status":"success","success":true,"error":null,"errors":[]})"));
    EXPECT_NO_THROW(checkStopAnswer(R"({"code":0,"error_code":"","error":"","errors":{},"detail":false})"));
    EXPECT_NO_THROW(checkStopAnswer(R"({"code":{"a":1},"status":["error"],"success":0,"message":"done","error":7})"));
    // The last value of a repeated member counts, and only members of the root do.
    EXPECT_NO_THROW(checkStopAnswer(R"({"success":false,"success":true,"errors":[1],"errors":[]})"));
    EXPECT_NO_THROW(checkStopAnswer(R"({"run":{"error":"x","success":false,"status":"error"}})"));
    EXPECT_NO_THROW(checkStopAnswer(""));
    for (const char* body :
         {R"({"status_code":400,"message":"Already ended","request_id":"r-1"})",
          R"({"error_code":"SERVER_ERROR","message":"Already ended","request_id":"r-1"})",
          R"({"error":{"message":"Already ended","request_id":"r-1"}})",
          R"({"errors":[{"message":"Already ended"}],"request_id":"r-1"})",
          R"({"detail":"Already ended","request_id":"r-1"})", R"({"message":["Already ended"],"request_id":"r-1"})",
          R"({"status":"error","message":"Already ended","request_id":"r-1"})",
          R"({"success":false,"message":"Already ended","request_id":"r-1"})",
          R"({"errors":[null],"message":"Already ended","request_id":"r-1"})",
          R"({"errors":{"a":{}},"message":"Already ended","request_id":"r-1"})",
          R"({"error":true,"message":"Already ended","request_id":"r-1"})",
          R"({"success":true,"success":false,"message":"Already ended","request_id":"r-1"})",
          R"({"n":1e999,"code":"X","message":"Already ended","request_id":"r-1"})"}) {
        try {
            checkStopAnswer(body);
            ADD_FAILURE() << body;
        } catch (const DecodeError& error) {
            const std::string text = error.what();
            EXPECT_NE(text.find("Already ended"), std::string::npos) << text;
            EXPECT_NE(text.find("[request id r-1]"), std::string::npos) << text;
        }
    }
}

TEST(ActionCodec, ReadsTheNewRunsId) {
    EXPECT_EQ(decodeRerunAnswer(R"({"status":"success","id":"abc"})"), "abc");
    EXPECT_EQ(decodeRerunAnswer(R"({"_id":"abc","id":null})"), "abc");
    EXPECT_EQ(decodeRerunAnswer(R"({"id":"abc","message":"cut \ud83d"})"), "abc");
    for (const char* body : {R"({"status":"success"})", R"({"id":""})", R"({"id":true})", "[]", "", "null", "<html>"}) {
        EXPECT_THROW(decodeRerunAnswer(body), DecodeError) << body;
    }
    try {
        decodeRerunAnswer(R"({"message":"Workflow\nis gone"})");
        FAIL();
    } catch (const DecodeError& error) {
        EXPECT_STREQ(error.what(), "the answer does not name the new run, but says \"Workflow is gone\"");
    }
}

TEST(ActionCodec, AcceptsAnyObjectForAStop) {
    EXPECT_NO_THROW(checkStopAnswer(R"({"message":"Stopping instance"})"));
    for (const char* blank : {"", "\n", " \t\r\n "}) EXPECT_NO_THROW(checkStopAnswer(blank));
    EXPECT_THROW(checkStopAnswer("<html>please log in</html>"), DecodeError);
}

}  // namespace
}  // namespace refold::internal
