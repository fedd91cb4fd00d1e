#include "run_lookup.hpp"

#include "display_text.hpp"
#include "exit_code.hpp"
#include "number_text.hpp"
#include "outage_pause.hpp"
#include "run_id.hpp"
#include "run_summary.hpp"

#include <chrono>
#include <cstdlib>
#include <optional>
#include <vector>

namespace cli {
namespace {

/// The number of latest runs that are searched for an id prefix.
constexpr std::int64_t maxSearched = 5000;

std::string quoted(std::string_view text) {
    return "\"" + forDisplay(text, Charset::utf8, 80).text + "\"";
}

/// The number of candidates of an ambiguous prefix that are shown.
constexpr std::size_t maxCandidates = 10;

/// The id that begins so, among the latest runs.
std::string findByPrefix(const refold::Client& client, const std::string& prefix, const refold::CallOptions& call) {
    refold::ListingOptions options;
    options.maxItems = maxSearched;
    std::vector<refold::Execution> found;
    refold::ExecutionListing listing = client.executions({}, options, call);
    for (const refold::Execution& run : listing) {
        if (run.id.rfind(prefix, 0) == 0) found.push_back(run);
        if (found.size() > maxCandidates) break;
    }
    if (found.size() == 1) return found.front().id;
    if (found.empty()) {
        const bool searchedAll = listing.report().complete;
        throw CommandError(ExitCode::refused,
                           noSuchRun(prefix) + (searchedAll ? std::string()
                                                            : "; the latest " + grouped(maxSearched) +
                                                                  " were searched for an id that begins with it; "
                                                                  "give the whole id of an older run"));
    }
    const bool areMore = found.size() > maxCandidates;
    if (areMore) found.pop_back();
    const auto now = std::chrono::time_point_cast<refold::Timestamp::duration>(std::chrono::system_clock::now());
    std::vector<std::string> lines = summaryLines(found, now);
    if (areMore) lines.emplace_back("and more");
    throw CommandError(ExitCode::usage, "several runs begin with " + quoted(prefix) + "; give more of the id:", lines);
}

/// True if another attempt may succeed, as a wait decides.
bool isOutage(const refold::Error& error) {
    const auto* const transport = dynamic_cast<const refold::TransportError*>(&error);
    return error.isTransient() || (transport != nullptr && transport->kind() == refold::TransportError::Kind::timeout);
}

}  // namespace

std::string noSuchRun(const std::string& id) {
    const char* const account = std::getenv("REFOLD_LINKED_ACCOUNT_ID");
    const bool isKnown = account != nullptr && *account != '\0';
    return "no run " + quoted(id) + (isKnown ? " for account " + quoted(account) : " for this session token's account");
}

refold::ExecutionDetail findRun(const refold::Client& client, const std::string& id, const refold::CallOptions& call) {
    try {
        return client.getExecution(id, call);
    } catch (const refold::NotFoundError&) {
        if (!mayBeIdPrefix(id)) {
            constexpr std::size_t shortestPrefix = 4;
            const bool isShort = id.size() < shortestPrefix;
            throw CommandError(ExitCode::refused,
                               noSuchRun(id) + (isShort ? "; the first letters of an id are at least 4" : ""));
        }
        return client.getExecution(findByPrefix(client, id, call), call);
    }
}

std::string wholeId(const refold::Client& client, const std::string& id, const refold::CallOptions& call) {
    return mayBeIdPrefix(id) ? findRun(client, id, call).id : id;
}

std::string wholeIdThroughOutages(const refold::Client& client, const std::string& id, refold::CallOptions call,
                                  std::optional<std::chrono::milliseconds> limit, const Console& console) {
    OutagePause outage(console, call.cancel);
    for (;;) {
        try {
            std::string whole = wholeId(client, id, call);
            outage.over();
            return whole;
        } catch (const refold::Error& error) {
            // A web page in place of JSON may also mean a wrong base URL, which never ends.
            std::optional<std::chrono::milliseconds> tolerated = limit;
            if (!limit && dynamic_cast<const refold::ResponseError*>(&error) != nullptr)
                tolerated = OutagePause::usualLimit;
            if (!isOutage(error) || !outage.before(tolerated, error)) throw;
        }
    }
}

void resolveExecutionId(const refold::Client& client, Filters& filters, const Interruption& interruption) {
    if (!filters.query.executionId || !mayBeIdPrefix(*filters.query.executionId)) return;
    refold::CallOptions call;
    call.cancel = interruption.token();
    filters.query.executionId = wholeId(client, *filters.query.executionId, call);
}

}  // namespace cli
