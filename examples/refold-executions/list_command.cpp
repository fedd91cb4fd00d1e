// Puts the pieces together for a single page, and hands a whole listing to `Export`.
#include "list_command.hpp"

#include "export.hpp"
#include "number_text.hpp"
#include "progress_bar.hpp"
#include "request_counter.hpp"

#include <refold/client.hpp>

#include <unistd.h>
#include <algorithm>
#include <memory>

namespace cli {
namespace {

void printPage(const ListArguments& arguments, const refold::Client& client, ExecutionWriter& writer, Console& console,
               const Interruption& interruption, ProgressBar& progress) {
    refold::CallOptions call;
    call.cancel = interruption.token();
    refold::Page<refold::Execution> page = client.listExecutions(arguments.filters.query, call);
    progress.stop();

    if (arguments.max && static_cast<std::int64_t>(page.size()) > *arguments.max) {
        page.docs.resize(static_cast<std::size_t>(*arguments.max));
    }
    writer.writePage(page);
    console.data().flush();
    if (arguments.format != Format::table && !console.messageTerminal().isTerminal) return;
    if (page.empty()) {
        console.say(page.totalDocs > 0 ? "no runs on this page; " + counted(page.totalDocs, "run") + " in all"
                                       : "no runs match");
        return;
    }
    std::string totals = "page " + grouped(page.page);
    if (page.totalPages > 0) totals += " of " + grouped(page.totalPages);
    if (page.totalDocs > 0) totals += ", " + counted(page.totalDocs, "run") + " in all";
    console.say(totals);
}

}  // namespace

void runList(const ListArguments& given, Console& console, const Interruption& interruption) {
    ListArguments arguments = given;
    if (!arguments.format) arguments.format = console.dataTerminal().isTerminal ? Format::table : Format::ndjson;

    std::optional<Resumption> resumption;
    if (arguments.checkpoint) resumption = Resumption::load(arguments, console);
    refold::ExecutionQuery& query = arguments.filters.query;
    if (arguments.filters.startDate) query.startDate = arguments.filters.startDate->time;
    if (arguments.filters.endDate) query.endDate = arguments.filters.endDate->time;

    const auto counter = std::make_shared<RequestCounter>();
    arguments.client.observer = counter;
    const refold::Client client = refold::Client::fromEnvironment(arguments.client);
    const std::unique_ptr<ExecutionWriter> writer =
        makeWriter(*arguments.format, console.data(), console.dataTerminal());

    if (arguments.all) {
        Export(arguments, std::move(resumption), *writer, console, interruption, counter).run(client);
    } else {
        ProgressBar progress(STDERR_FILENO, console.messageTerminal(), counter);
        printPage(arguments, client, *writer, console, interruption, progress);
    }
}

}  // namespace cli
