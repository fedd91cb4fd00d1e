// A long history that does not move, worked out and not held: one run a minute. For tests of how much is asked and how much
// memory a listing takes.
#ifndef REFOLD_TESTS_LISTING_MINUTE_HISTORY_HPP
#define REFOLD_TESTS_LISTING_MINUTE_HISTORY_HPP

#include "listing/page_source.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>

namespace refold::tests {

class MinuteHistory final : public internal::PageSource {
  public:
    MinuteHistory(std::int64_t runs, bool ascending) : runs_(runs), ascending_(ascending) {}

    Page<Execution> fetch(const internal::PageRequest& request, const CancelToken&) override {
        ++requests;
        constexpr std::int64_t minute = 60'000;
        constexpr std::int64_t start = 1'700'000'000'123;
        // Numbers from, to: those within the dates.
        std::int64_t from = 0;
        std::int64_t to = runs_;
        if (request.startDate) from = (request.startDate->time_since_epoch().count() - start + minute - 1) / minute;
        if (request.endDate) to = (request.endDate->time_since_epoch().count() - start) / minute + 1;
        Page<Execution> page;
        page.totalDocs = to - from;
        page.limit = request.limit;
        page.page = request.page;
        const std::int64_t first = (request.page - 1) * request.limit;
        if (first > 0 && first >= page.totalDocs) ++pastTheEnd;
        for (std::int64_t i = first; i < std::min(page.totalDocs, first + request.limit); ++i) {
            const std::int64_t number = ascending_ ? from + i : to - 1 - i;
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

  private:
    const std::int64_t runs_;
    const bool ascending_;
};

}  // namespace refold::tests

#endif
