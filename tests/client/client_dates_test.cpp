// Tests servers that accept days only: the client repeats the request with days, remembers that, and filters the
// result.
#include "client/client_fixture.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <vector>

namespace {

using namespace refold::test;
using refold::Client;
using refold::ExecutionQuery;
using refold::parseTimestamp;
using refold::testing::FakeRun;
using refold::testing::FakeServer;
using refold::testing::FakeServerOptions;

class DatesByTheDay : public ::testing::TestWithParam<bool> {
  protected:
    static FakeServerOptions options() {
        FakeServerOptions options = historyOf(0);
        options.daysOnly = true;
        options.endDateIsMidnight = GetParam();
        return options;
    }
    DatesByTheDay() : server(options()) {
        for (const char* date :
             {"2026-06-14T23:59:59.999Z", "2026-06-15T00:00:00Z", "2026-06-15T09:59:59.999Z", "2026-06-15T10:00:00Z",
              "2026-06-16T00:00:00Z", "2026-06-16T13:00:00Z", "2026-06-16T13:00:00.001Z", "2026-06-17T00:00:00Z"}) {
            FakeRun run;
            run.id = date;
            run.createdAt = parseTimestamp(date);
            server.addRun(run);
        }
        query.startDate = parseTimestamp("2026-06-15T10:00:00Z");
        query.endDate = parseTimestamp("2026-06-16T13:00:00Z");
        query.sortAsc = true;
    }

    FakeServer server;
    ExecutionQuery query;
    const std::vector<std::string> within{"2026-06-15T10:00:00Z", "2026-06-16T00:00:00Z", "2026-06-16T13:00:00Z"};
};

TEST_P(DatesByTheDay, AreRequestedOnceMoreAndRunsOutsideAreDropped) {
    const Client client = clientOf(server);
    EXPECT_EQ(idsOf(client.listExecutions(query)), within);
    ASSERT_EQ(server.requestCount(), 2U);
    EXPECT_EQ(server.requests()[0].parameter("start_date"), "2026-06-15T10:00:00.000Z");
    EXPECT_EQ(server.requests()[1].parameter("start_date"), "2026-06-15");
    EXPECT_EQ(server.requests()[1].parameter("end_date"), "2026-06-17");
    EXPECT_EQ(idsOf(client.listExecutions(query)), within);
    EXPECT_EQ(server.requestCount(), 3U) << "the client remembers that the server takes days only";
}

TEST_P(DatesByTheDay, AnEmptyPageDoesNotHideThatMoreFollow) {
    const Client client = clientOf(server);
    query.limit = 2;
    std::vector<std::string> found;
    int empty = 0;
    for (query.page = 1; *query.page <= 4; ++*query.page) {
        const refold::Page<refold::Execution> page = client.listExecutions(query);
        empty += page.empty() ? 1 : 0;
        for (const refold::Execution& run : page) found.push_back(run.id);
        if (!page.hasNextPage) break;
    }
    EXPECT_EQ(found, within);
    EXPECT_EQ(server.requestCount(), static_cast<std::uint64_t>(*query.page) + 1) << "one request for each page";
    EXPECT_GE(empty, 1);
}

TEST_P(DatesByTheDay, OtherRefusalsAreReported) {
    const Client client = clientOf(server);
    server.answerNext({400, R"({"message":"page is too large"})"});
    EXPECT_THROW(client.listExecutions(query), refold::ApiError);
    EXPECT_EQ(server.requestCount(), 1U);
    server.answerNext({400, R"({"message":"start_date lies before your plan's retention"})"}, 2);
    EXPECT_THROW(client.listExecutions(query), refold::ApiError);
    EXPECT_EQ(server.requestCount(), 3U);
}

TEST_P(DatesByTheDay, WordsThatContainDateAreNotAboutDates) {
    const Client client = clientOf(server);
    for (const char* const message : {"candidate limit exceeded", "could not update", "cannot validate limit",
                                      "mandatory field", "outdated client", "invalidated"}) {
        const std::size_t before = server.requestCount();
        server.answerNext({400, R"({"message":")" + std::string(message) + R"("})"});
        EXPECT_THROW(client.listExecutions(query), refold::ApiError) << message;
        EXPECT_EQ(server.requestCount(), before + 1) << message;
    }
}

TEST_P(DatesByTheDay, AreRecognisedInEveryForm) {
    for (const char* const message : {"invalid start_date", "endDate is wrong", "Dates must be days", "INVALID_DATE",
                                      "use yyyy-mm-dd", "not a date-time", "bad DateTime", "startdate?"}) {
        const Client client = clientOf(server);
        const std::size_t before = server.requestCount();
        server.answerNext({400, R"({"message":")" + std::string(message) + R"("})"});
        EXPECT_EQ(idsOf(client.listExecutions(query)), within) << message;
        EXPECT_EQ(server.requestCount(), before + 2) << message;
    }
}

TEST_P(DatesByTheDay, ARefusalWithoutAReasonMayBeAboutTheDates) {
    const Client client = clientOf(server);
    server.answerNext({400, R"({"message":"Bad Request"})"});
    EXPECT_EQ(idsOf(client.listExecutions(query)), within);
    EXPECT_EQ(server.requestCount(), 2U);
}

INSTANTIATE_TEST_SUITE_P(EndDate, DatesByTheDay, ::testing::Bool());

}  // namespace
