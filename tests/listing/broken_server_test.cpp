// Tests servers that repeat pages, ignore parameters, refuse a limit or send huge numbers: each listing reads to the
// end, or ends in an error that names the reason.
#include "listing/scripted_server.hpp"

#include <refold/error.hpp>

#include <gtest/gtest.h>

#include <limits>
#include <memory>
#include <string>
#include <vector>

namespace refold::tests {
namespace {

class BrokenServerTest : public ::testing::TestWithParam<int> {
  protected:
    ListingOptions options() const {
        ListingOptions options;
        options.prefetch = GetParam();
        return options;
    }
};

INSTANTIATE_TEST_SUITE_P(Prefetch, BrokenServerTest, ::testing::Values(0, 1));

TEST_P(BrokenServerTest, ServerThatIgnoresPageIsAnError) {
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

TEST_P(BrokenServerTest, ServerThatHonoursOnlyTheLimitIsAnError) {
    const auto server = std::make_shared<ScriptedServer>([](const PageRequest& request, int) {
        Ids ids;
        for (std::int64_t i = 0; i < request.limit; ++i) ids.push_back("run_" + std::to_string(i));
        return dated(page(ids, true, request.page, request.limit, 500), 1000);
    });
    ExecutionListing listing = open(server, {}, options());
    EXPECT_THROW(idsOf(listing), ResponseError);
    EXPECT_LE(server->requests().size(), 16U);
}

TEST_P(BrokenServerTest, ServerThatRepeatsALaterPageIsAnError) {
    const auto server = std::make_shared<ScriptedServer>([](const PageRequest& request, int) {
        if (request.page == 1) return page({"a", "b"}, true, 1, 2, 50);
        return page({"c", "d"}, true, request.page, 2, 50);
    });
    ExecutionListing listing = open(server, {}, options());
    EXPECT_THROW(idsOf(listing), ResponseError);
    EXPECT_LE(server->requests().size(), 6U);
}

TEST_P(BrokenServerTest, ServerThatRepeatsPagesInACycleIsAnError) {
    const auto server = std::make_shared<ScriptedServer>([](const PageRequest& request, int) {
        return page({"run_" + std::to_string(request.page % 3), "other_" + std::to_string(request.page % 3)}, true,
                    request.page, 2, 1000);
    });
    ExecutionListing listing = open(server, {}, options());
    EXPECT_THROW(idsOf(listing), ResponseError);
    EXPECT_LE(server->requests().size(), 20U);
}

TEST_P(BrokenServerTest, EndlessEmptyPagesAreAnError) {
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

TEST(BrokenServer, IgnoredPageNumberIsNotTakenForTheEnd) {
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
            // Either the limit grows until the first page holds every run, or the listing ends in an error.
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

TEST(BrokenServer, RefusedLimitFallsBackToTheQuerys) {
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

TEST(BrokenServer, RefusedDefaultLimitFallsBackToSmallerOnes) {
    for (const std::int64_t maxLimit : {99, 50, 25, 10}) {
        const auto server = std::make_shared<ScriptedServer>([maxLimit](const PageRequest& request, int) {
            if (request.limit > maxLimit) {
                ApiErrorDetails details;
                details.status = 400;
                details.serverMessage = "limit must not be greater than " + std::to_string(maxLimit);
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
        EXPECT_EQ(idsOf(listing).size(), 300U) << maxLimit;
        EXPECT_TRUE(listing.report().verified) << maxLimit;
    }
}

TEST(BrokenServer, OtherRefusalsEndAtOnce) {
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

TEST(BrokenServer, HugeNumbersDoNotOverflow) {
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
                // These numbers contradict each other, so an error is acceptable.
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

TEST(BrokenServer, ExtremeDatesDoNotOverflow) {
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

TEST(BrokenServer, AnEmptyThirdPageIsSkipped) {
    for (const std::int64_t maxLimit : {10, 100}) {
        for (const bool namesTotal : {true, false}) {
            for (const int prefetch : {0, 1, 8}) {
                const auto server = std::make_shared<ScriptedServer>([=](const PageRequest& request, int) {
                    const std::int64_t size = std::min(request.limit, maxLimit);
                    const std::int64_t from = (request.page - 1) * size;
                    const std::int64_t total = 10 * maxLimit;
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
                EXPECT_GE(idsOf(listing).size(), static_cast<std::size_t>(8 * maxLimit)) << maxLimit << " " << prefetch;
                EXPECT_FALSE(listing.report().verified);
            }
        }
    }
}

}  // namespace
}  // namespace refold::tests
