// Tests that a checkpoint made at any item of a page, of any size, neither repeats nor loses items.
#include "listing/scripted_server.hpp"

#include <refold/timestamp.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace refold::tests {
namespace {

/// A history that does not change by itself.
class StillHistory final : public internal::PageSource {
  public:
    explicit StillHistory(std::int64_t runs) : end_(runs) {}

    /// Pages have this size, whatever is requested.
    std::int64_t fixedSize = 0;
    /// The query includes only runs below this number.
    std::int64_t included = 1'000'000;

    /// Removes the newest runs.
    void drop(std::int64_t runs) { begin_ += runs; }
    std::int64_t begin() const noexcept { return begin_; }

    Page<Execution> fetch(const PageRequest& request, const CancelToken& cancel) override {
        static_cast<void>(cancel);
        const std::int64_t size = fixedSize > 0 ? fixedSize : request.limit;
        const std::int64_t first = begin_ + (request.page - 1) * size;
        const std::int64_t last = std::min(first + size, end_);
        std::vector<std::string> ids;
        for (std::int64_t i = first; i < last; ++i) ids.push_back(std::to_string(i));
        return dated(page(ids, last < end_, request.page, size, end_ - begin_), 1'000'000'000 - first);
    }
    bool includes(const Execution& run) const override { return std::stoll(run.id) < included; }

  private:
    std::int64_t begin_ = 0;
    std::int64_t end_;
};

ExecutionListing open(const std::shared_ptr<StillHistory>& history, std::int64_t limit,
                      const std::string& checkpoint = {}) {
    ExecutionQuery query;
    if (limit > 0) query.limit = limit;
    ListingOptions options;
    options.resumeFrom = checkpoint;
    return ExecutionListing(internal::makeExecutionCursor(history, query, options, CancelToken()));
}

/// Reads `count` runs, resumes after `dropped` others have vanished, and expects the runs from there on, once.
void expectNothingRepeatedOrLost(const std::shared_ptr<StillHistory>& history, std::int64_t limit, std::int64_t count,
                                 std::int64_t dropped, std::int64_t total) {
    const std::string what = "limit " + std::to_string(limit) + " read " + std::to_string(count);
    std::vector<std::string> ids;
    ExecutionListing listing = open(history, limit);
    auto it = listing.begin();
    for (std::int64_t i = 0; i < count; ++i) {
        ids.push_back(it->id);
        if (i + 1 < count) ++it;
    }
    const std::string checkpoint = listing.checkpoint();
    history->drop(dropped);
    ExecutionListing rest = open(history, limit, checkpoint);
    for (const Execution& run : rest) ids.push_back(run.id);
    EXPECT_TRUE(rest.report().complete) << what;
    ASSERT_EQ(ids.size(), static_cast<std::size_t>(total)) << what;
    for (std::int64_t i = 0; i < total; ++i) ASSERT_EQ(ids[static_cast<std::size_t>(i)], std::to_string(i)) << what;
}

TEST(ResumeInsidePage, OfAPageOfAnySize) {
    for (const std::int64_t limit : {10, 1000, 2000, 4000}) {
        for (const std::int64_t count : {1, 9, 100, 975, 1001, 2010, 3990}) {
            for (const std::int64_t dropped : {0, 300}) {
                if (dropped >= count) continue;
                expectNothingRepeatedOrLost(std::make_shared<StillHistory>(5000), limit, count, dropped, 5000);
                if (HasFailure()) return;
            }
        }
    }
}

TEST(ResumeInsidePage, OfAServerThatIgnoresTheLimit) {
    for (const std::int64_t size : {500, 2000}) {
        for (const std::int64_t count : {1, 100, 450, 1999, 2000, 2001}) {
            const auto history = std::make_shared<StillHistory>(6000);
            history->fixedSize = size;
            expectNothingRepeatedOrLost(history, 0, count, 0, 6000);
            if (HasFailure()) return;
        }
    }
}

/// The server sends whole days, for example, and the query asks for a part of one.
TEST(ResumeInsidePage, WithRunsThatTheQueryExcludes) {
    for (const std::int64_t count : {1, 10, 49, 50}) {
        const auto history = std::make_shared<StillHistory>(100);
        history->included = 50;
        expectNothingRepeatedOrLost(history, 0, count, 0, 50);
        if (HasFailure()) return;
    }
}

}  // namespace
}  // namespace refold::tests
