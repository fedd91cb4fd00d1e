// Servers that answer from a script: canned pages in order or by number, without dates, totals or limits; pages that
// repeat; empty ones; and that the last page ends it. Each is read with one request a page, or ends in an error that
// says why.
#include "listing/execution_cursor.hpp"

#include <refold/error.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <limits>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace refold::tests {
namespace {

using internal::PageRequest;

class ScriptedServer final : public internal::PageSource {
  public:
    using Script = std::function<Page<Execution>(const PageRequest&, int call)>;

    explicit ScriptedServer(Script script) : script_(std::move(script)) {}

    Page<Execution> fetch(const PageRequest& request, const CancelToken& cancel) override {
        if (cancel.isCancelled()) throw Cancelled();
        int call = 0;
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            requests_.push_back(request);
            call = static_cast<int>(requests_.size());
        }
        return script_(request, call);
    }

    std::vector<PageRequest> requests() const {
        const std::lock_guard<std::mutex> lock(mutex_);
        return requests_;
    }

  private:
    const Script script_;
    mutable std::mutex mutex_ = {};
    std::vector<PageRequest> requests_ = {};
};

Page<Execution> page(const std::vector<std::string>& ids, bool hasNextPage, std::int64_t number = 0,
                     std::int64_t limit = 0, std::int64_t total = 0) {
    Page<Execution> result;
    for (const std::string& id : ids) {
        Execution execution;
        execution.id = id;
        result.docs.push_back(execution);
    }
    result.page = number;
    result.limit = limit;
    result.totalDocs = total;
    result.hasNextPage = hasNextPage;
    return result;
}

/// Dates that fall from one run to the next, as a server's would.
Page<Execution> dated(Page<Execution> result, std::int64_t newest) {
    for (Execution& run : result) run.createdAt = Timestamp(std::chrono::milliseconds(newest--));
    return result;
}

ExecutionListing open(const std::shared_ptr<ScriptedServer>& server, const ExecutionQuery& query = {},
                      const ListingOptions& options = {}) {
    return ExecutionListing(internal::makeExecutionCursor(server, query, options, CancelToken()));
}

std::vector<std::string> idsOf(ExecutionListing& listing) {
    std::vector<std::string> ids;
    for (const Execution& run : listing) ids.push_back(run.id);
    return ids;
}

using Ids = std::vector<std::string>;

class ScriptedServerTest : public ::testing::TestWithParam<int> {
  protected:
    ListingOptions options() const {
        ListingOptions options;
        options.prefetch = GetParam();
        return options;
    }
};

INSTANTIATE_TEST_SUITE_P(Prefetch, ScriptedServerTest, ::testing::Values(0, 1));

TEST_P(ScriptedServerTest, CannedPagesInOrder) {
    const auto server = std::make_shared<ScriptedServer>([](const PageRequest&, int call) {
        if (call == 1) return page({"a", "b"}, true, 1, 2, 5);
        if (call == 2) return page({"c", "d"}, true, 2, 2, 5);
        return page({"e"}, false, 3, 2, 5);
    });
    ExecutionListing listing = open(server, {}, options());
    EXPECT_EQ(idsOf(listing), (Ids{"a", "b", "c", "d", "e"}));
    EXPECT_EQ(server->requests().size(), 3U);
    EXPECT_TRUE(listing.report().complete);
    EXPECT_FALSE(listing.report().verified);
    EXPECT_EQ(listing.report().delivered, 5);
    EXPECT_EQ(listing.report().totalDocsAtStart, 5);
    EXPECT_EQ(listing.report().totalDocsAtEnd, 5);
}

TEST_P(ScriptedServerTest, CannedPagesByNumberThatIgnoreTheLimit) {
    for (const bool withDates : {false, true}) {
        const auto server = std::make_shared<ScriptedServer>([withDates](const PageRequest& request, int) {
            Page<Execution> result;
            if (request.page == 1) result = page({"a", "b", "c"}, true, 1, 10, 7);
            if (request.page == 2) result = page({"d", "e", "f"}, true, 2, 10, 7);
            if (request.page == 3) result = page({"g"}, false, 3, 10, 7);
            return withDates ? dated(result, 1000 - request.page * 10) : result;
        });
        ExecutionListing listing = open(server, {}, options());
        EXPECT_EQ(idsOf(listing), (Ids{"a", "b", "c", "d", "e", "f", "g"}));
        ASSERT_EQ(server->requests().size(), 3U);
        for (int i = 0; i < 3; ++i) EXPECT_EQ(server->requests()[static_cast<std::size_t>(i)].page, i + 1);
    }
}

TEST_P(ScriptedServerTest, FullCannedPagesWithDates) {
    const auto server = std::make_shared<ScriptedServer>([](const PageRequest& request, int) {
        if (request.page == 1) return dated(page({"a", "b", "c"}, true, 1, 3, 7), 1000);
        if (request.page == 2) return dated(page({"d", "e", "f"}, true, 2, 3, 7), 900);
        return dated(page({"g"}, false, 3, 3, 7), 800);
    });
    ExecutionQuery query;
    query.limit = 3;
    ExecutionListing listing = open(server, query, options());
    EXPECT_EQ(idsOf(listing), (Ids{"a", "b", "c", "d", "e", "f", "g"}));
    EXPECT_LE(server->requests().size(), 4U);
}

TEST_P(ScriptedServerTest, OnlyDocsAndHasNextPage) {
    const auto server = std::make_shared<ScriptedServer>([](const PageRequest& request, int) {
        if (request.page == 1) return page({"a", "b"}, true);
        if (request.page == 2) return page({"c", "d"}, true);
        return page({"e"}, false);
    });
    ExecutionListing listing = open(server, {}, options());
    EXPECT_EQ(idsOf(listing), (Ids{"a", "b", "c", "d", "e"}));
    EXPECT_EQ(server->requests().size(), 3U);
}

TEST_P(ScriptedServerTest, PagesOfOne) {
    const auto server = std::make_shared<ScriptedServer>([](const PageRequest& request, int) {
        return page({std::string(1, static_cast<char>('a' + request.page - 1))}, request.page < 4, request.page, 1, 4);
    });
    ExecutionQuery query;
    query.limit = 1;
    ExecutionListing listing = open(server, query, options());
    EXPECT_EQ(idsOf(listing), (Ids{"a", "b", "c", "d"}));
    EXPECT_LE(server->requests().size(), 5U);
}

TEST_P(ScriptedServerTest, PagesOfOneInOrderOfTheCalls) {
    const auto server = std::make_shared<ScriptedServer>([](const PageRequest&, int call) {
        return page({std::string(1, static_cast<char>('a' + call - 1))}, call < 4, call, 1, 4);
    });
    ExecutionListing listing = open(server, {}, options());
    EXPECT_EQ(idsOf(listing), (Ids{"a", "b", "c", "d"}));
}

TEST_P(ScriptedServerTest, LargePagesInOrderOfTheCallsLoseNothing) {
    const auto server = std::make_shared<ScriptedServer>([](const PageRequest&, int call) {
        Ids ids;
        for (int i = 0; i < 6; ++i) ids.push_back("run_" + std::to_string(call * 10 + i));
        return dated(page(ids, call < 5, call, 6, 30), 10000 - call * 10);
    });
    ExecutionListing listing = open(server, {}, options());
    EXPECT_EQ(idsOf(listing).size(), 30U);
    EXPECT_EQ(server->requests().size(), 5U);
}

TEST_P(ScriptedServerTest, EmptyPageInTheMiddleIsPassed) {
    const auto server = std::make_shared<ScriptedServer>([](const PageRequest& request, int) {
        if (request.page == 1) return page({"a", "b"}, true, 1, 2, 4);
        if (request.page == 2) return page({}, true, 2, 2, 4);
        return page({"c", "d"}, false, 3, 2, 4);
    });
    ExecutionListing listing = open(server, {}, options());
    EXPECT_EQ(idsOf(listing), (Ids{"a", "b", "c", "d"}));
    EXPECT_LE(server->requests().size(), 4U);
}

TEST_P(ScriptedServerTest, EmptyFirstPageIsPassed) {
    const auto server = std::make_shared<ScriptedServer>([](const PageRequest& request, int) {
        return request.page == 1 ? page({}, true, 1, 2) : page({"a"}, false, 2, 2);
    });
    ExecutionListing listing = open(server, {}, options());
    EXPECT_EQ(idsOf(listing), (Ids{"a"}));
}

TEST_P(ScriptedServerTest, EmptyHistory) {
    const auto server =
        std::make_shared<ScriptedServer>([](const PageRequest&, int) { return page({}, false, 1, 10); });
    ExecutionListing listing = open(server, {}, options());
    EXPECT_EQ(idsOf(listing), Ids{});
    EXPECT_EQ(server->requests().size(), 1U);
    EXPECT_TRUE(listing.report().complete);
    EXPECT_TRUE(listing.report().verified);
}

TEST_P(ScriptedServerTest, OnePageIsOneRequest) {
    const auto server = std::make_shared<ScriptedServer>([](const PageRequest&, int) {
        return page({"a", "b"}, false, 1, 10, 2);
    });
    ExecutionListing listing = open(server, {}, options());
    EXPECT_EQ(idsOf(listing), (Ids{"a", "b"}));
    ASSERT_EQ(server->requests().size(), 1U);
    EXPECT_EQ(server->requests().front().limit, 100);
    EXPECT_TRUE(listing.report().verified);
}

TEST_P(ScriptedServerTest, RepeatedLastItemIsLeftOut) {
    const auto server = std::make_shared<ScriptedServer>([](const PageRequest& request, int) {
        if (request.page == 1) return page({"a", "b"}, true, 1, 2, 4);
        if (request.page == 2) return page({"b", "c"}, true, 2, 2, 5);
        return page({"d"}, false, 3, 2, 5);
    });
    ExecutionListing listing = open(server, {}, options());
    EXPECT_EQ(idsOf(listing), (Ids{"a", "b", "c", "d"}));
    EXPECT_EQ(listing.report().duplicatesDropped, 1);
}

TEST_P(ScriptedServerTest, ItemsWithoutIdAreToldApartByTheirText) {
    const auto server = std::make_shared<ScriptedServer>([](const PageRequest&, int) {
        Page<Execution> result = page({"", "", ""}, false, 1, 10, 3);
        result.docs[0].rawJson = "{\"name\":\"one\"}";
        result.docs[1].rawJson = "{\"name\":\"two\"}";
        result.docs[2].rawJson = "{\"name\":\"two\"}";
        return result;
    });
    ExecutionListing listing = open(server, {}, options());
    EXPECT_EQ(idsOf(listing).size(), 2U);
}

TEST_P(ScriptedServerTest, ServerThatIgnoresPageIsAnError) {
    for (const bool withDates : {false, true}) {
        for (const std::size_t size : {1U, 2U, 10U}) {
            const auto server = std::make_shared<ScriptedServer>([=](const PageRequest& request, int) {
                Ids ids;
                for (std::size_t i = 0; i < size; ++i) ids.push_back("run_" + std::to_string(i));
                Page<Execution> result = page(ids, true, request.page, static_cast<std::int64_t>(size), 50);
                return withDates ? dated(result, 1000) : result;
            });
            ExecutionListing listing = open(server, {}, options());
            try {
                idsOf(listing);
                ADD_FAILURE() << "no error";
            } catch (const ResponseError& error) {
                EXPECT_NE(std::string(error.what()).find("the same page"), std::string::npos) << error.what();
            }
            EXPECT_LE(server->requests().size(), 8U);
        }
    }
}

TEST_P(ScriptedServerTest, ServerThatHonoursOnlyTheLimitIsAnError) {
    const auto server = std::make_shared<ScriptedServer>([](const PageRequest& request, int) {
        Ids ids;
        for (std::int64_t i = 0; i < request.limit; ++i) ids.push_back("run_" + std::to_string(i));
        return dated(page(ids, true, request.page, request.limit, 500), 1000);
    });
    ExecutionListing listing = open(server, {}, options());
    EXPECT_THROW(idsOf(listing), ResponseError);
    EXPECT_LE(server->requests().size(), 16U);
}

TEST_P(ScriptedServerTest, ServerThatRepeatsALaterPageIsAnError) {
    const auto server = std::make_shared<ScriptedServer>([](const PageRequest& request, int) {
        if (request.page == 1) return page({"a", "b"}, true, 1, 2, 50);
        return page({"c", "d"}, true, request.page, 2, 50);
    });
    ExecutionListing listing = open(server, {}, options());
    EXPECT_THROW(idsOf(listing), ResponseError);
    EXPECT_LE(server->requests().size(), 6U);
}

TEST_P(ScriptedServerTest, ServerThatRepeatsPagesInACycleIsAnError) {
    const auto server = std::make_shared<ScriptedServer>([](const PageRequest& request, int) {
        return page({"run_" + std::to_string(request.page % 3), "other_" + std::to_string(request.page % 3)}, true,
                    request.page, 2, 1000);
    });
    ExecutionListing listing = open(server, {}, options());
    EXPECT_THROW(idsOf(listing), ResponseError);
    EXPECT_LE(server->requests().size(), 20U);
}

TEST_P(ScriptedServerTest, EmptyPagesForEverAreAnError) {
    for (const std::int64_t total : {0, 5000}) {
        const auto server = std::make_shared<ScriptedServer>([total](const PageRequest& request, int) {
            return request.page == 1 ? page({"a", "b"}, true, 1, 2, total) : page({}, true, request.page, 2, total);
        });
        ExecutionListing listing = open(server, {}, options());
        try {
            idsOf(listing);
            ADD_FAILURE() << "no error";
        } catch (const ResponseError& error) {
            EXPECT_NE(std::string(error.what()).find("empty pages"), std::string::npos) << error.what();
        }
        EXPECT_LE(server->requests().size(), 12U);
    }
}

TEST_P(ScriptedServerTest, FailureInTheMiddleGoesOn) {
    const auto server = std::make_shared<ScriptedServer>([](const PageRequest& request, int call) {
        if (call == 2 || call == 3) throw TransportError(TransportError::Kind::reset, "lost");
        if (request.page == 1) return page({"a", "b"}, true, 1, 2, 4);
        return page({"c", "d"}, false, 2, 2, 4);
    });
    ExecutionListing listing = open(server, {}, options());
    auto it = listing.begin();
    EXPECT_EQ(it->id, "a");
    ++it;
    EXPECT_EQ(it->id, "b");
    EXPECT_THROW(++it, TransportError);
    EXPECT_EQ(it->id, "b");
    EXPECT_THROW(++it, TransportError);
    ++it;
    EXPECT_EQ(it->id, "c");
    ++it;
    EXPECT_EQ(it->id, "d");
    ++it;
    EXPECT_EQ(it, listing.end());
    EXPECT_EQ(server->requests().size(), 4U);
}

TEST_P(ScriptedServerTest, FailureAtTheBeginningGoesOn) {
    const auto server = std::make_shared<ScriptedServer>([](const PageRequest&, int call) {
        if (call == 1) throw TransportError(TransportError::Kind::reset, "lost");
        return page({"a"}, false, 1, 2, 1);
    });
    ExecutionListing listing = open(server, {}, options());
    EXPECT_THROW(listing.begin(), TransportError);
    EXPECT_EQ(listing.begin()->id, "a");
}

TEST_P(ScriptedServerTest, MaxItemsEndsIt) {
    const auto server = std::make_shared<ScriptedServer>([](const PageRequest& request, int) {
        if (request.page == 1) return page({"a", "b"}, true, 1, 2, 6);
        if (request.page == 2) return page({"c", "d"}, true, 2, 2, 6);
        return page({"e", "f"}, false, 3, 2, 6);
    });
    ListingOptions three = options();
    three.maxItems = 3;
    ExecutionListing listing = open(server, {}, three);
    EXPECT_EQ(idsOf(listing), (Ids{"a", "b", "c"}));
    EXPECT_FALSE(listing.report().complete);
    EXPECT_LE(server->requests().size(), 2U);

    three.maxItems = 0;
    ExecutionListing none = open(server, {}, three);
    const std::size_t before = server->requests().size();
    EXPECT_EQ(idsOf(none), Ids{});
    EXPECT_EQ(server->requests().size(), before);
}

TEST_P(ScriptedServerTest, BeginAgainKeepsItsPosition) {
    const auto server = std::make_shared<ScriptedServer>([](const PageRequest&, int) {
        return page({"a", "b"}, false, 1, 10, 2);
    });
    ExecutionListing listing = open(server, {}, options());
    auto it = listing.begin();
    ++it;
    EXPECT_EQ(listing.begin()->id, "b");
    EXPECT_EQ(listing.report().delivered, 2);
}

TEST(ScriptedServer, StartsAtTheQueriesPage) {
    const auto server = std::make_shared<ScriptedServer>([](const PageRequest& request, int) {
        return page({"run_" + std::to_string(request.page)}, request.page < 5, request.page, 10, 41);
    });
    ExecutionQuery query;
    query.page = 3;
    ExecutionListing listing = open(server, query);
    EXPECT_EQ(idsOf(listing), (Ids{"run_3", "run_4", "run_5"}));
}

TEST(ScriptedServer, OneThatIgnoresThePageIsNotTakenToHaveEnded) {
    for (const bool hasDates : {false, true}) {
        for (const std::int64_t total : {101, 250, 350}) {
            const auto server = std::make_shared<ScriptedServer>([&](const PageRequest& request, int) {
                Ids ids;
                for (std::int64_t i = 0; i < std::min(request.limit, total); ++i)
                    ids.push_back("run_" + std::to_string(i));
                Page<Execution> first =
                    page(ids, request.page * request.limit < total, request.page, request.limit, total);
                return hasDates ? dated(std::move(first), 1'900'000'000'123) : first;
            });
            ExecutionListing listing = open(server);
            // The first page grows with its limit until it holds everything, or the listing ends in an error.
            std::size_t read = 0;
            try {
                for (auto it = listing.begin(); it != listing.end(); ++it) ++read;
                EXPECT_EQ(read, static_cast<std::size_t>(total)) << (hasDates ? "with dates" : "");
            } catch (const ResponseError&) {
                EXPECT_LT(read, static_cast<std::size_t>(total));
            }
            EXPECT_LE(server->requests().size(), 16U);
        }
    }
}

TEST(ScriptedServer, RefusedLimitFallsBackToTheUsers) {
    std::vector<Ids> all;
    const auto server = std::make_shared<ScriptedServer>([](const PageRequest& request, int) -> Page<Execution> {
        if (request.limit > 4) {
            ApiErrorDetails details;
            details.status = 400;
            throw ApiError("limit must be at most 4", details);
        }
        Ids ids;
        const std::int64_t from = (request.page - 1) * request.limit;
        for (std::int64_t i = from; i < std::min<std::int64_t>(30, from + request.limit); ++i) {
            ids.push_back("run_" + std::to_string(i));
        }
        return page(ids, from + request.limit < 30, request.page, request.limit, 30);
    });
    ExecutionQuery query;
    query.limit = 4;
    ExecutionListing listing = open(server, query);
    EXPECT_EQ(idsOf(listing).size(), 30U);
}

TEST(ScriptedServer, RefusedUsualLimitFallsBackToSmallerOnes) {
    for (const std::int64_t most : {99, 50, 25, 10}) {
        const auto server = std::make_shared<ScriptedServer>([most](const PageRequest& request, int) {
            if (request.limit > most) {
                ApiErrorDetails details;
                details.status = 400;
                details.serverMessage = "limit must not be greater than " + std::to_string(most);
                throw ApiError("the server answered 400", details);
            }
            Ids ids;
            const std::int64_t from = (request.page - 1) * request.limit;
            for (std::int64_t i = from; i < std::min<std::int64_t>(300, from + request.limit); ++i) {
                ids.push_back("run_" + std::to_string(i));
            }
            return page(ids, from + request.limit < 300, request.page, request.limit, 300);
        });
        ExecutionListing listing = open(server);
        EXPECT_EQ(idsOf(listing).size(), 300U) << most;
        EXPECT_TRUE(listing.report().verified) << most;
    }
}

TEST(ScriptedServer, OtherRefusalsEndAtOnce) {
    for (const bool aboutLimit : {false, true}) {
        const auto server = std::make_shared<ScriptedServer>([&](const PageRequest&, int) -> Page<Execution> {
            ApiErrorDetails details;
            details.status = 400;
            details.serverMessage = aboutLimit ? "limit is not allowed" : "slug is not known";
            throw ApiError("the server answered 400", details);
        });
        ExecutionListing listing = open(server);
        EXPECT_THROW(listing.begin(), ApiError);
        EXPECT_EQ(server->requests().size(), aboutLimit ? 7U : 1U);
    }
}

TEST(ScriptedServer, NumbersBeyondCountingDoNotOverflow) {
    constexpr std::int64_t huge = std::numeric_limits<std::int64_t>::max();
    for (const std::int64_t limit : {std::int64_t{0}, huge}) {
        for (const std::int64_t number : {std::int64_t{0}, huge}) {
            const auto server = std::make_shared<ScriptedServer>([=](const PageRequest& request, int) {
                Ids ids;
                for (int i = 0; i < 10; ++i) ids.push_back("run_" + std::to_string(request.page * 10 + i));
                return page(ids, request.page < 5, number, limit, huge);
            });
            ExecutionListing listing = open(server);
            try {
                idsOf(listing);
            } catch (const ResponseError&) {
                // Such numbers contradict each other; saying so is as good.
            }
            EXPECT_LE(server->requests().size(), 60U);
        }
    }
    const auto server = std::make_shared<ScriptedServer>([](const PageRequest&, int) { return page({}, false); });
    ExecutionQuery query;
    query.page = huge;
    EXPECT_THROW(open(server, query), InvalidArgument);
    query.page = 1;
    query.limit = huge;
    EXPECT_THROW(open(server, query), InvalidArgument);
}

TEST(ScriptedServer, TheFurthestDatesDoNotOverflow) {
    for (const bool ascending : {false, true}) {
        const auto server =
            std::make_shared<ScriptedServer>([](const PageRequest&, int) { return dated(page({"a"}, false), 1000); });
        ExecutionQuery query;
        query.sortAsc = ascending;
        query.startDate = Timestamp::min();
        query.endDate = Timestamp::max();
        ExecutionListing listing = open(server, query);
        EXPECT_EQ(idsOf(listing).size(), 1U);
    }
}

TEST(ScriptedServer, PagesThatAlwaysLackTheThirdArePassed) {
    for (const std::int64_t most : {10, 100}) {
        for (const bool namesTotal : {true, false}) {
            for (const int prefetch : {0, 1, 8}) {
                const auto server = std::make_shared<ScriptedServer>([=](const PageRequest& request, int) {
                    const std::int64_t size = std::min(request.limit, most);
                    const std::int64_t from = (request.page - 1) * size;
                    const std::int64_t total = 10 * most;
                    Ids ids;
                    for (std::int64_t i = from; i < std::min(total, from + size) && request.page != 3; ++i) {
                        ids.push_back("run_" + std::to_string(i));
                    }
                    Page<Execution> answer = page(ids, from + size < total, request.page, size, namesTotal ? total : 0);
                    return dated(answer, 10'000'000 - from);
                });
                ListingOptions options;
                options.prefetch = prefetch;
                ExecutionListing listing = open(server, {}, options);
                EXPECT_GE(idsOf(listing).size(), static_cast<std::size_t>(8 * most)) << most << " " << prefetch;
                EXPECT_FALSE(listing.report().verified);
            }
        }
    }
}

TEST(ScriptedServer, OptionsOutOfRangeAreRefused) {
    const auto server = std::make_shared<ScriptedServer>([](const PageRequest&, int) { return page({}, false); });
    for (const int prefetch : {-1, 65}) {
        ListingOptions options;
        options.prefetch = prefetch;
        try {
            open(server, {}, options);
            ADD_FAILURE() << prefetch;
        } catch (const InvalidArgument& error) {
            EXPECT_EQ(error.argument(), "prefetch");
        }
    }
    ListingOptions options;
    options.maxItems = -1;
    EXPECT_THROW(open(server, {}, options), InvalidArgument);
    EXPECT_TRUE(server->requests().empty());
}

TEST(ScriptedServer, CancelEndsTheListing) {
    const auto server = std::make_shared<ScriptedServer>([](const PageRequest& request, int) {
        return page({"a", "b", "c"}, true, request.page, 3, 30);
    });
    const CancelSource source;
    ExecutionListing listing(internal::makeExecutionCursor(server, ExecutionQuery(), ListingOptions(), source.token()));
    auto it = listing.begin();
    source.cancel();
    EXPECT_THROW(++it, Cancelled);
    EXPECT_THROW(++it, Cancelled);
}

TEST(ScriptedServer, LeavingCancelsWhatIsInFlight) {
    class Stalling final : public internal::PageSource {
      public:
        Page<Execution> fetch(const PageRequest& request, const CancelToken& cancel) override {
            if (request.page == 1) return page({"a", "b", "c"}, true, 1, 3, 300);
            while (!cancel.waitFor(std::chrono::milliseconds(5))) {
            }
            throw Cancelled();
        }
    };
    for (const int prefetch : {1, 8}) {
        ListingOptions options;
        options.prefetch = prefetch;
        ExecutionListing listing(
            internal::makeExecutionCursor(std::make_shared<Stalling>(), ExecutionQuery(), options, CancelToken()));
        EXPECT_EQ(listing.begin()->id, "a");
    }
}

}  // namespace
}  // namespace refold::tests
