#include "get_command.hpp"

#include "raw_json.hpp"
#include "run_lookup.hpp"
#include "run_report.hpp"

#include <refold/client.hpp>

namespace cli {

void runGet(const GetArguments& arguments, Console& console, const Interruption& interruption) {
    refold::CallOptions call;
    call.cancel = interruption.token();
    const refold::Client client = refold::Client::fromEnvironment(arguments.client);
    const refold::ExecutionDetail run = findRun(client, arguments.id, call);
    const Terminal& terminal = console.dataTerminal();
    const Format format = arguments.format.value_or(terminal.isTerminal ? Format::table : Format::json);
    if (format == Format::table) {
        console.data().append(runReport(run, terminal, arguments.allNodes));
    } else if (format == Format::json && !terminal.isTerminal) {
        console.data().append(run.rawJson + "\n");
    } else {
        console.data().append(onOneLine(run.rawJson, terminal.isTerminal) + "\n");
    }
    console.data().flush();
}

}  // namespace cli
