// Prints a single page here, and passes a longer listing to `Export`.
#include "list_command.hpp"

#include "export.hpp"
#include "number_text.hpp"
#include "platform/streams.hpp"
#include "progress_bar.hpp"
#include "request_counter.hpp"
#include "request_log.hpp"
#include "run_listing.hpp"
#include "run_lookup.hpp"
#include "run_reasons.hpp"
#include "status_names.hpp"
#include "table_format.hpp"

#include <refold/client.hpp>

#include <algorithm>
#include <memory>

namespace cli {
namespace {

/// Returns a page that is not one of the server's, cut out of the listing: the server knows pages of one status only.
refold::Page<refold::Execution> pageOfListing(const refold::Client& client, const Filters& filters,
                                              const RequestCounter& counter, const refold::CallOptions& call) {
    Filters wanted = filters;
    refold::Page<refold::Execution> page;
    page.page = wanted.query.page.value_or(1);
    page.limit = wanted.query.limit.value_or(defaultPageSize);
    wanted.query.page = {};
    wanted.query.limit = page.limit;
    // Pages that grow pass many runs outside the dates with few requests.
    if (counter.datesAreDays()) wanted.query.limit = {};
    refold::ListingOptions options;
    options.prefetch = 0;
    // One more tells whether another page follows.
    options.maxItems = page.page * page.limit + 1;
    RunListing listing(client, wanted, options, call);
    const std::int64_t skipped = (page.page - 1) * page.limit;
    std::int64_t place = 0;
    for (; const refold::Execution* const run = listing.next(); ++place) {
        if (place >= skipped + page.limit) {
            page.hasNextPage = true;
            break;
        }
        if (place >= skipped) page.docs.push_back(*run);
    }
    if (!page.hasNextPage) {
        page.totalDocs = place;
    } else if (!counter.datesAreDays()) {
        // Otherwise the server also counts runs outside the dates.
        page.totalDocs = listing.total();
    }
    page.totalPages = (page.totalDocs + page.limit - 1) / page.limit;
    return page;
}

refold::Page<refold::Execution> readPage(const refold::Client& client, const Filters& filters,
                                         const RequestCounter& counter, const refold::CallOptions& call) {
    if (filters.statuses.size() > 1) return pageOfListing(client, filters, counter, call);
    refold::ExecutionQuery query = filters.datedQuery();
    if (!filters.statuses.empty()) query.status = filters.statuses.front();
    refold::Page<refold::Execution> page = client.listExecutions(query, call);
    // A server that accepts days only fills its pages with runs outside the dates, which the client drops.
    return counter.datesAreDays() ? pageOfListing(client, filters, counter, call) : page;
}

std::string totalsOf(const refold::Page<refold::Execution>& page) {
    std::string totals = "page " + grouped(page.page);
    if (page.totalPages > 0) totals += " of " + grouped(page.totalPages);
    if (page.totalDocs > 0) totals += ", " + counted(page.totalDocs, "run") + " in all";
    if (page.hasNextPage) {
        totals += "; more: --page " + std::to_string(page.page + 1) + ", --max 100, or --all";
    }
    return totals;
}

void writeRuns(const refold::Page<refold::Execution>& page, const ListArguments& arguments,
               const refold::Client& client, const refold::CallOptions& call, ExecutionWriter& writer) {
    if (!needReasons(arguments.writer.columns)) {
        writer.writePage(page);
        return;
    }
    const auto reasons = readReasons(client, page.docs, call);
    writer.begin(false);
    for (std::size_t i = 0; i < page.docs.size(); ++i) writer.write({page.docs[i], reasons[i]});
    writer.end();
}

/// Reports that no runs match, and if the filters find only a part of the failed runs, also which flag finds
/// all.
/// \param total  how many runs match on other pages
void reportNoMatch(const Filters& filters, std::int64_t total, bool isTable, const Console& console) {
    const std::string hint = siblingHint(filters);
    if (total > 0) {
        console.say("no runs on this page; " + counted(total, "run") + " in all");
    } else if (!hint.empty()) {
        console.report("no runs match; " + hint);
    } else if (isTable || console.messageTerminal().isTerminal) {
        console.say("no runs match");
    }
}

void printPage(const ListArguments& arguments, const refold::Client& client, const RequestCounter& counter,
               ExecutionWriter& writer, Console& console, const Interruption& interruption, ProgressBar& progress) {
    refold::CallOptions call;
    call.cancel = interruption.token();
    const refold::Page<refold::Execution> page = readPage(client, arguments.filters, counter, call);
    const bool isEmpty = page.empty();
    writeRuns(page, arguments, client, call, writer);
    progress.stop();
    console.data().flush();
    if (isEmpty) {
        reportNoMatch(arguments.filters, page.totalDocs, arguments.format == Format::table, console);
        return;
    }
    reportLeftOut(writer.leftOut(), console, "choose with --columns");
    if (arguments.format == Format::table || console.messageTerminal().isTerminal) console.say(totalsOf(page));
}

}  // namespace

void runList(const ListArguments& given, Console& console, const Interruption& interruption) {
    ListArguments arguments = given;
    if (!arguments.format) arguments.format = console.dataTerminal().isTerminal ? Format::table : Format::ndjson;

    std::optional<Resumption> resumption;
    if (arguments.checkpoint) resumption = Resumption::load(arguments, console);

    const auto counter = std::make_shared<RequestCounter>();
    arguments.client.observer = observerOf(arguments.client.observer, counter);
    const refold::Client client = refold::Client::fromEnvironment(arguments.client);
    resolveExecutionId(client, arguments.filters, interruption);
    const std::unique_ptr<ExecutionWriter> writer =
        makeWriter(*arguments.format, console.data(), console.dataTerminal(), arguments.writer);

    if (arguments.all) {
        Export(arguments, std::move(resumption), *writer, console, interruption, counter).run(client);
    } else {
        ProgressBar progress(platform::standardError, console.messageTerminal(), counter);
        printPage(arguments, client, *counter, *writer, console, interruption, progress);
    }
}

}  // namespace cli
