#include "change_format.hpp"

#include "display_text.hpp"
#include "json_text.hpp"
#include "raw_json.hpp"
#include "report_line.hpp"
#include "status_style.hpp"
#include "time_text.hpp"
#include "wrapped_text.hpp"

#include <algorithm>
#include <chrono>
#include <string_view>

namespace cli {
namespace {

/// A sign, RUNNING, an arrow, COMPLETED.
std::size_t statusWidthOf(Charset charset) noexcept {
    return charset == Charset::utf8 ? 21 : 22;
}

constexpr std::size_t idWidth = 24;

/// `13:15:00`, `2026-06-16 13:15:00`; on a terminal without the year.
std::string timeText(refold::Timestamp time, const ChangeLayout& layout) {
    constexpr std::size_t dayWidth = 11;
    constexpr std::size_t yearWidth = 5;
    const std::size_t leftOut = !layout.withDay ? dayWidth : layout.terminal.isTerminal ? yearWidth : 0;
    return secondText(time).substr(leftOut);
}

/// The names share the width that time, status and id leave; the application is left out rather than cut to a few
/// letters. The id is not cut while there is room for it.
struct Columns {
    explicit Columns(const ChangeLayout& layout)
        : time(timeText({}, layout).size()), status(statusWidthOf(layout.terminal.charset)) {
        constexpr std::size_t roomForBoth = 34;
        const std::size_t fixed = time + status + idWidth + 2 * columnGap;
        const std::size_t width = layout.terminal.width.value_or(fixed + 52);
        const std::size_t room = width > fixed ? width - fixed : 0;
        if (room >= roomForBoth) {
            const std::size_t names = room - 2 * columnGap;
            workflow = names * 2 / 3;
            application = names - workflow;
        } else if (room >= 10) {
            workflow = room - columnGap;
        }
    }

    /// Up to the id.
    std::size_t taken() const noexcept {
        return time + status + 2 * columnGap + (workflow > 0 ? workflow + columnGap : 0) +
               (application > 0 ? application + columnGap : 0);
    }

    std::size_t time;
    std::size_t status;
    std::size_t workflow = 0;
    std::size_t application = 0;
};

}  // namespace

refold::Timestamp timeOf(const refold::ExecutionChange& change, refold::Timestamp seen) {
    const refold::Execution& run = change.execution;
    if (run.hasEnded() && run.completionTime) return *run.completionTime;
    if (!change.previousStatus && run.createdAt) return *run.createdAt;
    return seen;
}

std::string changeHeader(const ChangeLayout& layout) {
    const Columns columns(layout);
    ReportLine line(layout.terminal);
    line.left("TIME", columns.time, Colour::bold)
        .gap(columnGap)
        .left("STATUS", columns.status, Colour::bold)
        .gap(columnGap);
    if (columns.workflow > 0) line.left("WORKFLOW", columns.workflow, Colour::bold).gap(columnGap);
    if (columns.application > 0) line.left("APPLICATION", columns.application, Colour::bold).gap(columnGap);
    return line.text("ID", Colour::bold).end();
}

std::vector<RunColumn> columnsLeftOut(const ChangeLayout& layout) {
    const Columns columns(layout);
    std::vector<RunColumn> leftOut;
    if (columns.application == 0) leftOut.push_back(RunColumn::application);
    if (columns.workflow == 0) leftOut.push_back(RunColumn::workflow);
    return leftOut;
}

std::string changeLine(const refold::ExecutionChange& change, refold::Timestamp time, const ChangeLayout& layout,
                       const std::string& reason) {
    const Terminal& terminal = layout.terminal;
    const refold::Execution& run = change.execution;
    const StatusStyle style = styleOf(run.status, terminal.charset);
    const std::string_view arrow = terminal.charset == Charset::utf8 ? " \xE2\x86\x92 " : " -> ";
    std::string status = std::string(style.sign) + " ";
    if (change.previousStatus) status.append(orDash(change.previousStatus->value())).append(arrow);
    status += orDash(run.status.value());

    const Columns columns(layout);
    // Without a width nothing is cut: a script may search for it.
    const std::size_t statusRoom = terminal.width ? columns.status : std::max(columns.status, displayWidth(status));
    ReportLine line(terminal);
    line.left(timeText(time, layout), columns.time).gap(columnGap);
    line.left(status, statusRoom, style.colour).gap(columnGap);
    if (columns.workflow > 0) line.left(orDash(run.associatedWorkflow.name), columns.workflow).gap(columnGap);
    if (columns.application > 0) line.left(orDash(run.associatedApplication.name), columns.application).gap(columnGap);
    line.text(orDash(run.id));
    if (reason.empty()) return line.end();
    const std::size_t taken = columns.taken() + displayWidth(run.id);
    if (!terminal.width || *terminal.width >= taken + columnGap + displayWidth(reason)) {
        return line.gap(columnGap).text(reason, Colour::red).end();
    }
    return line.end() + indentedText(reason, terminal, columns.time + columnGap, Colour::red);
}

std::string changeJson(const refold::ExecutionChange& change, const ChangeFacts& facts, bool forTerminal) {
    const std::string before = change.previousStatus ? quoteJson(change.previousStatus->value()) : "null";
    return "{\"previousStatus\":" + before + ",\"at\":" + quoteJson(refold::formatTimestamp(facts.time)) +
           ",\"backlog\":" + (facts.isBacklog ? "true" : "false") +
           ",\"execution\":" + onOneLine(change.execution.rawJson, forTerminal) + "}\n";
}

refold::Timestamp currentTime() {
    return std::chrono::time_point_cast<refold::Timestamp::duration>(std::chrono::system_clock::now());
}

}  // namespace cli
