// Lists the runs first, then reads the detail of each.
#include "errors_command.hpp"

#include "error_groups.hpp"
#include "errors_report.hpp"
#include "history.hpp"
#include "number_text.hpp"
#include "platform/streams.hpp"
#include "progress_bar.hpp"
#include "request_counter.hpp"
#include "request_log.hpp"
#include "run_listing.hpp"
#include "run_lookup.hpp"
#include "run_reasons.hpp"
#include "shell_text.hpp"
#include "status_names.hpp"

#include <refold/client.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

namespace cli {
namespace {

constexpr std::size_t maxErrors = 20;

struct RunsToRead {
    std::vector<refold::Execution> runs;
    /// The number of runs according to the server.
    std::int64_t total = 0;
};

bool onlyFailures(const Filters& filters) {
    const std::vector<refold::ExecutionStatus>& statuses = filters.statuses;
    return std::all_of(statuses.begin(), statuses.end(), [](const auto& status) { return status.isFailure(); });
}

RunsToRead readRuns(const ErrorsArguments& arguments, const refold::Client& client, const refold::CallOptions& call,
                    ProgressBar& progress) {
    refold::ListingOptions options;
    options.prefetch = arguments.prefetch;
    RunsToRead found;
    const std::vector<refold::ExecutionStatus>& statuses = arguments.filters.statuses;
    RunListing listing(client, arguments.filters, options, call);
    const refold::ExecutionQuery query = arguments.filters.datedQuery();
    while (static_cast<std::int64_t>(found.runs.size()) < arguments.max) {
        const refold::Execution* const run = listing.next();
        if (run == nullptr) break;
        // By its own status: some servers ignore the filter, and names of failures differ from server to server.
        const bool isMeant =
            run->status.isFailure() || std::find(statuses.begin(), statuses.end(), run->status) != statuses.end();
        if (isMeant && !isOutsideOf(query, *run)) found.runs.push_back(*run);
        const std::int64_t total = std::min(listing.total(), arguments.max);
        progress.update(static_cast<std::int64_t>(found.runs.size()), 0, total);
    }
    found.total = listing.total();
    return found;
}

/// The command that reruns the runs that were counted, and asks first.
std::string rerunCommand(const ErrorsArguments& arguments, bool wereMore) {
    const Filters& filters = arguments.filters;
    std::string command = "refold-executions rerun";
    if (arguments.client.baseUrl != refold::ClientOptions().baseUrl) {
        command += shellFlag("base-url", arguments.client.baseUrl);
    }
    if (wereMore) command += shellFlag("max", std::to_string(arguments.max));
    const std::vector<refold::ExecutionStatus>& given = filters.statuses;
    const std::vector<refold::ExecutionStatus>& failures = failureStatuses();
    if (std::is_permutation(given.begin(), given.end(), failures.begin(), failures.end())) {
        command += " --failed";
    } else {
        for (const refold::ExecutionStatus& status : given) command += shellFlag("status", status.value());
    }
    if (filters.since) command += shellFlag("since", filters.since->text);
    if (filters.until) command += shellFlag("until", filters.until->text);
    for (const AppliedFilter& filter : filters.applied) {
        if (filter.name != "status") command += shellFlag(filter.name, filter.value);
    }
    return command;
}

void write(const ErrorGroups& errors, Format format, Console& console) {
    const std::vector<const ErrorGroup*> groups = errors.mostFrequentFirst();
    if (format == Format::table) {
        console.data().append(errorsReport(errors, console.dataTerminal(), maxErrors));
    } else if (format == Format::ndjson) {
        for (const ErrorGroup* const group : groups) console.data().append(errorJson(*group) + "\n");
    } else {
        const char* separator = "[\n";
        for (const ErrorGroup* const group : groups) {
            console.data().append(separator + errorJson(*group));
            separator = ",\n";
        }
        console.data().append(groups.empty() ? "[]\n" : "\n]\n");
    }
    console.data().flush();
}

}  // namespace

void runErrors(const ErrorsArguments& given, Console& console, const Interruption& interruption) {
    ErrorsArguments arguments = given;
    const auto counter = std::make_shared<RequestCounter>();
    arguments.client.observer = observerOf(arguments.client.observer, counter);
    const refold::Client client = refold::Client::fromEnvironment(arguments.client);
    resolveExecutionId(client, arguments.filters, interruption);
    refold::CallOptions call;
    call.cancel = interruption.token();

    ProgressBar progress(platform::standardError, console.messageTerminal(), counter);
    const RunsToRead found = readRuns(arguments, client, call, progress);
    const auto all = static_cast<std::int64_t>(found.runs.size());
    progress.begin("reasons");
    const auto onRead = [&progress, all](std::size_t read) {
        progress.update(static_cast<std::int64_t>(read), 0, all);
    };
    const auto reasons = readReasons(client, found.runs, call, onRead, ReasonsOf::allRuns);
    progress.stop();

    ErrorGroups errors;
    for (std::size_t i = 0; i < found.runs.size(); ++i) {
        const bool hasReason = !reasons[i].node.empty() || !reasons[i].message.empty();
        if (found.runs[i].status.isFailure() || hasReason) errors.add(found.runs[i], reasons[i]);
    }
    const Format byStream = console.dataTerminal().isTerminal ? Format::table : Format::ndjson;
    const Format format = arguments.format.value_or(byStream);
    write(errors, format, console);

    const bool isOfFailures = onlyFailures(arguments.filters);
    const bool wereMore = found.total > all && all >= arguments.max;
    if (wereMore) {
        console.report("the latest " + grouped(all) + " of " + grouped(found.total) +
                       (isOfFailures ? " failed runs" : " runs") + "; --max N reads more");
    }
    const std::string hint = siblingHint(arguments.filters);
    if (all == 0) {
        console.report((isOfFailures ? "no failed runs match" : "no runs match") +
                       (hint.empty() ? std::string() : "; " + hint));
    } else if (errors.runs() == 0) {
        console.report("no node has failed in the " + counted(all, "run") + " that match" + (all == 1 ? "es" : ""));
    } else {
        const auto groups = static_cast<std::int64_t>(errors.mostFrequentFirst().size());
        if (format == Format::table || console.messageTerminal().isTerminal) {
            const std::string runs = isOfFailures
                                         ? counted(all, "failed run")
                                         : "a failed node in " + grouped(errors.runs()) + " of " + counted(all, "run");
            // Runs that go on cannot be rerun.
            const std::string next =
                isOfFailures ? "; to run them again: " + rerunCommand(arguments, wereMore) : std::string();
            console.say(runs + ", " + counted(groups, "error") + ", " + counted(counter->requests(), "request") + next);
        }
    }
}

}  // namespace cli
