#include "status_names.hpp"

#include "display_text.hpp"
#include "exit_code.hpp"
#include "suggestion.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

namespace cli {
namespace {

/// `timed-out` and `Timed Out` for TIMED_OUT.
std::string comparable(std::string_view text) {
    std::string upper(text);
    std::transform(upper.begin(), upper.end(), upper.begin(),
                   [](unsigned char c) { return c == '-' || c == ' ' ? '_' : static_cast<char>(std::toupper(c)); });
    return upper;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t";
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// Names of statuses in other programs.
std::string meantBy(const std::string& word) {
    static const std::pair<const char*, const char*> synonyms[] = {
        {"SUCCESS", "COMPLETED"},  {"SUCCEEDED", "COMPLETED"}, {"DONE", "COMPLETED"},  {"FINISHED", "COMPLETED"},
        {"FAILURE", "ERRORED"},    {"ERROR", "ERRORED"},       {"CRASHED", "ERRORED"}, {"CANCELLED", "STOPPED"},
        {"CANCELED", "STOPPED"},   {"ABORTED", "STOPPED"},     {"ACTIVE", "RUNNING"},  {"IN_PROGRESS", "RUNNING"},
        {"PROCESSING", "RUNNING"}, {"WAITING", "QUEUED"},      {"PENDING", "QUEUED"},  {"TIMEOUT", "TIMED_OUT"},
        {"TIMEDOUT", "TIMED_OUT"}, {"SKIPPED", "DUPLICATE"}};
    for (const auto& [synonym, status] : synonyms) {
        if (word == synonym) return status;
    }
    return nearestTo(word, knownStatuses()).value_or("");
}

bool isAmong(const refold::ExecutionStatus& status, const std::vector<refold::ExecutionStatus>& statuses) {
    return std::find(statuses.begin(), statuses.end(), status) != statuses.end();
}

}  // namespace

const std::vector<std::string>& knownStatuses() {
    static const std::vector<std::string> statuses = {"COMPLETED", "RUNNING",  "ERRORED", "FAILED",     "TIMED_OUT",
                                                      "STOPPED",   "STOPPING", "QUEUED",  "TERMINATED", "DUPLICATE"};
    return statuses;
}

const std::vector<refold::ExecutionStatus>& failureStatuses() {
    static const std::vector<refold::ExecutionStatus> statuses = {"ERRORED", "FAILED", "TIMED_OUT"};
    return statuses;
}

bool isOpenStatus(const refold::ExecutionStatus& status) noexcept {
    return status == refold::ExecutionStatus::Running || status == refold::ExecutionStatus::Queued ||
           status == refold::ExecutionStatus::Stopping;
}

void addStatus(const refold::ExecutionStatus& status, Filters& filters) {
    if (!isAmong(status, filters.statuses)) filters.statuses.push_back(status);
}

void addStatuses(std::string_view text, Filters& filters) {
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t comma = std::min(text.find(',', begin), text.size());
        const std::string_view name = trimmed(text.substr(begin, comma - begin));
        begin = comma + 1;
        if (name.empty()) {
            throw UsageError("--status: '" + forDisplay(text, Charset::utf8, 60).text +
                             "' is not accepted: it takes a text that is not empty, such as ERRORED or ERRORED,FAILED");
        }
        const std::string wanted = comparable(name);
        const std::vector<std::string>& known = knownStatuses();
        if (std::find(known.begin(), known.end(), wanted) != known.end()) {
            addStatus(wanted, filters);
            continue;
        }
        addStatus(std::string(name), filters);
        const std::string meant = meantBy(wanted);
        // Statuses are an open set: one that resembles none may be new.
        if (meant.empty()) continue;
        const std::string shown = forDisplay(name, Charset::utf8, 60).text;
        filters.warnings.push_back("--status: unknown status " + shown + "; did you mean " + meant + "?");
    }
}

std::string siblingHint(const Filters& filters) {
    std::string missing;
    bool namesFailure = false;
    for (const refold::ExecutionStatus& failure : failureStatuses()) {
        if (isAmong(failure, filters.statuses)) {
            namesFailure = true;
        } else {
            missing += (missing.empty() ? "" : " or ") + failure.value();
        }
    }
    if (!namesFailure || missing.empty()) return {};
    return "failed runs may also read " + missing + "; --failed finds all of them";
}

}  // namespace cli
