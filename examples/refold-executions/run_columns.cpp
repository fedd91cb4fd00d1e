#include "run_columns.hpp"

#include "age.hpp"
#include "display_text.hpp"
#include "exit_code.hpp"
#include "number_text.hpp"
#include "suggestion.hpp"
#include "time_text.hpp"

#include <algorithm>
#include <cstdio>

namespace cli {
namespace {

struct Entry {
    RunColumn column;
    std::string_view name;
    std::string_view alias;
    std::string_view title;
    ColumnLayout layout;
};

constexpr Entry entries[] = {
    {RunColumn::status, "status", "", "STATUS", {11, 11, 1, 0}},
    {RunColumn::age, "age", "", "AGE", {8, 0, 0, 4}},
    {RunColumn::createdAt, "createdAt", "created", "CREATED", {19, 0, 0, 4}},
    {RunColumn::completedAt, "completedAt", "ended", "ENDED", {19, 0, 0, 4}},
    {RunColumn::duration, "duration", "", "DURATION", {8, 0, 0, 5}},
    {RunColumn::workflow, "workflow", "", "WORKFLOW", {12, 10, 2, 6}},
    {RunColumn::workflowId, "workflowId", "workflow-id", "WORKFLOW ID", {24, 0, 0, 1}},
    {RunColumn::application, "application", "app", "APPLICATION", {11, 8, 1, 2}},
    {RunColumn::applicationId, "applicationId", "app-id", "APPLICATION ID", {24, 0, 0, 1}},
    {RunColumn::account, "linkedAccountId", "account", "ACCOUNT", {10, 8, 1, 3}},
    {RunColumn::type, "type", "", "TYPE", {5, 0, 0, 1}},
    {RunColumn::trigger, "trigger", "event", "TRIGGER", {8, 8, 1, 1}},
    {RunColumn::environment, "environment", "env", "ENVIRONMENT", {11, 0, 0, 1}},
    {RunColumn::name, "name", "", "NAME", {12, 10, 1, 1}},
    {RunColumn::configId, "configId", "config", "CONFIG", {10, 8, 1, 1}},
    {RunColumn::orgId, "orgId", "org", "ORG", {24, 0, 0, 1}},
    {RunColumn::node, "node", "", "NODE", {8, 8, 1, 5}},
    {RunColumn::error, "error", "", "ERROR", {24, 0, 0, 7}},
    {RunColumn::id, "id", "", "ID", {2, 0, 0, 0}},
};

const Entry& entryOf(RunColumn column) noexcept {
    return *std::find_if(std::begin(entries), std::end(entries),
                         [column](const Entry& e) { return e.column == column; });
}

std::string comparable(std::string_view text) {
    std::string plain;
    for (const char c : text) {
        if (c != '-' && c != '_' && c != ' ') plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return plain;
}

std::string secondsText(std::chrono::milliseconds duration) {
    char text[32];
    std::snprintf(text, sizeof text, "%.3f", static_cast<double>(duration.count()) / 1000);
    return text;
}

std::string dateOrEmpty(const std::optional<refold::Timestamp>& time) {
    return time ? refold::formatTimestamp(*time) : std::string();
}

}  // namespace

std::vector<RunColumn> parseColumns(std::string_view flag, std::string_view text) {
    std::vector<std::string> names;
    for (const Entry& entry : entries) names.emplace_back(entry.alias.empty() ? entry.name : entry.alias);
    std::vector<RunColumn> columns;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t comma = std::min(text.find(',', begin), text.size());
        const std::string wanted = comparable(text.substr(begin, comma - begin));
        const auto* const found = std::find_if(std::begin(entries), std::end(entries), [&wanted](const Entry& entry) {
            return wanted == comparable(entry.name) || (!entry.alias.empty() && wanted == comparable(entry.alias));
        });
        if (found == std::end(entries)) {
            std::string all;
            for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
            const auto meant = nearestTo(wanted, names);
            throw UsageError(
                std::string(flag) + ": '" + forDisplay(text.substr(begin, comma - begin), Charset::utf8, 60).text +
                "' is not a column" + (meant ? "; did you mean " + *meant + "?" : "; the columns are " + all));
        }
        if (std::find(columns.begin(), columns.end(), found->column) == columns.end()) columns.push_back(found->column);
        begin = comma + 1;
    }
    return columns;
}

std::string_view nameOf(RunColumn column) noexcept {
    return entryOf(column).name;
}
std::string_view titleOf(RunColumn column) noexcept {
    return entryOf(column).title;
}
ColumnLayout layoutOf(RunColumn column) noexcept {
    return entryOf(column).layout;
}

bool needReasons(const std::vector<RunColumn>& columns) noexcept {
    return std::any_of(columns.begin(), columns.end(),
                       [](RunColumn column) { return column == RunColumn::error || column == RunColumn::node; });
}

std::optional<std::chrono::milliseconds> durationOf(const refold::Execution& run) {
    if (!run.createdAt || !run.completionTime || *run.completionTime < *run.createdAt) return {};
    return std::chrono::duration_cast<std::chrono::milliseconds>(*run.completionTime - *run.createdAt);
}

std::string plainValue(RunColumn column, const ShownRun& shown, refold::Timestamp now) {
    const refold::Execution& run = shown.run;
    switch (column) {
        case RunColumn::status:
            return run.status.value();
        case RunColumn::age:
            return run.createdAt ? formatAge(*run.createdAt, now) : std::string();
        case RunColumn::createdAt:
            return dateOrEmpty(run.createdAt);
        case RunColumn::completedAt:
            return dateOrEmpty(run.completionTime);
        case RunColumn::duration: {
            const auto duration = durationOf(run);
            return duration ? secondsText(*duration) : std::string();
        }
        case RunColumn::workflow:
            return run.associatedWorkflow.name;
        case RunColumn::workflowId:
            return run.associatedWorkflow.id;
        case RunColumn::application:
            return run.associatedApplication.name;
        case RunColumn::applicationId:
            return run.associatedApplication.id;
        case RunColumn::account:
            return run.linkedAccountId;
        case RunColumn::type:
            return run.typeOfExecution.value();
        case RunColumn::trigger:
            return run.triggerApplicationEvent;
        case RunColumn::environment:
            return run.environment.value();
        case RunColumn::name:
            return run.name;
        case RunColumn::configId:
            return run.configId;
        case RunColumn::orgId:
            return run.orgId;
        case RunColumn::node:
            return shown.reason != nullptr ? shown.reason->node : std::string();
        case RunColumn::error:
            return shown.reason != nullptr ? shown.reason->message : std::string();
        case RunColumn::id:
            break;
    }
    return run.id;
}

std::string shownValue(RunColumn column, const ShownRun& shown, refold::Timestamp now) {
    if (column == RunColumn::duration) {
        const auto duration = durationOf(shown.run);
        return duration ? durationText(*duration) : std::string();
    }
    const std::optional<refold::Timestamp>& time =
        column == RunColumn::completedAt ? shown.run.completionTime : shown.run.createdAt;
    if (column == RunColumn::createdAt || column == RunColumn::completedAt) {
        return time ? secondText(*time) : std::string();
    }
    return plainValue(column, shown, now);
}

}  // namespace cli
