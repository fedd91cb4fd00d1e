// Matches groups of the two periods by id, or by name if they have no id.
#include "history_page_parts.hpp"

#include "comparison.hpp"
#include "number_text.hpp"
#include "time_text.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <functional>
#include <tuple>
#include <unordered_map>
#include <vector>

namespace cli {
namespace {

constexpr std::size_t maxCompared = 10;
constexpr const char* minus = "\u2212";

/// `+12`, `−3`, `0`
std::string signedCount(std::int64_t change) {
    return (change > 0 ? "+" : change < 0 ? minus : "") + grouped(std::abs(change));
}

/// With the sign of typography.
std::string shown(std::string change) {
    if (change.size() > 1 && change.front() == '-') change.replace(0, 1, minus);
    return change;
}

void fillChange(PageValues& row, const Comparison& comparison) {
    row.set("change", shown(changeText(comparison))).set("kind", std::string(nameOf(comparison.trend)));
}

struct Pair {
    std::string name = {};
    OutcomeCounts before = {};
    OutcomeCounts now = {};
};

/// The groups that have what is measured in either period: what is clearly worse first, then by the increase in runs.
std::vector<Pair> pairsOf(const RunGroups& before, const RunGroups& now, Measure measure) {
    std::vector<Pair> pairs;
    std::unordered_map<std::string, std::size_t> places;
    const auto pairOf = [&](const RunGroup& group) -> Pair& {
        const std::string key = group.id.empty() ? "n" + group.name : "i" + group.id;
        const auto [found, isNew] = places.try_emplace(key, pairs.size());
        if (isNew) pairs.push_back({group.name, {}, {}});
        return pairs[found->second];
    };
    for (const RunGroup& group : now.all()) pairOf(group).now.add(group.counts);
    for (const RunGroup& group : before.all()) pairOf(group).before.add(group.counts);
    const auto has = [measure](const OutcomeCounts& counts) { return countOf(counts, measure) > 0; };
    pairs.erase(std::remove_if(pairs.begin(), pairs.end(),
                               [&has](const Pair& pair) { return !has(pair.now) && !has(pair.before); }),
                pairs.end());
    const auto place = [measure](const Pair& pair) {
        const Comparison comparison = compare(pair.before, pair.now, measure);
        const bool isClear = comparison.trend == Trend::worse || comparison.trend == Trend::more;
        return std::make_tuple(!isClear, -comparison.runs, std::cref(pair.name));
    };
    std::sort(pairs.begin(), pairs.end(), [&place](const Pair& a, const Pair& b) { return place(a) < place(b); });
    return pairs;
}

void fillTotals(PageValues& section, const OutcomeCounts& before, const OutcomeCounts& now, Measure measure) {
    const Comparison comparison = compare(before, now, measure);
    const auto row = [&](const std::string& name, std::int64_t then, std::int64_t today) {
        PageValues& values = section.repeat("totalRows");
        values.set("name", name).set("before", grouped(then)).set("now", grouped(today));
        values.set("change", signedCount(today - then)).set("kind", "same");
        return &values;
    };
    if (measure == Measure::runs) {
        fillChange(*row("all", before.total(), now.total()), comparison);
    } else if (measure == Measure::failureRate) {
        row("all", before.total(), now.total());
    }
    for (const RunOutcome outcome : runOutcomes) {
        if (before.of(outcome) == 0 && now.of(outcome) == 0) continue;
        PageValues* const values = row(std::string(nameOf(outcome)), before.of(outcome), now.of(outcome));
        if (measure == Measure::failedRuns) fillChange(*values, comparison);
    }
    if (measure != Measure::failureRate) return;
    PageValues& values = section.repeat("totalRows");
    values.set("name", "failure rate").set("before", percentText(before.failureRate()));
    fillChange(values.set("now", percentText(now.failureRate())), comparison);
}

struct GroupTexts {
    const char* key;
    const char* title;
    const char* plural;
};

void fillGroups(PageValues& section, const std::vector<Pair>& pairs, const GroupTexts& texts, Measure measure) {
    PageValues& groups = section.repeat("comparedGroups");
    groups.set("key", texts.key).set("title", texts.title).set("plural", texts.plural);
    const std::size_t shownPairs = std::min(pairs.size(), maxCompared);
    for (std::size_t i = 0; i < shownPairs; ++i) {
        const Pair& pair = pairs[i];
        PageValues& row = groups.repeat("groupRows");
        row.set("name", pageTextOrDash(pair.name));
        const auto count = [measure](const OutcomeCounts& counts) { return grouped(countOf(counts, measure)); };
        row.set("countBefore", count(pair.before)).set("countNow", count(pair.now));
        row.set("rateBefore", percentText(pair.before.failureRate()));
        row.set("rateNow", percentText(pair.now.failureRate()));
        fillChange(row, compare(pair.before, pair.now, measure));
        if (pair.before.total() == 0) row.set("change", "new");
        if (pair.now.total() == 0) row.set("change", "gone");
    }
    const std::size_t more = pairs.size() - shownPairs;
    const bool anyRuns = measure == Measure::runs;
    groups.set("remark", std::string(texts.plural) + " with " + (anyRuns ? "runs" : "failures") +
                             " in either period: what is clearly " + (anyRuns ? "more" : "worse") +
                             " first, then by increase." +
                             (more > 0 ? " " + grouped(static_cast<std::int64_t>(more)) + " are left out." : ""));
}

}  // namespace

void fillComparison(PageValues& page, const History& history) {
    const History* const previous = history.previous.get();
    PageValues& section = page.showIf(previous != nullptr, "compared");
    PageValues& line = page.showIf(previous != nullptr, "previousLine");
    if (previous == nullptr) return;
    const Measure measure = history.measure();
    std::string verdict = shown(verdictText(previous->summary.totals(), history.summary.totals(), measure));
    verdict.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(verdict.front())));
    std::string note = retentionNote(history);
    if (!note.empty()) note.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(note.front())));
    line.set("text", verdict + "." + (note.empty() ? "" : " " + note + "."));
    const Trend trend = compare(previous->summary.totals(), history.summary.totals(), measure).trend;
    line.set("kind", std::string(nameOf(trend)));
    section.set("counted", measure == Measure::runs ? "Runs" : "Failed");
    section.leaveOut("beforeStart");
    if (previous->from) fillTime(section, "beforeStart", *previous->from, minuteText(*previous->from));
    fillTime(section, "beforeEnd", previous->to, minuteText(previous->to));
    fillTotals(section, previous->summary.totals(), history.summary.totals(), measure);
    section.leaveOut("comparedGroups");
    const auto fill = [&](const RunGroups& before, const RunGroups& now, const GroupTexts& texts) {
        const std::vector<Pair> pairs = pairsOf(before, now, measure);
        if (!pairs.empty()) fillGroups(section, pairs, texts, measure);
    };
    const HistorySummary& before = previous->summary;
    const HistorySummary& now = history.summary;
    fill(before.workflows(), now.workflows(), {"workflows", "Workflow", "Workflows"});
    const bool severalAccounts = std::max(before.accounts().all().size(), now.accounts().all().size()) > 1;
    if (severalAccounts) fill(before.accounts(), now.accounts(), {"accounts", "Account", "Accounts"});
}

}  // namespace cli
