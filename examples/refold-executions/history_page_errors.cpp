// Fills the section of the most frequent errors, if `--why` has read them.
#include "errors_report.hpp"
#include "history_page_parts.hpp"
#include "number_text.hpp"
#include "time_text.hpp"

#include <algorithm>
#include <vector>

namespace cli {
namespace {

constexpr std::size_t maxErrors = 10;

/// `1 error, the most frequent first; of the latest 500 failed runs; 3 more are left out`
std::string remarkOf(const History& history, std::size_t groups) {
    const std::int64_t read = history.errors->runs();
    std::string text = counted(static_cast<std::int64_t>(groups), "error");
    if (groups > 1) text += ", the most frequent first";
    if (history.summary.totals().failed() > read) text += "; of the latest " + counted(read, "failed run");
    if (groups > maxErrors) text += "; " + grouped(static_cast<std::int64_t>(groups - maxErrors)) + " are left out";
    return text;
}

}  // namespace

void fillErrors(PageValues& page, const History& history) {
    const bool hasErrors = history.errors && history.errors->runs() > 0;
    PageValues& section = page.showIf(hasErrors, "why");
    if (!hasErrors) return;
    const std::vector<const ErrorGroup*> groups = history.errors->mostFrequentFirst();
    section.set("remark", remarkOf(history, groups.size()));
    for (std::size_t i = 0; i < std::min(groups.size(), maxErrors); ++i) {
        const ErrorGroup& group = *groups[i];
        PageValues& row = section.repeat("errors");
        row.set("runs", counted(group.runs, "run"));
        row.set("reason", pageText(reasonText({group.node, group.message.empty() ? "no message" : group.message})));
        row.set("workflows", pageText(namesOf(group.workflows))).set("accounts", pageText(namesOf(group.accounts)));
        row.set("iso", group.last.createdAt ? refold::formatTimestamp(*group.last.createdAt) : "");
        row.set("created", group.last.createdAt ? secondText(*group.last.createdAt) : "-");
        row.set("id", pageTextOrDash(group.last.id));
    }
}

}  // namespace cli
