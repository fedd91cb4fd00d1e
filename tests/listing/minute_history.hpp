// A long history that does not change: one run a minute, computed on request instead of stored. Used by the tests of a
// listing's requests and memory.
#ifndef REFOLD_TESTS_LISTING_MINUTE_HISTORY_HPP
#define REFOLD_TESTS_LISTING_MINUTE_HISTORY_HPP

#include "listing/page_source.hpp"

#include <refold/error.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>

namespace refold::tests {

/// Maximum page size, and the response to a larger limit.
struct LargestPage {
    std::int64_t size = 1'000'000;
    bool refuses = false;
    bool namesLimit = true;
};

class MinuteHistory final : public internal::PageSource {
  public:
    MinuteHistory(std::int64_t runs, bool ascending, const LargestPage& largest = {})
        : runs_(runs), ascending_(ascending), largest_(largest) {}

    Page<Execution> fetch(const internal::PageRequest& asked, const CancelToken&) override {
        ++requests;
        internal::PageRequest request = asked;
        if (request.limit > largest_.size) {
            ++tooLarge;
            if (largest_.refuses) {
                ApiErrorDetails details;
                details.status = 400;
                throw ApiError("limit is too large", details);
            }
            request.limit = largest_.size;
        }
        constexpr std::int64_t minute = 60'000;
        constexpr std::int64_t start = 1'700'000'000'123;
        Page<Execution> page;
        page.totalDocs = runs_;
        if (largest_.namesLimit) page.limit = request.limit;
        page.page = request.page;
        const std::int64_t first = (request.page - 1) * request.limit;
        if (first > 0 && first >= page.totalDocs) ++pastTheEnd;
        for (std::int64_t i = first; i < std::min(page.totalDocs, first + request.limit); ++i) {
            const std::int64_t number = ascending_ ? i : runs_ - 1 - i;
            Execution run;
            run.id = std::to_string(number);
            run.createdAt = Timestamp(std::chrono::milliseconds(start + number * minute));
            page.docs.push_back(run);
        }
        page.hasNextPage = first + request.limit < page.totalDocs;
        return page;
    }

    std::atomic<int> requests{0};
    std::atomic<int> pastTheEnd{0};
    /// Number of requests above the maximum page size.
    std::atomic<int> tooLarge{0};

  private:
    const std::int64_t runs_;
    const bool ascending_;
    const LargestPage largest_;
};

}  // namespace refold::tests

#endif
