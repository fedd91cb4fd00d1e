#include "errors_report.hpp"

#include "display_text.hpp"
#include "json_text.hpp"
#include "number_text.hpp"
#include "report_line.hpp"
#include "time_text.hpp"
#include "wrapped_text.hpp"

#include <algorithm>
#include <vector>

namespace cli {
namespace {

std::string exampleText(const ErrorExample& example) {
    return (example.createdAt ? secondText(*example.createdAt) : std::string("-")) + "  " + example.id;
}

/// `lead` and a text beside it, which goes on below itself where the line ends.
std::string wrapped(const ReportLine& lead, std::size_t leadWidth, const std::string& value, Colour colour,
                    const Terminal& terminal) {
    constexpr std::size_t narrowest = 20;
    const std::size_t width = terminal.width.value_or(anyWidth);
    // Cut, if there is no room to speak of.
    if (width < leadWidth + narrowest) return ReportLine(lead).text(value, colour).end();
    std::string text;
    ReportLine line = lead;
    for (const std::string& part : wrapText(value, width - leadWidth)) {
        text += line.text(part, colour).end();
        line = ReportLine(terminal);
        line.gap(leadWidth);
    }
    return text;
}

std::string fact(const char* name, const std::string& value, const Terminal& terminal) {
    ReportLine lead(terminal);
    lead.gap(4).left(name, 11, Colour::grey);
    return wrapped(lead, 15, value, Colour::none, terminal);
}

std::string countsJson(const std::map<std::string, std::int64_t>& counts, const char* name) {
    std::string text;
    for (const auto& [value, runs] : sortedCounts(counts)) {
        text += std::string(text.empty() ? "" : ",") + "{" + quoteJson(name) + ":" + quoteJson(value) +
                ",\"runs\":" + std::to_string(runs) + "}";
    }
    return "[" + text + "]";
}

std::string exampleJson(const ErrorExample& example) {
    return "{\"id\":" + quoteJson(example.id) + ",\"createdAt\":" +
           (example.createdAt ? quoteJson(refold::formatTimestamp(*example.createdAt)) : std::string("null")) +
           ",\"message\":" + quoteJson(example.message) + "}";
}

}  // namespace

std::string namesOf(const std::map<std::string, std::int64_t>& counts) {
    constexpr std::size_t maxNames = 5;
    const NameCounts sorted = sortedCounts(counts);
    std::string text;
    for (std::size_t i = 0; i < std::min(sorted.size(), maxNames); ++i) {
        text += (i == 0 ? "" : ", ") + orDash(sorted[i].first);
        if (sorted.size() > 1) text += " " + grouped(sorted[i].second);
    }
    if (sorted.size() > maxNames) {
        text += " and " + grouped(static_cast<std::int64_t>(sorted.size() - maxNames)) + " more";
    }
    return text;
}

std::string errorsReport(const ErrorGroups& errors, const Terminal& terminal, std::size_t maxGroups) {
    const std::vector<const ErrorGroup*> groups = errors.mostFrequentFirst();
    std::string text;
    for (std::size_t i = 0; i < std::min(groups.size(), maxGroups); ++i) {
        const ErrorGroup& group = *groups[i];
        if (i > 0) text += "\n";
        ReportLine lead(terminal);
        lead.right(grouped(group.runs), 5, Colour::bold).gap(2);
        const std::string reason = reasonText({group.node, group.message.empty() ? "no message" : group.message});
        text += wrapped(lead, 7, reason, Colour::red, terminal);
        text += fact("workflows", namesOf(group.workflows), terminal);
        text += fact("accounts", namesOf(group.accounts), terminal);
        text += fact("first", exampleText(group.first), terminal);
        if (group.runs > 1) text += fact("last", exampleText(group.last), terminal);
    }
    if (groups.size() > maxGroups) {
        const auto more = static_cast<std::int64_t>(groups.size() - maxGroups);
        text += "\n" + ReportLine(terminal).text(grouped(more) + " more; --format json shows them", Colour::grey).end();
    }
    return text;
}

std::string errorJson(const ErrorGroup& group) {
    return "{\"runs\":" + std::to_string(group.runs) + ",\"node\":" + quoteJson(group.node) +
           ",\"message\":" + quoteJson(group.message) + ",\"workflows\":" + countsJson(group.workflows, "name") +
           ",\"accounts\":" + countsJson(group.accounts, "id") +
           ",\"statuses\":" + countsJson(group.statuses, "status") + ",\"first\":" + exampleJson(group.first) +
           ",\"last\":" + exampleJson(group.last) + "}";
}

}  // namespace cli
