#include "change_format.hpp"

#include "display_text.hpp"
#include "json_text.hpp"
#include "raw_json.hpp"
#include "report_line.hpp"
#include "status_style.hpp"
#include "time_text.hpp"

#include <algorithm>
#include <chrono>
#include <string_view>

namespace cli {
namespace {

/// Of `2026-06-16 13:15:00`; on a terminal the day goes without saying.
constexpr std::size_t dayWidth = 11;
/// A sign, RUNNING, an arrow of ASCII, COMPLETED.
constexpr std::size_t statusWidth = 22;
constexpr std::size_t idWidth = 24;
constexpr std::size_t gapWidth = 2;

std::string orDash(const std::string& text) {
    return text.empty() ? "-" : text;
}

}  // namespace

std::string changeLine(const refold::ExecutionChange& change, refold::Timestamp seen, const Terminal& terminal) {
    const refold::Execution& run = change.execution;
    const StatusStyle style = styleOf(run.status, terminal.charset);
    const std::string_view arrow = terminal.charset == Charset::utf8 ? " \xE2\x86\x92 " : " -> ";
    std::string status = std::string(style.sign) + " ";
    if (change.previousStatus) status.append(orDash(change.previousStatus->value())).append(arrow);
    status += orDash(run.status.value());

    const std::string time = secondText(seen).substr(terminal.isTerminal ? dayWidth : 0);
    // Where nothing limits the line, nothing is cut that a script may look for.
    const std::size_t statusRoom = terminal.width ? statusWidth : std::max(statusWidth, displayWidth(status));
    ReportLine line(terminal);
    line.text(time).gap(gapWidth);
    line.left(status, statusRoom, style.colour).gap(gapWidth);
    // What is left is shared by the names; the id stands whole as long as there is room for it.
    const std::size_t taken = time.size() + statusRoom + idWidth + 4 * gapWidth;
    const std::size_t width = terminal.width.value_or(taken + 48);
    const std::size_t names = width > taken ? width - taken : 0;
    if (names >= 16) {
        line.left(orDash(run.associatedWorkflow.name), names * 2 / 3).gap(gapWidth);
        line.left(orDash(run.associatedApplication.name), names - names * 2 / 3).gap(gapWidth);
    }
    line.text(orDash(run.id));
    return line.end();
}

std::string changeJson(const refold::ExecutionChange& change, bool forTerminal) {
    const std::string before = change.previousStatus ? quoteJson(change.previousStatus->value()) : "null";
    return "{\"previousStatus\":" + before + ",\"execution\":" + onOneLine(change.execution.rawJson, forTerminal) +
           "}\n";
}

refold::Timestamp currentTime() {
    return std::chrono::time_point_cast<refold::Timestamp::duration>(std::chrono::system_clock::now());
}

}  // namespace cli
