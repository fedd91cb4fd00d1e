// Tests the encoding of queries: names, order, percent-encoding and refusals.
#include "codec/query_codec.hpp"
#include "text/percent_encoding.hpp"

#include <refold/error.hpp>

#include <gtest/gtest.h>
#include <functional>
#include <string>
#include <vector>

namespace refold::internal {
namespace {

using namespace std::string_literals;

Timestamp at(const char* text) {
    return parseTimestamp(text).value();
}

TEST(QueryCodec, EncodesEachParameterInOrder) {
    EXPECT_EQ(encodeQuery(ExecutionQuery{}), "");

    ExecutionQuery query;
    query.sortAsc = true;
    query.executionSource = ExecutionSource::ApiCall;
    query.executionType = ExecutionType::Async;
    query.endDate = at("2026-06-17T00:00:00.001Z");
    query.startDate = at("2026-06-16");
    query.executionId = "6a314c54d4616e99e7fa5a02";
    query.workflowName = "Daily Sync";
    query.workflowId = "6a106ba44480b80424a65289";
    query.slug = "hubspot,slack";
    query.status = ExecutionStatus::Completed;
    query.limit = 10;
    query.page = 2;
    query.extra = {{"tag[]", "b"}, {"tag[]", "a"}, {"empty", ""}};
    EXPECT_NO_THROW(validate(query));
    EXPECT_EQ(encodeQuery(query),
              "?page=2&limit=10&status=COMPLETED&slug=hubspot%2Cslack&workflow_id=6a106ba44480b80424a65289"
              "&workflow_name=Daily%20Sync&execution_id=6a314c54d4616e99e7fa5a02"
              "&start_date=2026-06-16T00%3A00%3A00.000Z&end_date=2026-06-17T00%3A00%3A00.001Z"
              "&execution_type=ASYNC&execution_source=API_CALL&sortAsc=true&tag%5B%5D=b&tag%5B%5D=a&empty=");
}

TEST(QueryCodec, EncodesOneParameterAlone) {
    struct Case {
        std::function<void(ExecutionQuery&)> set;
        std::string expected;
    };
    const std::vector<Case> cases{
        {[](ExecutionQuery& q) { q.page = 1; }, "?page=1"},
        {[](ExecutionQuery& q) { q.limit = INT64_MAX; }, "?limit=9223372036854775807"},
        {[](ExecutionQuery& q) { q.status = "PAUSED"; }, "?status=PAUSED"},
        {[](ExecutionQuery& q) { q.slug = "a&b=c#d"; }, "?slug=a%26b%3Dc%23d"},
        {[](ExecutionQuery& q) { q.workflowName = "größer + 50 %"; },
         "?workflow_name=gr%C3%B6%C3%9Fer%20%2B%2050%20%25"},
        {[](ExecutionQuery& q) { q.executionSource = "API Call"; }, "?execution_source=API%20Call"},
        {[](ExecutionQuery& q) { q.sortAsc = false; }, "?sortAsc=false"},
        {[](ExecutionQuery& q) {
             q.extra = {{"a b", "1/2"}};
         },
         "?a%20b=1%2F2"},
    };
    for (const Case& c : cases) {
        ExecutionQuery query;
        c.set(query);
        EXPECT_NO_THROW(validate(query));
        EXPECT_EQ(encodeQuery(query), c.expected);
    }
}

TEST(QueryCodec, RefusesInvalidQueries) {
    struct Case {
        std::function<void(ExecutionQuery&)> set;
        std::string argument;
        std::string message;
    };
    const std::string rule = "; it must not contain CR, LF or NUL";
    const std::string ownMember = "; set the member of ExecutionQuery instead";
    const std::vector<Case> cases{
        {[](ExecutionQuery& q) { q.page = 0; }, "page", "page is 0; it must be at least 1"},
        {[](ExecutionQuery& q) { q.page = -7; }, "page", "page is -7; it must be at least 1"},
        {[](ExecutionQuery& q) { q.limit = 0; }, "limit", "limit is 0; it must be at least 1"},
        {[](ExecutionQuery& q) { q.limit = INT64_MIN; }, "limit",
         "limit is -9223372036854775808; it must be at least 1"},
        {[](ExecutionQuery& q) {
             q.startDate = at("2026-06-16T00:00:00.001Z");
             q.endDate = at("2026-06-16");
         },
         "startDate",
         "startDate is 2026-06-16T00:00:00.001Z; it must not be after endDate, which is 2026-06-16T00:00:00.000Z"},
        {[](ExecutionQuery& q) { q.endDate = Timestamp::max(); }, "endDate",
         "endDate is +292278994-08-17T07:12:55.807Z; its year must be between 0 and 9999"},
        {[](ExecutionQuery& q) { q.startDate = Timestamp::min(); }, "startDate",
         "startDate is -292275055-05-16T16:47:04.192Z; its year must be between 0 and 9999"},
        {[](ExecutionQuery& q) { q.endDate = at("9999-12-31T23:59:59.999Z") + std::chrono::milliseconds(1); },
         "endDate", "endDate is +10000-01-01T00:00:00.000Z; its year must be between 0 and 9999"},
        {[](ExecutionQuery& q) { q.startDate = at("0000-01-01") - std::chrono::milliseconds(1); }, "startDate",
         "startDate is -0001-12-31T23:59:59.999Z; its year must be between 0 and 9999"},
        {[](ExecutionQuery& q) { q.status = "A\r\nB"; }, "status", R"(status is "A\r\nB")" + rule},
        {[](ExecutionQuery& q) { q.slug = "a\n"; }, "slug", R"(slug is "a\n")" + rule},
        {[](ExecutionQuery& q) { q.workflowId = "\0"s; }, "workflowId", R"(workflowId is "\x00")" + rule},
        {[](ExecutionQuery& q) { q.workflowName = "\x1b\n"; }, "workflowName", R"(workflowName is "\x1B\n")" + rule},
        {[](ExecutionQuery& q) { q.executionId = "ä\r"; }, "executionId", R"(executionId is "\xC3\xA4\r")" + rule},
        {[](ExecutionQuery& q) { q.executionType = "\r"; }, "executionType", R"(executionType is "\r")" + rule},
        {[](ExecutionQuery& q) { q.executionSource = "\n"; }, "executionSource", R"(executionSource is "\n")" + rule},
        {[](ExecutionQuery& q) { q.slug = std::string(100, 'x') + '\n'; }, "slug",
         "slug is \"" + std::string(80, 'x') + "...\"" + rule},
        {[](ExecutionQuery& q) {
             q.extra = {{"", "v"}};
         },
         "extra", R"(extra has an empty name, with the value "v"; each parameter needs a name)"},
        {[](ExecutionQuery& q) {
             q.extra = {{"ok", "1"}, {"a\nb", "2"}};
         },
         "extra", R"(extra has the name "a\nb")" + rule},
        {[](ExecutionQuery& q) {
             q.extra = {{"a", "1\0"s}};
         },
         "extra", R"(extra has the value "1\x00" for "a")" + rule},
        {[](ExecutionQuery& q) {
             q.extra = {{"sortAsc", "1"}};
         },
         "extra", R"(extra has the name "sortAsc")" + ownMember},
    };
    for (const Case& c : cases) {
        ExecutionQuery query;
        c.set(query);
        try {
            validate(query);
            ADD_FAILURE() << "was not refused: " << c.message;
        } catch (const InvalidArgument& error) {
            EXPECT_EQ(error.argument(), c.argument);
            EXPECT_EQ(std::string(error.what()), c.message);
            EXPECT_EQ(error.attempts(), 0);
        }
    }
}

TEST(QueryCodec, RefusesEachKnownNameInExtra) {
    for (const char* name : {"page", "limit", "status", "slug", "workflow_id", "workflow_name", "execution_id",
                             "start_date", "end_date", "execution_type", "execution_source", "sortAsc"}) {
        ExecutionQuery query;
        query.extra = {{name, "1"}};
        EXPECT_THROW(validate(query), InvalidArgument) << name;
    }
    ExecutionQuery query;
    query.extra = {{"Page", "1"}, {"workflowId", "2"}};
    EXPECT_NO_THROW(validate(query));
}

TEST(QueryCodec, AcceptsBoundaryValues) {
    ExecutionQuery query;
    query.page = 1;
    query.limit = 1;
    query.startDate = at("2026-06-16");
    query.endDate = query.startDate;
    query.workflowName = "\ttab and \x7f";
    EXPECT_NO_THROW(validate(query));
}

TEST(QueryCodec, AcceptsEveryYearOfFourDigits) {
    ExecutionQuery query;
    query.startDate = at("0000-01-01");
    query.endDate = at("9999-12-31T23:59:59.999Z");
    EXPECT_NO_THROW(validate(query));
    EXPECT_EQ(encodeQuery(query, DateForm::day), "?start_date=0000-01-01&end_date=9999-12-31");
    query.endDate = at("9999-12-30T00:00:00.001Z");
    EXPECT_EQ(encodeQuery(query, DateForm::day), "?start_date=0000-01-01&end_date=9999-12-31");
}

TEST(PercentEncode, KeepsOnlyUnreservedCharacters) {
    const std::string unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    for (int value = 0; value < 256; ++value) {
        const auto c = static_cast<char>(value);
        const std::string encoded = percentEncode(std::string(1, c));
        if (unreserved.find(c) != std::string::npos) {
            EXPECT_EQ(encoded, std::string(1, c));
        } else {
            ASSERT_EQ(encoded.size(), 3U);
            EXPECT_EQ(encoded.front(), '%');
            EXPECT_EQ(std::stoi(encoded.substr(1), nullptr, 16), value);
            EXPECT_EQ(encoded.find_first_of("abcdef"), std::string::npos);
        }
    }
}

TEST(EncodePathSegment, IsOneSegmentOrRefused) {
    EXPECT_EQ(encodePathSegment("id", "6a314c54"), "6a314c54");
    EXPECT_EQ(encodePathSegment("id", "a/b?c#d"), "a%2Fb%3Fc%23d");
    EXPECT_EQ(encodePathSegment("id", "..."), "...");
    EXPECT_EQ(encodePathSegment("id", "../x"), "..%2Fx");
    for (const std::string& refused : {""s, "."s, ".."s, "a\nb"s, "a\rb"s, "a\0b"s}) {
        try {
            encodePathSegment("id", refused);
            ADD_FAILURE() << refused;
        } catch (const InvalidArgument& error) {
            EXPECT_EQ(error.argument(), "id");
            EXPECT_EQ(std::string(error.what()).find_first_of("\r\n"), std::string::npos);
        }
    }
}

}  // namespace
}  // namespace refold::internal
