// Tests `Client::executions` with the embedded server: whole histories, in the server's order, each run once.
#include "client/client_fixture.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <iterator>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace {

using namespace refold::test;
using namespace std::chrono_literals;
using refold::Client;
using refold::Execution;
using refold::ExecutionQuery;
using refold::ListingOptions;
using refold::testing::DateGranularity;
using refold::testing::FakeAnswer;
using refold::testing::FakeRequest;
using refold::testing::FakeServer;

std::vector<std::string> listed(const Client& client, const ExecutionQuery& query = {},
                                const ListingOptions& options = {}) {
    auto listing = client.executions(query, options);
    return idsOf(listing);
}

TEST(ClientListing, TheWholeDefaultHistory) {
    const FakeServer server;
    auto listing = clientOf(server).executions();
    EXPECT_EQ(idsOf(listing), server.ids());
    EXPECT_LE(server.requestCount(), 40U) << "page sizes grow";
    EXPECT_EQ(server.requests().at(0).parameter("limit"), "100");
    const auto report = listing.report();
    EXPECT_EQ(report.delivered, 24742);
    EXPECT_EQ(report.duplicatesDropped, 0);
    EXPECT_EQ(report.pagesRead, static_cast<std::int64_t>(server.requestCount()));
    EXPECT_EQ(report.pagesReread, 0);
    EXPECT_EQ(report.totalDocsAtStart, 24742);
    EXPECT_EQ(report.totalDocsAtEnd, 24742);
    EXPECT_TRUE(report.complete);
    EXPECT_TRUE(report.verified);
}

TEST(ClientListing, DeliversEachRunAsTheServerSentIt) {
    const FakeServer server(historyOf(230));
    std::size_t count = 0;
    for (const Execution& run : clientOf(server).executions()) {
        EXPECT_EQ(run.rawJson, server.runJson(run.id));
        ++count;
    }
    EXPECT_EQ(count, 230U);
}

TEST(ClientListing, BothOrdersAndAnyPrefetchAndPageSize) {
    const FakeServer server(historyOf(480));
    const Client client = clientOf(server);
    for (const bool ascending : {false, true}) {
        for (const int prefetch : {0, 1, 4, 64}) {
            for (const std::int64_t limit : {7, 100, 480, 1000}) {
                SCOPED_TRACE(std::to_string(prefetch) + " ahead, pages of " + std::to_string(limit));
                ExecutionQuery query;
                query.sortAsc = ascending;
                query.limit = limit;
                ListingOptions options;
                options.prefetch = prefetch;
                EXPECT_EQ(listed(client, query, options), server.ids(query));
            }
        }
    }
}

TEST(ClientListing, Filtered) {
    const FakeServer server(historyOf(3000));
    ExecutionQuery query;
    query.status = refold::ExecutionStatus::Errored;
    query.startDate = refold::parseTimestamp("2026-01-01");
    query.limit = 25;
    const auto ids = listed(clientOf(server), query);
    EXPECT_EQ(ids, server.ids(query));
    EXPECT_GT(ids.size(), 50U);
}

TEST(ClientListing, EmptyHistory) {
    const FakeServer server(historyOf(0));
    auto listing = clientOf(server).executions();
    EXPECT_TRUE(listing.begin() == listing.end());
    EXPECT_TRUE(listing.report().complete);
    EXPECT_EQ(server.requestCount(), 1U);
}

TEST(ClientListing, SendsNothingBeforeBegin) {
    const FakeServer server(historyOf(30));
    auto listing = clientOf(server).executions();
    EXPECT_EQ(server.requestCount(), 0U);
    EXPECT_EQ(listing.report().delivered, 0);
    EXPECT_EQ(listing.begin()->id, server.ids().front());
}

TEST(ClientListing, StartsAtTheQuerysPage) {
    const FakeServer server(historyOf(95));
    ExecutionQuery query;
    query.page = 3;
    query.limit = 20;
    const auto all = server.ids();
    EXPECT_EQ(listed(clientOf(server), query), std::vector<std::string>(all.begin() + 40, all.end()));
}

TEST(ClientListing, EndsAfterMaxItems) {
    const FakeServer server(historyOf(95));
    ListingOptions options;
    options.maxItems = 12;
    ExecutionQuery query;
    query.limit = 10;
    auto listing = clientOf(server).executions(query, options);
    const auto all = server.ids();
    EXPECT_EQ(idsOf(listing), std::vector<std::string>(all.begin(), all.begin() + 12));
    EXPECT_FALSE(listing.report().complete);
}

TEST(ClientListing, AdoptsTheServersLimit) {
    auto options = historyOf(230);
    options.maxLimit = 30;
    const FakeServer server(options);
    EXPECT_EQ(listed(clientOf(server)), server.ids());
    options.legacyFields = true;
    const FakeServer legacy(options);
    EXPECT_EQ(listed(clientOf(legacy)), legacy.ids());
}

TEST(ClientListing, WorksWithoutTheOptionalEnvelopeFields) {
    auto options = historyOf(230);
    options.omitOptionalEnvelopeFields = true;
    const FakeServer server(options);
    EXPECT_EQ(listed(clientOf(server)), server.ids());
    options.maxLimit = 30;
    const FakeServer capped(options);
    EXPECT_EQ(listed(clientOf(capped)), capped.ids());
}

/// Nothing says whether a page is the last one; the pages are smaller than requested, or as large.
TEST(ClientListing, ReadsUntilAnEmptyPageIfTheServerNamesNoNext) {
    for (const std::size_t runs : {0U, 10U, 25U, 100U, 230U}) {
        for (const std::size_t cap : {10U, 100U, 1000U}) {
            FakeServer server(historyOf(runs));
            const std::vector<std::string> ids = server.ids();
            server.onRequest([&](const FakeRequest& request) -> std::optional<FakeAnswer> {
                const std::size_t limit = std::min<std::size_t>(std::stoul(*request.parameter("limit")), cap);
                const std::size_t first = (std::stoul(*request.parameter("page")) - 1) * limit;
                std::string docs;
                for (std::size_t i = first; i < std::min(first + limit, ids.size()); ++i)
                    docs += (docs.empty() ? "" : ",") + server.runJson(ids[i]);
                FakeAnswer answer;
                answer.body = "{\"docs\":[" + docs + "]}";
                return answer;
            });
            EXPECT_EQ(listed(clientOf(server)), ids) << runs << " runs, pages of " << cap;
            EXPECT_LE(server.requestCount(), 2 * runs / std::min<std::size_t>(cap, 100) + 8);
        }
    }
}

TEST(ClientListing, ToleratesAnyReadingOfDates) {
    for (const auto granularity :
         {DateGranularity::millisecond, DateGranularity::second, DateGranularity::day, DateGranularity::ignored}) {
        for (const bool exclusive : {false, true}) {
            for (const bool ascending : {false, true}) {
                SCOPED_TRACE(std::to_string(static_cast<int>(granularity)) +
                             (exclusive ? ", exclusive" : ", inclusive"));
                auto options = historyOf(700);
                options.dateGranularity = granularity;
                options.exclusiveDates = exclusive;
                const FakeServer server(options);
                ExecutionQuery query;
                query.limit = 20;
                query.sortAsc = ascending;
                EXPECT_EQ(listed(clientOf(server), query), server.ids(query));
            }
        }
    }
}

TEST(ClientListing, SkipsAnEmptyPageInTheMiddle) {
    for (const auto granularity : {DateGranularity::millisecond, DateGranularity::ignored}) {
        auto options = historyOf(95);
        options.dateGranularity = granularity;
        FakeServer server(options);
        std::atomic<int> count{0};
        server.onRequest([&](const FakeRequest& request) -> std::optional<FakeAnswer> {
            if (++count != 4) return std::nullopt;
            FakeAnswer answer;
            answer.body = R"({"docs":[],"totalDocs":95,"limit":)" + request.parameter("limit").value_or("10") +
                          R"(,"page":)" + request.parameter("page").value_or("1") +
                          R"(,"totalPages":10,"hasNextPage":true})";
            return answer;
        });
        ExecutionQuery query;
        query.limit = 10;
        EXPECT_EQ(listed(clientOf(server), query), server.ids()) << "an empty page is not the end";
        EXPECT_GT(count, 4);
    }
}

TEST(ClientListing, AnErrorInTheMiddleLosesNothing) {
    FakeServer server(historyOf(95));
    auto options = quickOptions(server.baseUrl());
    options.retry.maxAttempts = 1;
    for (const int prefetch : {0, 3}) {
        std::atomic<int> count{0};
        server.onRequest([&](const FakeRequest&) -> std::optional<FakeAnswer> {
            const int number = ++count;
            if (number != 4 && number != 5) return std::nullopt;
            FakeAnswer answer;
            answer.status = 500;
            answer.body = "{}";
            return answer;
        });
        ExecutionQuery query;
        query.limit = 10;
        ListingOptions listingOptions;
        listingOptions.prefetch = prefetch;
        auto listing = Client(keyOf(server), options).executions(query, listingOptions);
        std::vector<std::string> ids;
        int thrown = 0;
        auto it = listing.begin();
        while (it != listing.end()) {
            ids.push_back(it->id);
            for (bool moved = false; !moved;) {
                try {
                    ++it;
                    moved = true;
                } catch (const refold::ServerError&) {
                    ASSERT_LE(++thrown, 2);
                }
            }
        }
        EXPECT_GE(thrown, 1);
        EXPECT_EQ(ids, server.ids());
        server.onRequest(nullptr);
    }
}

TEST(ClientListing, NewRunsDisplaceNoOthers) {
    FakeServer server(historyOf(300));
    const auto before = server.ids();
    server.onRequest([&](const FakeRequest&) -> std::optional<FakeAnswer> {
        server.addRun();
        return std::nullopt;
    });
    ExecutionQuery query;
    query.limit = 20;
    auto listing = clientOf(server).executions(query);
    const auto ids = idsOf(listing);
    EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), ids.size()) << "no run is delivered twice";
    std::vector<std::string> old;
    const std::set<std::string> known(before.begin(), before.end());
    std::copy_if(ids.begin(), ids.end(), std::back_inserter(old), [&](const auto& id) { return known.count(id) != 0; });
    EXPECT_EQ(old, before) << "the runs of the beginning are complete and in order";
}

TEST(ClientListing, RemovedRunsHideNoOthers) {
    FakeServer server(historyOf(300));
    const auto before = server.ids();
    std::atomic<std::size_t> next{0};
    std::set<std::string> removed;
    std::mutex mutex;
    server.onRequest([&](const FakeRequest&) -> std::optional<FakeAnswer> {
        const std::lock_guard<std::mutex> lock(mutex);
        if (next < 30) {
            // Removes the newest runs: they have been read already, so every later page shifts forward.
            const std::string& id = before[next++];
            server.removeRun(id);
            removed.insert(id);
        }
        return std::nullopt;
    });
    ExecutionQuery query;
    query.limit = 20;
    auto listing = clientOf(server).executions(query);
    const auto ids = idsOf(listing);
    const std::set<std::string> seen(ids.begin(), ids.end());
    EXPECT_EQ(seen.size(), ids.size());
    const std::lock_guard<std::mutex> lock(mutex);
    for (const std::string& id : before) {
        EXPECT_TRUE(seen.count(id) != 0 || removed.count(id) != 0) << id << " was lost";
    }
}

TEST(ClientListing, ResumesInAnotherProcess) {
    const FakeServer server(historyOf(95));
    ExecutionQuery query;
    query.limit = 10;
    std::vector<std::string> ids;
    std::string checkpoint;
    {
        auto listing = clientOf(server).executions(query);
        for (const Execution& run : listing) {
            ids.push_back(run.id);
            if (ids.size() == 33) {
                checkpoint = listing.checkpoint();
                break;
            }
        }
    }
    ListingOptions options;
    options.resumeFrom = checkpoint;
    for (const std::string& id : listed(clientOf(server), query, options)) ids.push_back(id);
    EXPECT_EQ(ids, server.ids());

    query.status = "FAILED";
    EXPECT_THROW(clientOf(server).executions(query, options), refold::InvalidArgument)
        << "the checkpoint of another query";
}

TEST(ClientListing, ABlankCheckpointBeginsAnew) {
    const FakeServer server(historyOf(30));
    for (const char* const blank : {"", "\n", " \t\r\n"}) {
        ListingOptions options;
        options.resumeFrom = blank;
        EXPECT_EQ(listed(clientOf(server), {}, options), server.ids());
    }
}

TEST(ClientListing, RefusesInvalidOptions) {
    const auto transport = std::make_shared<refold::testing::FakeTransport>();
    const Client client = clientOf(transport);
    ListingOptions options;
    options.prefetch = -1;
    EXPECT_THROW(client.executions({}, options), refold::InvalidArgument);
    options.prefetch = 65;
    EXPECT_THROW(client.executions({}, options), refold::InvalidArgument);
    options.prefetch = 1;
    options.resumeFrom = "not a checkpoint";
    EXPECT_THROW(client.executions({}, options), refold::InvalidArgument);
    EXPECT_EQ(transport->requestCount(), 0U);
}

}  // namespace
