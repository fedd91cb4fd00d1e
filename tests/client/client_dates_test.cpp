// Tests servers that accept days only: the client repeats the request with days, remembers that, and filters the
// result.
#include "client/client_fixture.hpp"
#include "support/failure_of.hpp"

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

TEST_P(DatesByTheDay, ARefusalWithAnyMessageIsRequestedOnceMore) {
    for (const int status : {400, 422}) {
        for (const char* const message : {"page is too large", "Invalid query parameter: 2026-06-15T10:00:00.000Z",
                                          "candidate limit exceeded", "Cast failed"}) {
            const Client client = clientOf(server);
            const auto before = server.requestCount();
            server.answerNext({status, R"({"message":")" + std::string(message) + R"("})"});
            EXPECT_EQ(idsOf(client.listExecutions(query)), within) << message;
            EXPECT_EQ(server.requestCount(), before + 2) << message;
        }
    }
}

TEST_P(DatesByTheDay, AReasonThatRemainsIsReportedInItsOwnWords) {
    const Client client = clientOf(server);
    const auto refusal = [&] { return failureOf<refold::ApiError>([&] { client.listExecutions(query); }); };
    server.answerNext({400, R"({"message":"page is too large"})"});
    server.answerNext({400, R"({"message":"still too large"})"});
    EXPECT_EQ(refusal().serverMessage(), "page is too large");
    EXPECT_EQ(server.requestCount(), 2U);
    server.answerNext({400, R"({"message":"start_date lies before your plan's retention"})"}, 2);
    EXPECT_EQ(refusal().serverMessage(), "start_date lies before your plan's retention");
    EXPECT_EQ(server.requestCount(), 4U);
    server.answerNext({400, R"({"message":"start_date must be YYYY-MM-DD"})"});
    server.answerNext({400, R"({"message":"page is too large"})"});
    EXPECT_EQ(refusal().serverMessage(), "page is too large") << "the dates are no longer the reason";
    EXPECT_EQ(server.requestCount(), 6U);
    EXPECT_EQ(server.requests()[4].parameter("start_date"), "2026-06-15T10:00:00.000Z")
        << "days are not remembered unless they were accepted";
}

TEST_P(DatesByTheDay, OtherStatusesAreNotRequestedOnceMore) {
    const Client client = clientOf(server);
    for (const int status : {401, 403, 404, 409, 501}) {
        const auto before = server.requestCount();
        server.answerNext({status, R"({"message":"invalid date"})"});
        EXPECT_THROW(client.listExecutions(query), refold::ApiError) << status;
        EXPECT_EQ(server.requestCount(), before + 1) << status;
    }
}

TEST_P(DatesByTheDay, OnceAFormIsKnownOtherReasonsAreReportedAtOnce) {
    for (const bool daysOnly : {false, true}) {
        FakeServerOptions known = options();
        known.daysOnly = daysOnly;
        FakeServer other(known);
        const Client client = clientOf(other);
        client.listExecutions(query);
        // Not one of these words is about a date.
        for (const char* const message : {"candidate limit exceeded", "could not update", "cannot validate limit",
                                          "mandatory field", "outdated client", "invalidated"}) {
            const auto before = other.requestCount();
            other.answerNext({400, R"({"message":")" + std::string(message) + R"("})"});
            EXPECT_THROW(client.listExecutions(query), refold::ApiError) << message;
            EXPECT_EQ(other.requestCount(), before + 1) << message;
        }
    }
}

TEST_P(DatesByTheDay, AQueryWithoutDatesIsRequestedOnce) {
    const Client client = clientOf(server);
    server.answerNext({400, R"({"message":"page is too large"})"});
    EXPECT_THROW(client.listExecutions(), refold::ApiError);
    EXPECT_EQ(server.requestCount(), 1U);
}

TEST_P(DatesByTheDay, AreRecognisedInEveryForm) {
    for (const char* const message : {"invalid start_date", "endDate is wrong", "Dates must be days", "INVALID_DATE",
                                      "use yyyy-mm-dd", "not a date-time", "bad DateTime", "startdate?"}) {
        const Client client = clientOf(server);
        const auto before = server.requestCount();
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
