// Writes one entry per line, so that files can be compared line by line.
#include "history_json.hpp"

#include "comparison.hpp"
#include "errors_report.hpp"
#include "json_text.hpp"

namespace cli {
namespace {

/// So that a reader gets hours for a week, and days for a year.
constexpr std::size_t maxBuckets = 400;

std::string dateOrNull(const std::optional<refold::Timestamp>& time) {
    return time ? quoteJson(refold::formatTimestamp(*time)) : "null";
}

/// The fields of a count, without braces.
std::string countFields(const OutcomeCounts& counts) {
    std::string text = "\"runs\":" + std::to_string(counts.total()) + ",\"ended\":" + std::to_string(counts.ended());
    const std::optional<double> rate = counts.failureRate();
    text += ",\"failureRate\":" + (rate ? jsonNumber(*rate) : std::string("null"));
    for (const RunOutcome outcome : runOutcomes) {
        text += "," + quoteJson(nameOf(outcome)) + ":" + std::to_string(counts.of(outcome));
    }
    return text;
}

template <class Items, class Write>
std::string array(const Items& items, Write write) {
    std::string text = "[";
    bool first = true;
    for (const auto& item : items) {
        text += (first ? "\n    " : ",\n    ") + write(item);
        first = false;
    }
    return text + (first ? "]" : "\n  ]");
}

std::string writeReference(const std::string& id, const std::string& name) {
    return "{\"id\":" + quoteJson(id) + ",\"name\":" + quoteJson(name) + "}";
}

std::string durationFields(const Durations& durations) {
    const auto seconds = [&durations](double share) {
        const auto duration = durations.quantile(share);
        return duration ? jsonNumber(static_cast<double>(duration->count()) / 1000) : std::string("null");
    };
    return "\"durations\":{\"runs\":" + std::to_string(durations.count()) + ",\"median\":" + seconds(0.5) +
           ",\"p95\":" + seconds(0.95) + ",\"slowest\":" + seconds(1) + "}";
}

std::string writeGroups(const RunGroups& groups) {
    return array(groups.worstFirst(), [](const RunGroup* group) {
        return "{\"id\":" + quoteJson(group->id) + ",\"name\":" + quoteJson(group->name) + "," +
               countFields(group->counts) + "," + durationFields(group->durations) +
               ",\"latest\":" + dateOrNull(group->latest) + "}";
    });
}

std::string writeComparison(const History& history) {
    if (!history.previous) return "null";
    const Comparison comparison =
        compare(history.previous->summary.totals(), history.summary.totals(), history.measure());
    return "{\"measure\":" + quoteJson(nameOf(comparison.measure)) +
           ",\"trend\":" + quoteJson(nameOf(comparison.trend)) +
           ",\"failureRatePoints\":" + (comparison.points ? jsonNumber(*comparison.points) : std::string("null")) +
           ",\"runs\":" + (history.hasRates() ? std::string("null") : std::to_string(comparison.runs)) +
           ",\"mayBeChance\":" + (comparison.mayBeChance ? "true" : "false") + "}";
}

std::string writePrevious(const History& previous) {
    const HistorySummary& summary = previous.summary;
    return "{\"from\":" + dateOrNull(previous.from) + ",\"to\":" + dateOrNull(previous.to) +
           ",\"verified\":" + (previous.verified ? "true" : "false") +
           ",\"beyondRetention\":" + (reachesBeyondRetention(previous) ? "true" : "false") + ",\"totals\":{" +
           countFields(summary.totals()) + "," + durationFields(summary.durations()) +
           "},\n  \"workflows\":" + writeGroups(summary.workflows()) +
           ",\n  \"applications\":" + writeGroups(summary.applications()) +
           ",\n  \"accounts\":" + writeGroups(summary.accounts()) +
           ",\n  \"environments\":" + writeGroups(summary.environments()) + "}";
}

}  // namespace

std::string writeHistoryJson(const History& history) {
    const HistorySummary& summary = history.summary;
    std::string text = "{\n  \"schema\":\"refold-history/1\",\n";
    text += "  \"readAt\":" + dateOrNull(history.readAt) + ",\n";
    text += "  \"from\":" + dateOrNull(history.from) + ",\n  \"to\":" + dateOrNull(history.to) + ",\n";
    text += "  \"firstRunAt\":" + dateOrNull(summary.buckets().first()) + ",\n";
    text += "  \"lastRunAt\":" + dateOrNull(summary.buckets().last()) + ",\n";
    text += std::string("  \"verified\":") + (history.verified ? "true" : "false") + ",\n";
    text += "  \"filters\":" +
            array(history.filters,
                  [](const AppliedFilter& filter) {
                      return "{\"name\":" + quoteJson(filter.name) + ",\"value\":" + quoteJson(filter.value) + "}";
                  }) +
            ",\n";
    text += "  \"totals\":{" + countFields(summary.totals()) + "," + durationFields(summary.durations()) +
            ",\"undated\":" + std::to_string(summary.undated()) + "},\n";
    std::vector<StatusCount> statuses;
    for (const RunOutcome outcome : runOutcomes) {
        for (const StatusCount& status : summary.statusesOf(outcome)) statuses.push_back(status);
    }
    text += "  \"statuses\":" +
            array(statuses,
                  [](const StatusCount& status) {
                      return "{\"status\":" + quoteJson(status.status.value()) +
                             ",\"outcome\":" + quoteJson(nameOf(runOutcomeOf(status.status))) +
                             ",\"runs\":" + std::to_string(status.runs) + "}";
                  }) +
            ",\n";
    text += "  \"workflows\":" + writeGroups(summary.workflows()) + ",\n";
    text += "  \"applications\":" + writeGroups(summary.applications()) + ",\n";
    text += "  \"accounts\":" + writeGroups(summary.accounts()) + ",\n";
    text += "  \"environments\":" + writeGroups(summary.environments()) + ",\n";
    text += "  \"comparison\":" + writeComparison(history) + ",\n";
    text += "  \"previous\":" + (history.previous ? writePrevious(*history.previous) : std::string("null")) + ",\n";
    text += "  \"errors\":";
    text += history.errors
                ? array(history.errors->mostFrequentFirst(), [](const ErrorGroup* group) { return errorJson(*group); })
                : std::string("null");
    text += ",\n";

    const bool dated = summary.buckets().first().has_value();
    const BucketSeries series = dated ? summary.buckets().series(history.from, history.to, maxBuckets) : BucketSeries();
    text += "  \"bucketSeconds\":" + (dated ? std::to_string(series.width.count()) : std::string("null")) + ",\n";
    text += "  \"buckets\":" +
            array(series.buckets,
                  [](const Bucket& bucket) {
                      return "{\"start\":" + dateOrNull(bucket.start) + "," + countFields(bucket.counts) + "}";
                  }) +
            ",\n";
    text += "  \"latestFailures\":" + array(summary.latestFailures(), [](const FailedRun& run) {
                return "{\"id\":" + quoteJson(run.id) + ",\"status\":" + quoteJson(run.status.value()) +
                       ",\"createdAt\":" + dateOrNull(run.createdAt) + ",\"account\":" + quoteJson(run.account) +
                       ",\"workflow\":" + writeReference(run.workflowId, run.workflowName) +
                       ",\"application\":" + writeReference(run.applicationId, run.applicationName) + "}";
            });
    return text + "\n}\n";
}

}  // namespace cli
