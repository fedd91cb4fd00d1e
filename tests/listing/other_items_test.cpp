// Tests the page cursor with items other than executions: numbered, without dates. Only the traits differ.
#include "listing/page_cursor.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <set>
#include <vector>

namespace refold::tests {
namespace {

struct Numbered {
    std::int64_t number = 0;
};

struct NumberedTraits {
    static std::uint64_t key(const Numbered& item) noexcept { return static_cast<std::uint64_t>(item.number) + 1; }
    static std::int64_t bytes(const Numbered&) noexcept { return 0; }
    static std::optional<Timestamp> date(const Numbered&) noexcept { return std::nullopt; }
};

/// Serves numbers in ascending order; some are removed between requests.
class Numbers final : public internal::BasicPageSource<Numbered> {
  public:
    Numbers(std::int64_t count, std::uint32_t seed, int vanish) : random_(seed), vanish_(vanish) {
        for (std::int64_t i = 0; i < count; ++i) numbers_.push_back(i);
    }

    Page<Numbered> fetch(const internal::PageRequest& request, const CancelToken&) override {
        const std::lock_guard<std::mutex> lock(mutex_);
        Page<Numbered> page;
        const auto total = static_cast<std::int64_t>(numbers_.size());
        const std::int64_t first = std::min(total, (request.page - 1) * request.limit);
        const std::int64_t last = std::min(total, first + request.limit);
        for (std::int64_t i = first; i < last; ++i) page.docs.push_back({numbers_[static_cast<std::size_t>(i)]});
        page.totalDocs = total;
        page.limit = request.limit;
        page.page = request.page;
        page.hasNextPage = last < total;
        for (int i = 0; i < vanish_ && !numbers_.empty(); ++i) {
            numbers_.erase(numbers_.begin() + static_cast<std::ptrdiff_t>(random_() % numbers_.size()));
        }
        return page;
    }

    std::vector<std::int64_t> left() const {
        const std::lock_guard<std::mutex> lock(mutex_);
        return numbers_;
    }

  private:
    mutable std::mutex mutex_ = {};
    std::mt19937 random_;
    const int vanish_;
    std::vector<std::int64_t> numbers_ = {};
};

TEST(OtherItems, AreListedByTheSameWalk) {
    for (std::uint32_t seed = 1; seed <= 40; ++seed) {
        const auto numbers = std::make_shared<Numbers>(300, seed, static_cast<int>(seed % 3));
        ListingOptions options;
        options.prefetch = static_cast<int>(seed % 4);
        internal::ListingSetup setup;
        setup.limit = 10;
        internal::PageCursor<Numbered, NumberedTraits> machine(numbers, setup, options, CancelToken());
        std::vector<std::int64_t> delivered;
        for (machine.start(); !machine.atEnd(); machine.advance()) delivered.push_back(machine.current().number);
        EXPECT_TRUE(std::is_sorted(delivered.begin(), delivered.end()));
        const std::set<std::int64_t> unique(delivered.begin(), delivered.end());
        EXPECT_EQ(unique.size(), delivered.size());
        for (const std::int64_t number : numbers->left()) EXPECT_EQ(unique.count(number), 1U) << number;
        EXPECT_TRUE(machine.report().verified);
        EXPECT_TRUE(machine.report().complete);
    }
}

}  // namespace
}  // namespace refold::tests
