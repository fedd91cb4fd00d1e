// Counts runs over time in bounded memory: buckets are a minute wide at first, and are merged into wider ones when
// there are too many. Filled by the summary of `history`, drawn by its charts.
#ifndef REFOLD_EXECUTIONS_TIME_BUCKETS_HPP
#define REFOLD_EXECUTIONS_TIME_BUCKETS_HPP

#include "run_outcome.hpp"

#include <refold/timestamp.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace cli {

/// Minutes, hours, days, weeks: each width is a multiple of the one before. Weeks begin on Monday, days at midnight
/// UTC.
inline constexpr std::chrono::seconds narrowestBucket{60};
std::chrono::seconds nextWiderBucket(std::chrono::seconds width) noexcept;

/// `15 minutes`, `1 hour`, `1 day`, `4 weeks`
std::string bucketWidthText(std::chrono::seconds width);

/// True if a bucket of that width begins at `time`.
bool beginsBucket(refold::Timestamp time, std::chrono::seconds width) noexcept;

struct Bucket {
    refold::Timestamp start = {};
    OutcomeCounts counts = {};
};

/// Buckets without a gap, empty ones included.
struct BucketSeries {
    std::chrono::seconds width{0};
    std::vector<Bucket> buckets = {};

    /// The runs of the fullest bucket.
    std::int64_t highest() const noexcept;
};

class TimeBuckets {
  public:
    /// \param ended  whether the run has ended, for the run to say
    void add(refold::Timestamp time, const refold::ExecutionStatus& status, bool ended);
    void add(refold::Timestamp time, const refold::ExecutionStatus& status) { add(time, status, status.isTerminal()); }

    /// The buckets from `from` to `to`, and on to whatever was counted before or behind, at the narrowest width at
    /// which they are at most `maxBuckets` (and not fewer than 2).
    /// \param from  unset: the first run
    BucketSeries series(std::optional<refold::Timestamp> from, refold::Timestamp to, std::size_t maxBuckets) const;

    /// The times of the first and the last counted run.
    std::optional<refold::Timestamp> first() const noexcept { return first_; }
    std::optional<refold::Timestamp> last() const noexcept { return last_; }
    /// The number of buckets kept.
    std::size_t size() const noexcept { return buckets_.size(); }

  private:
    void widen();

    std::chrono::seconds width_ = narrowestBucket;
    /// By number, counted from the first Monday of 1970.
    std::map<std::int64_t, OutcomeCounts> buckets_;
    std::optional<refold::Timestamp> first_;
    std::optional<refold::Timestamp> last_;
};

/// A place on a chart's axis of time with its label.
struct TimeTick {
    std::size_t bucket = 0;
    std::string label = {};
};

/// Returns at most `maxTicks` labels at round times.
std::vector<TimeTick> timeTicks(const BucketSeries& series, std::size_t maxTicks);

}  // namespace cli

#endif
