// Groups are matched between the periods by id, and by name where they have none.
#include "history_page_parts.hpp"

#include "comparison.hpp"
#include "number_text.hpp"
#include "time_text.hpp"

#include <algorithm>
#include <cstdlib>
#include <unordered_map>
#include <vector>

namespace cli {
namespace {

constexpr std::size_t maxCompared = 10;
constexpr const char* minus = "\u2212";

/// `+12`, `−3`, `0`
std::string changeText(std::int64_t change) {
    return (change > 0 ? "+" : change < 0 ? minus : "") + grouped(std::abs(change));
}

/// `+0.9 points`, `−0.9 points`, `0.0 points`
std::string shownPoints(const Comparison& comparison) {
    const std::string text = pointsText(comparison);
    return comparison.trend == Trend::better ? minus + text.substr(1) : text;
}

/// More failures are worse; more runs are neither.
std::string kindOf(double change, bool countsFailures) {
    if (!countsFailures || change == 0) return "same";
    return change > 0 ? "worse" : "better";
}

struct Pair {
    std::string name = {};
    OutcomeCounts before = {};
    OutcomeCounts now = {};

    std::int64_t change() const { return now.failed() - before.failed(); }
};

std::vector<Pair> pairsOf(const RunGroups& before, const RunGroups& now) {
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
    pairs.erase(std::remove_if(pairs.begin(), pairs.end(),
                               [](const Pair& pair) { return pair.now.failed() == 0 && pair.before.failed() == 0; }),
                pairs.end());
    std::sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) {
        if (a.change() != b.change()) return a.change() > b.change();
        if (a.now.failed() != b.now.failed()) return a.now.failed() > b.now.failed();
        return a.name < b.name;
    });
    return pairs;
}

void fillTotals(PageValues& section, const OutcomeCounts& before, const OutcomeCounts& now) {
    const auto row = [&](const std::string& name, std::int64_t then, std::int64_t today, bool countsFailures) {
        PageValues& values = section.repeat("totalRows");
        values.set("name", name).set("before", grouped(then)).set("now", grouped(today));
        values.set("change", changeText(today - then));
        values.set("kind", kindOf(static_cast<double>(today - then), countsFailures));
    };
    row("all", before.total(), now.total(), false);
    for (const RunOutcome outcome : runOutcomes) {
        if (before.of(outcome) == 0 && now.of(outcome) == 0) continue;
        row(std::string(nameOf(outcome)), before.of(outcome), now.of(outcome), outcome == RunOutcome::failed);
    }
    const Comparison comparison = compare(before, now);
    PageValues& values = section.repeat("totalRows");
    values.set("name", "failure rate").set("before", percentText(before.failureRate()));
    values.set("now", percentText(now.failureRate())).set("change", shownPoints(comparison));
    values.set("kind", kindOf(comparison.points.value_or(0), true));
}

struct GroupTexts {
    const char* key;
    const char* title;
    const char* plural;
};

void fillGroups(PageValues& section, const std::vector<Pair>& pairs, const GroupTexts& texts) {
    PageValues& groups = section.repeat("comparedGroups");
    groups.set("key", texts.key).set("title", texts.title).set("plural", texts.plural);
    const std::size_t shown = std::min(pairs.size(), maxCompared);
    for (std::size_t i = 0; i < shown; ++i) {
        const Pair& pair = pairs[i];
        PageValues& row = groups.repeat("groupRows");
        row.set("name", pageTextOrDash(pair.name));
        row.set("failedBefore", pair.before.total() == 0 ? "no runs" : grouped(pair.before.failed()));
        row.set("failedNow", pair.now.total() == 0 ? "no runs" : grouped(pair.now.failed()));
        row.set("rateBefore", percentText(pair.before.failureRate()));
        row.set("rateNow", percentText(pair.now.failureRate()));
        row.set("change", changeText(pair.change()));
        row.set("kind", kindOf(static_cast<double>(pair.change()), true));
    }
    const std::size_t more = pairs.size() - shown;
    groups.set("remark", std::string(texts.plural) + " with failures in either period, the largest increase first." +
                             (more > 0 ? " " + grouped(static_cast<std::int64_t>(more)) + " more are left out." : ""));
}

/// Says in one sentence whether more runs fail than before.
std::string lineOf(const OutcomeCounts& before, const OutcomeCounts& now) {
    std::string text = "The period before had " + counted(before.total(), "run");
    if (before.failureRate()) text += ", " + percentText(before.failureRate()) + " failed";
    if (!before.failureRate() || !now.failureRate()) return text + ".";
    const Comparison comparison = compare(before, now);
    if (comparison.trend == Trend::same) return text + ". The rate is the same now.";
    text += ". It is " + std::string(nameOf(comparison.trend)) + " now: the rate is ";
    text += (comparison.trend == Trend::worse ? "up " : "down ") + pointsText(comparison).substr(1) + ".";
    return text + (comparison.mayBeChance ? " With so few runs this may be chance." : "");
}

}  // namespace

void fillComparison(PageValues& page, const History& history) {
    const History* const previous = history.previous.get();
    PageValues& section = page.showIf(previous != nullptr, "compared");
    PageValues& line = page.showIf(previous != nullptr, "previousLine");
    if (previous == nullptr) return;
    line.set("text", lineOf(previous->summary.totals(), history.summary.totals()));
    section.leaveOut("beforeStart");
    if (previous->from) fillTime(section, "beforeStart", *previous->from, minuteText(*previous->from));
    fillTime(section, "beforeEnd", previous->to, minuteText(previous->to));
    fillTotals(section, previous->summary.totals(), history.summary.totals());
    section.leaveOut("comparedGroups");
    const auto fill = [&](const RunGroups& before, const RunGroups& now, const GroupTexts& texts) {
        const std::vector<Pair> pairs = pairsOf(before, now);
        if (!pairs.empty()) fillGroups(section, pairs, texts);
    };
    const HistorySummary& before = previous->summary;
    const HistorySummary& now = history.summary;
    fill(before.workflows(), now.workflows(), {"workflows", "Workflow", "Workflows"});
    const bool severalAccounts = std::max(before.accounts().all().size(), now.accounts().all().size()) > 1;
    if (severalAccounts) fill(before.accounts(), now.accounts(), {"accounts", "Account", "Accounts"});
}

}  // namespace cli
