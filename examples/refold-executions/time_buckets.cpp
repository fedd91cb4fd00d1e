// Merges buckets exactly, since each width is a multiple of the one before.
#include "time_buckets.hpp"

#include "time_text.hpp"

#include <algorithm>

namespace cli {
namespace {

using std::chrono::seconds;

/// More than any chart has columns: a week in steps of five minutes.
constexpr std::size_t maxKeptBuckets = 2048;

constexpr std::int64_t minute = 60;
constexpr std::int64_t hour = 60 * minute;
constexpr std::int64_t day = 24 * hour;
constexpr std::int64_t week = 7 * day;
constexpr std::int64_t widths[] = {minute,   5 * minute, 15 * minute, hour, 3 * hour,
                                   6 * hour, 12 * hour,  day,         week, 4 * week};

/// 1970-01-05, a Monday.
constexpr std::int64_t origin = 4 * day;

std::int64_t secondsOf(refold::Timestamp time) noexcept {
    return std::chrono::floor<seconds>(time).time_since_epoch().count() - origin;
}

std::int64_t floorDivide(std::int64_t value, std::int64_t divisor) noexcept {
    const std::int64_t quotient = value / divisor;
    return value % divisor < 0 ? quotient - 1 : quotient;
}

std::int64_t numberOf(refold::Timestamp time, seconds width) noexcept {
    return floorDivide(secondsOf(time), width.count());
}

refold::Timestamp startOf(std::int64_t number, seconds width) noexcept {
    return refold::Timestamp(seconds(number * width.count() + origin));
}

/// Between a day and a week a label may stand at every second day, though no bucket is as wide.
seconds nextTickStep(seconds step) noexcept {
    return step == seconds(day) ? step * 2 : nextWiderBucket(step);
}

/// At midnight the day says more than 00:00.
std::string labelOf(refold::Timestamp time, seconds step, seconds span) {
    if (span.count() > 300 * day) return dateText(time);
    return step.count() >= day || beginsBucket(time, seconds(day)) ? dayText(time) : clockText(time);
}

}  // namespace

seconds nextWiderBucket(seconds width) noexcept {
    const auto* const wider = std::upper_bound(std::begin(widths), std::end(widths), width.count());
    return wider != std::end(widths) ? seconds(*wider) : width * 2;
}

std::string bucketWidthText(seconds width) {
    struct Unit {
        std::int64_t length;
        const char* name;
    };
    constexpr Unit units[] = {{week, "week"}, {day, "day"}, {hour, "hour"}, {minute, "minute"}};
    for (const Unit& unit : units) {
        if (width.count() % unit.length != 0) continue;
        const std::int64_t count = width.count() / unit.length;
        return std::to_string(count) + " " + unit.name + (count == 1 ? "" : "s");
    }
    return std::to_string(width.count()) + " seconds";
}

bool beginsBucket(refold::Timestamp time, seconds width) noexcept {
    return startOf(numberOf(time, width), width) == time;
}

std::int64_t BucketSeries::highest() const noexcept {
    std::int64_t highest = 0;
    for (const Bucket& bucket : buckets) highest = std::max(highest, bucket.counts.total());
    return highest;
}

void TimeBuckets::add(refold::Timestamp time, const refold::ExecutionStatus& status, bool ended) {
    buckets_[numberOf(time, width_)].add(status, ended);
    if (!first_ || time < *first_) first_ = time;
    if (!last_ || time > *last_) last_ = time;
    while (buckets_.size() > maxKeptBuckets) widen();
}

void TimeBuckets::widen() {
    const seconds wider = nextWiderBucket(width_);
    std::map<std::int64_t, OutcomeCounts> merged;
    for (const auto& [number, counts] : buckets_) merged[numberOf(startOf(number, width_), wider)].add(counts);
    buckets_ = std::move(merged);
    width_ = wider;
}

BucketSeries TimeBuckets::series(std::optional<refold::Timestamp> from, refold::Timestamp to,
                                 std::size_t maxBuckets) const {
    refold::Timestamp begin = from.value_or(first_.value_or(to));
    if (first_) begin = std::min(begin, *first_);
    refold::Timestamp end = std::max(begin, to);
    if (last_) end = std::max(end, *last_);

    // No width brings both sides of the origin into one bucket.
    const auto limit = static_cast<std::int64_t>(std::max<std::size_t>(maxBuckets, 2));
    BucketSeries series;
    series.width = width_;
    while (numberOf(end, series.width) - numberOf(begin, series.width) >= limit) {
        series.width = nextWiderBucket(series.width);
    }
    const std::int64_t firstNumber = numberOf(begin, series.width);
    series.buckets.resize(static_cast<std::size_t>(numberOf(end, series.width) - firstNumber + 1));
    for (std::size_t i = 0; i < series.buckets.size(); ++i) {
        series.buckets[i].start = startOf(firstNumber + static_cast<std::int64_t>(i), series.width);
    }
    for (const auto& [number, counts] : buckets_) {
        const std::int64_t place = numberOf(startOf(number, width_), series.width) - firstNumber;
        // A bucket may begin before the first run in it, but not before the series.
        series.buckets[static_cast<std::size_t>(std::max<std::int64_t>(place, 0))].counts.add(counts);
    }
    return series;
}

std::vector<TimeTick> timeTicks(const BucketSeries& series, std::size_t maxTicks) {
    std::vector<TimeTick> ticks;
    if (series.buckets.empty() || maxTicks == 0) return ticks;
    const seconds span = series.width * static_cast<std::int64_t>(series.buckets.size());
    seconds step = series.width;
    const auto ticksAt = [&] {
        ticks.clear();
        for (std::size_t i = 0; i < series.buckets.size(); ++i) {
            const refold::Timestamp start = series.buckets[i].start;
            if (beginsBucket(start, step)) ticks.push_back({i, labelOf(start, step, span)});
        }
        return ticks.size();
    };
    while (ticksAt() > maxTicks) step = nextTickStep(step);
    // A span without a round time is labelled at its start.
    if (ticks.empty()) ticks.push_back({0, labelOf(series.buckets.front().start, step, span)});
    return ticks;
}

}  // namespace cli
