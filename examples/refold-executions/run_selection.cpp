#include "run_selection.hpp"

#include "ascii_text.hpp"
#include "display_text.hpp"
#include "exit_code.hpp"
#include "input.hpp"
#include "number_text.hpp"
#include "run_id.hpp"
#include "run_listing.hpp"
#include "run_lookup.hpp"

#include <refold/json.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <unordered_set>
#include <utility>

namespace cli {
namespace {

/// The id in a line of `list` or `watch` as ndjson.
std::string idInJson(const std::string& line) {
    const nlohmann::json value = nlohmann::json::parse(line, nullptr, false);
    if (!value.is_object()) return {};
    const nlohmann::json& run = value.contains("execution") ? value["execution"] : value;
    for (const char* const name : {"_id", "id"}) {
        if (run.is_object() && run.contains(name) && run[name].is_string()) return run[name].get<std::string>();
    }
    return {};
}

/// The id in a line: alone, or in a line of ndjson; empty for an empty line.
std::string idInLine(const std::string& line) {
    constexpr const char* blanks = " \t\r";
    const std::size_t first = line.find_first_not_of(blanks);
    if (first == std::string::npos) return {};
    const std::string text = line.substr(first, line.find_last_not_of(blanks) - first + 1);
    const bool isJson = text[0] == '{';
    const std::string id = isJson ? idInJson(text) : runIdIn("stdin", text);
    if (isPlainId(id)) return id;
    throw UsageError("stdin: the line '" + forDisplay(text, Charset::utf8, 60).text +
                     (isJson ? "' is no run: it has no _id" : "' is no id; give ids, or the output of list as ndjson"));
}

/// True if the filters select the run, apart from dates: some servers ignore filters. Of a failed run the exact status
/// is not checked: names of failures differ from server to server.
bool matches(const Filters& filters, const refold::Execution& run) {
    const auto& [workflowId, executionId] = std::tie(filters.query.workflowId, filters.query.executionId);
    const auto isMeant = [&run](const refold::ExecutionStatus& status) {
        return status == run.status || (status.isFailure() && run.status.isFailure());
    };
    if (!filters.statuses.empty() && std::none_of(filters.statuses.begin(), filters.statuses.end(), isMeant)) {
        return false;
    }
    if (executionId && *executionId != run.id) return false;
    if (workflowId && *workflowId != run.associatedWorkflow.id) return false;
    return !filters.query.workflowName ||
           lowered(run.associatedWorkflow.name).find(lowered(*filters.query.workflowName)) != std::string::npos;
}

/// Whether the run is STOPPING already, and was not asked for by that status.
bool isStopping(const Filters& filters, const refold::Execution& run) {
    const auto& statuses = filters.statuses;
    return run.status == refold::ExecutionStatus::Stopping &&
           std::find(statuses.begin(), statuses.end(), run.status) == statuses.end();
}

class Selection {
  public:
    Selection(const refold::Client& client, const refold::CallOptions& call, bool lookUp, const Console& console)
        : client_(client), call_(call), lookUp_(lookUp), console_(console) {}

    void addId(const std::string& id, BulkAction action) {
        SelectedRun run;
        if (lookUp_ || mayBeIdPrefix(id)) {
            run.known = findRun(client_, id, call_);
            run.id = run.known.id;
        } else {
            run.id = run.known.id = id;
        }
        if (!seen_.insert(run.id).second) return;
        // Known before it is asked about or shown as planned; otherwise the server says so.
        if (lookUp_ && action == BulkAction::stop && run.known.hasEnded()) {
            console_.report("run " + run.id + " has ended (" + run.known.status.value() + ") and cannot be stopped");
            ++selected_.refused;
            return;
        }
        selected_.runs.push_back(std::move(run));
    }

    void addFound(const BulkArguments& arguments, const Interruption& interruption) {
        const std::int64_t max = arguments.max.value_or(std::numeric_limits<std::int64_t>::max());
        Filters filters = arguments.filters;
        resolveExecutionId(client_, filters, interruption);
        RunListing listing(client_, filters, {}, call_);
        std::int64_t mismatches = 0;
        std::vector<SelectedRun>& runs = selected_.runs;
        while (static_cast<std::int64_t>(runs.size()) < max) {
            const refold::Execution* const run = listing.next();
            if (run == nullptr) break;
            if (!matches(filters, *run)) {
                ++mismatches;
                continue;
            }
            // Some servers ignore dates, or round them, and to act on a run outside of them could not be taken back.
            const auto& [since, until] = std::tie(arguments.filters.since, arguments.filters.until);
            const bool outside = (since && (!run->createdAt || *run->createdAt < since->time)) ||
                                 (until && (!run->createdAt || *run->createdAt > until->time));
            // Only what has ended can be rerun, and only what has not can be stopped.
            const bool isFit = run->hasEnded() == (arguments.action == BulkAction::rerun) && !isStopping(filters, *run);
            if (!outside && isFit && seen_.insert(run->id).second) runs.push_back({run->id, *run});
        }
        if (mismatches > 0) {
            console_.report("warning: the server sent " + counted(mismatches, "run") +
                            " that the filters do not name; left out");
        }
        if (!listing.verified()) {
            console_.report(
                "warning: runs may be missing from the selection: the server's pages do not show whether any began or "
                "vanished between two of them");
        }
        std::stable_sort(runs.begin(), runs.end(), [](const SelectedRun& a, const SelectedRun& b) {
            return a.known.createdAt < b.known.createdAt;
        });
    }

    Selected take() { return std::move(selected_); }

  private:
    const refold::Client& client_;
    const refold::CallOptions& call_;
    bool lookUp_;
    const Console& console_;
    Selected selected_;
    std::unordered_set<std::string> seen_;
};

}  // namespace

void addIdsFromStdin(BulkArguments& arguments, const Interruption& interruption) {
    std::set<std::string> ids;
    while (const std::optional<std::string> line = readInputLine(interruption)) {
        const std::string id = idInLine(*line);
        if (!id.empty() && ids.insert(id).second) arguments.ids.push_back(id);
    }
    for (const std::string& id : ids) arguments.selection += " " + id;
}

Selected selectRuns(const BulkArguments& arguments, const refold::Client& client, bool lookUp, const Console& console,
                    const Interruption& interruption) {
    refold::CallOptions call;
    call.cancel = interruption.token();
    Selection selection(client, call, lookUp, console);
    for (const std::string& id : arguments.ids) selection.addId(id, arguments.action);
    if (arguments.ids.empty() && !arguments.readsStdin) selection.addFound(arguments, interruption);
    return selection.take();
}

}  // namespace cli
