// Tests that a million runs take little more memory than ten thousand: a listing keeps a window of pages and about ten
// bytes a run. A separate program, because it measures its own resident size.
#include "listing/execution_cursor.hpp"
#include "listing/minute_history.hpp"

#include <gtest/gtest.h>

#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <memory>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define REFOLD_TESTS_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define REFOLD_TESTS_SANITIZED 1
#endif
#endif

namespace refold::tests {
namespace {

std::int64_t residentBytes() {
    std::ifstream statm("/proc/self/statm");
    std::int64_t size = 0;
    std::int64_t resident = 0;
    statm >> size >> resident;
    return resident * sysconf(_SC_PAGESIZE);
}

struct Peak {
    std::int64_t atTenThousand = 0;
    std::int64_t afterwards = 0;
};

Peak readAll(std::int64_t runs, int prefetch) {
    ListingOptions options;
    options.prefetch = prefetch;
    ExecutionListing listing(internal::makeExecutionCursor(std::make_shared<MinuteHistory>(runs, false),
                                                           ExecutionQuery(), options, CancelToken()));
    Peak peak;
    std::int64_t count = 0;
    for (auto it = listing.begin(); it != listing.end(); ++it) {
        if (++count % 1000 != 0) continue;
        const std::int64_t resident = residentBytes();
        if (count <= 10'000) peak.atTenThousand = std::max(peak.atTenThousand, resident);
        if (count > 10'000) peak.afterwards = std::max(peak.afterwards, resident);
    }
    EXPECT_EQ(count, runs);
    return peak;
}

TEST(Memory, AMillionRunsStayFlat) {
#ifdef __GLIBC__
    // One arena for all threads: with one each, the measurement would depend on which thread frees what.
    mallopt(M_ARENA_MAX, 1);
#endif
    const Peak peak = readAll(1'000'000, 8);
    const double mebibytes = static_cast<double>(peak.afterwards - peak.atTenThousand) / (1024.0 * 1024.0);
    RecordProperty("mebibytes", std::to_string(mebibytes));
#ifdef REFOLD_TESTS_SANITIZED
    GTEST_SKIP() << "the measurement would include the sanitizer's memory";
#else
    EXPECT_LE(mebibytes, 18.0);
#endif
}

}  // namespace
}  // namespace refold::tests
