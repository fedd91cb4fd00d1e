// Tests canned pages, in order or by number, without dates, totals or limits: each listing reads them with one request
// per page.
#include "listing/scripted_server.hpp"

#include <refold/error.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace refold::tests {
namespace {

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

TEST_P(ScriptedServerTest, EmptyPageInTheMiddleIsSkipped) {
    const auto server = std::make_shared<ScriptedServer>([](const PageRequest& request, int) {
        if (request.page == 1) return page({"a", "b"}, true, 1, 2, 4);
        if (request.page == 2) return page({}, true, 2, 2, 4);
        return page({"c", "d"}, false, 3, 2, 4);
    });
    ExecutionListing listing = open(server, {}, options());
    EXPECT_EQ(idsOf(listing), (Ids{"a", "b", "c", "d"}));
    EXPECT_LE(server->requests().size(), 4U);
}

TEST_P(ScriptedServerTest, EmptyFirstPageIsSkipped) {
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

TEST_P(ScriptedServerTest, RepeatedLastItemIsDropped) {
    const auto server = std::make_shared<ScriptedServer>([](const PageRequest& request, int) {
        if (request.page == 1) return page({"a", "b"}, true, 1, 2, 4);
        if (request.page == 2) return page({"b", "c"}, true, 2, 2, 5);
        return page({"d"}, false, 3, 2, 5);
    });
    ExecutionListing listing = open(server, {}, options());
    EXPECT_EQ(idsOf(listing), (Ids{"a", "b", "c", "d"}));
    EXPECT_EQ(listing.report().duplicatesDropped, 1);
}

TEST_P(ScriptedServerTest, ItemsWithoutIdAreDistinguishedByTheirText) {
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

TEST_P(ScriptedServerTest, ResumesAfterAFailureInTheMiddle) {
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

TEST_P(ScriptedServerTest, ResumesAfterAFailureAtTheBeginning) {
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

TEST(ScriptedServer, StartsAtTheQuerysPage) {
    const auto server = std::make_shared<ScriptedServer>([](const PageRequest& request, int) {
        return page({"run_" + std::to_string(request.page)}, request.page < 5, request.page, 10, 41);
    });
    ExecutionQuery query;
    query.page = 3;
    ExecutionListing listing = open(server, query);
    EXPECT_EQ(idsOf(listing), (Ids{"run_3", "run_4", "run_5"}));
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

TEST(ScriptedServer, DestructionCancelsRequestsInFlight) {
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
