#include "run_selection.hpp"

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

/// The id in a line: alone, the first of several words, or in a line of ndjson; empty for an empty line.
std::string idInLine(const std::string& line) {
    constexpr const char* blanks = " \t\r";
    const std::size_t first = line.find_first_not_of(blanks);
    if (first == std::string::npos) return {};
    if (line[first] != '{') return runIdIn("stdin", line.substr(first, line.find_first_of(blanks, first) - first));
    const std::string id = idInJson(line);
    if (id.empty()) {
        throw UsageError("stdin: the line " + forDisplay(line, Charset::utf8, 60).text + " is no run: it has no _id");
    }
    return runIdIn("stdin", id);
}

class Selection {
  public:
    Selection(const refold::Client& client, const refold::CallOptions& call, bool lookUp)
        : client_(client), call_(call), lookUp_(lookUp) {}

    void addId(const std::string& id) {
        SelectedRun run;
        if (lookUp_ || mayBeIdPrefix(id)) {
            run.known = findRun(client_, id, call_);
            run.id = run.known.id;
        } else {
            run.id = run.known.id = id;
        }
        if (seen_.insert(run.id).second) runs_.push_back(std::move(run));
    }

    void addFound(const BulkArguments& arguments, const Console& console) {
        const std::int64_t max = arguments.max.value_or(std::numeric_limits<std::int64_t>::max());
        RunListing listing(client_, arguments.filters, {}, call_);
        while (static_cast<std::int64_t>(runs_.size()) < max) {
            const refold::Execution* const run = listing.next();
            if (run == nullptr) break;
            // Some servers ignore dates, or round them, and to act on a run outside of them could not be taken back.
            const auto& [since, until] = std::tie(arguments.filters.since, arguments.filters.until);
            const bool outside = (since && (!run->createdAt || *run->createdAt < since->time)) ||
                                 (until && (!run->createdAt || *run->createdAt > until->time));
            // Only what has ended can be rerun, and only what has not can be stopped.
            const bool isFit = run->hasEnded() == (arguments.action == BulkAction::rerun);
            if (!outside && isFit && seen_.insert(run->id).second) runs_.push_back({run->id, *run});
        }
        if (!listing.verified()) {
            console.complain(
                "warning: runs may be missing from the selection: the server's pages do not show whether any began or "
                "vanished between two of them");
        }
        std::stable_sort(runs_.begin(), runs_.end(), [](const SelectedRun& a, const SelectedRun& b) {
            return a.known.createdAt < b.known.createdAt;
        });
    }

    std::vector<SelectedRun> take() { return std::move(runs_); }

  private:
    const refold::Client& client_;
    const refold::CallOptions& call_;
    bool lookUp_;
    std::vector<SelectedRun> runs_;
    std::unordered_set<std::string> seen_;
};

}  // namespace

std::vector<SelectedRun> selectRuns(const BulkArguments& arguments, const refold::Client& client, bool lookUp,
                                    const Console& console, const Interruption& interruption) {
    refold::CallOptions call;
    call.cancel = interruption.token();
    Selection selection(client, call, lookUp);
    for (const std::string& id : arguments.ids) selection.addId(id);
    while (arguments.readsStdin) {
        const std::optional<std::string> line = readInputLine(interruption);
        if (!line) break;
        if (const std::string id = idInLine(*line); !id.empty()) selection.addId(id);
    }
    if (arguments.ids.empty() && !arguments.readsStdin) selection.addFound(arguments, console);
    return selection.take();
}

}  // namespace cli
