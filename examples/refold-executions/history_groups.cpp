// Describes each column by a title, a width and a text; the name and the id share the width that is left.
#include "history_groups.hpp"

#include "display_text.hpp"
#include "number_text.hpp"
#include "report_line.hpp"

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

namespace cli {
namespace {

constexpr std::size_t maxGroups = 10;
/// From this width on, a bar is drawn beside each rate, and the median of the durations.
constexpr std::size_t wideTerminal = 110;
constexpr std::size_t barWidth = 20;

using GroupText = std::function<std::string(const RunGroup&)>;

struct Column {
    std::string title;
    std::size_t width;
    /// In the colour of the group's worst outcome.
    bool isColoured;
    GroupText text;
};

RunOutcome outcomeOf(const OutcomeCounts& counts) {
    if (counts.failed() > 0) return RunOutcome::failed;
    return counts.ended() > 0 ? RunOutcome::completed : RunOutcome::running;
}

const RunGroup* sameGroup(const RunGroups& groups, const RunGroup& wanted) {
    const auto found = std::find_if(groups.all().begin(), groups.all().end(), [&wanted](const RunGroup& group) {
        return group.id == wanted.id && (!wanted.id.empty() || group.name == wanted.name);
    });
    return found != groups.all().end() ? &*found : nullptr;
}

std::string rateBar(std::optional<double> rate, Charset charset) {
    const auto filled = static_cast<std::size_t>(rate.value_or(0) * static_cast<double>(barWidth) + 0.5);
    const bool utf8 = charset == Charset::utf8;
    std::string bar;
    for (std::size_t i = 0; i < barWidth; ++i) {
        if (i < filled || (i == 0 && rate.value_or(0) > 0)) {
            bar += utf8 ? "\u2588" : "x";
        } else {
            bar += utf8 ? "\u2591" : ".";
        }
    }
    return bar;
}

class Table {
  public:
    Table(std::vector<const RunGroup*> groups, const Terminal& terminal)
        : groups_(std::move(groups)), terminal_(terminal) {}

    /// As wide as its title and its texts need.
    void add(const char* title, const GroupText& text) {
        Column column{title, displayWidth(title), false, text};
        for (const RunGroup* const group : groups_) column.width = std::max(column.width, text(*group).size());
        columns_.push_back(std::move(column));
    }
    void addColoured(const char* title, std::size_t width, const GroupText& text) {
        columns_.push_back({title, width, true, text});
    }

    std::string write(std::string_view nameTitle) const {
        std::size_t taken = margin + 2;
        for (const Column& column : columns_) taken += column.width + columnGap;
        const std::size_t left = widthOf(terminal_) - std::min(widthOf(terminal_), taken);
        // An account's id is its name.
        const bool hasIds =
            std::any_of(groups_.begin(), groups_.end(), [](const RunGroup* group) { return group->id != group->name; });
        const bool withId = hasIds && left >= narrowestName + columnGap + idWidth;
        std::size_t nameWidth = nameTitle.size();
        for (const RunGroup* const group : groups_) {
            nameWidth = std::max(nameWidth, std::min(widestName, displayWidth(group->name)));
        }
        nameWidth = std::min(nameWidth, withId ? left - columnGap - idWidth : left);

        ReportLine header(terminal_);
        header.gap(margin + 2);
        for (const Column& column : columns_) header.right(column.title, column.width, Colour::grey).gap(columnGap);
        header.left(nameTitle, nameWidth, Colour::grey);
        if (withId) header.gap(columnGap).text("ID", Colour::grey);
        std::string text = header.end();
        for (const RunGroup* const group : groups_) {
            const RunOutcome outcome = outcomeOf(group->counts);
            ReportLine line(terminal_);
            line.gap(margin).text(signOf(outcome, terminal_.charset), colourOf(outcome)).gap(1);
            for (const Column& column : columns_) {
                const Colour colour = column.isColoured ? colourOf(outcome) : Colour::none;
                line.right(column.text(*group), column.width, colour).gap(columnGap);
            }
            line.left(orDash(group->name), nameWidth);
            if (withId) line.gap(columnGap).left(orDash(group->id), idWidth, Colour::grey);
            text += line.end();
        }
        return text;
    }

  private:
    std::vector<const RunGroup*> groups_;
    const Terminal& terminal_;
    std::vector<Column> columns_;
};

}  // namespace

std::size_t widthOf(const Terminal& terminal) noexcept {
    return terminal.width.value_or(wideTerminal);
}

std::string heading(std::string_view title, std::string_view remark, const Terminal& terminal) {
    return "\n" + ReportLine(terminal).text(title, Colour::bold).gap(columnGap).text(remark, Colour::grey).end();
}

std::string writeGroups(const RunGroups& groups, const RunGroups* before, const GroupTable& table,
                        const Terminal& terminal) {
    std::vector<const RunGroup*> sorted = groups.worstFirst();
    const std::size_t more = sorted.size() - std::min(sorted.size(), maxGroups);
    sorted.resize(sorted.size() - more);
    const bool isWide = widthOf(terminal) >= wideTerminal;
    const auto rate = [](const OutcomeCounts& counts) { return percentText(counts.failureRate()); };
    const auto runs = [](const OutcomeCounts& counts) { return grouped(counts.total()); };

    Table columns(sorted, terminal);
    if (table.hasRates) {
        columns.addColoured("RATE", 6, [&](const RunGroup& group) { return rate(group.counts); });
        if (isWide && before == nullptr) {
            columns.addColoured("", barWidth, [&](const RunGroup& group) {
                return rateBar(group.counts.failureRate(), terminal.charset);
            });
        }
    } else {
        columns.add("RUNS", [&](const RunGroup& group) { return runs(group.counts); });
    }
    if (before != nullptr) {
        columns.add("BEFORE", [&](const RunGroup& group) -> std::string {
            const RunGroup* const was = sameGroup(*before, group);
            const OutcomeCounts counts = was != nullptr ? was->counts : OutcomeCounts();
            return table.hasRates ? rate(counts) : runs(counts);
        });
    }
    if (table.hasRates) {
        columns.add("FAILED", [](const RunGroup& group) { return grouped(group.counts.failed()); });
        columns.add("RUNS", [&](const RunGroup& group) { return runs(group.counts); });
    }
    if (isWide) {
        columns.add("MEDIAN", [](const RunGroup& group) {
            const auto median = group.durations.quantile(0.5);
            return median ? durationText(*median) : std::string("-");
        });
    }
    std::string text = heading(table.title, table.hasRates ? "worst first" : "most runs first", terminal);
    text += columns.write(table.nameTitle);
    if (more > 0) {
        const std::string remark =
            grouped(static_cast<std::int64_t>(more)) + " more; --format json and --html show them";
        text += ReportLine(terminal).gap(margin).text(remark, Colour::grey).end();
    }
    return text;
}

}  // namespace cli
