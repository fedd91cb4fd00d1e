#include "get_command.hpp"

#include "raw_json.hpp"
#include "run_report.hpp"

#include <refold/client.hpp>

namespace cli {

void runGet(const GetArguments& arguments, Console& console, const Interruption& interruption) {
    refold::CallOptions call;
    call.cancel = interruption.token();
    const refold::Client client = refold::Client::fromEnvironment(arguments.run.client);
    const refold::ExecutionDetail run = client.getExecution(arguments.run.id, call);
    const Terminal& terminal = console.dataTerminal();
    const RunFormat format = arguments.format.value_or(terminal.isTerminal ? RunFormat::table : RunFormat::json);
    if (format == RunFormat::table) {
        console.data().append(runReport(run, terminal));
    } else if (format == RunFormat::json && !terminal.isTerminal) {
        console.data().append(run.rawJson + "\n");
    } else {
        console.data().append(onOneLine(run.rawJson, terminal.isTerminal) + "\n");
    }
    console.data().flush();
}

}  // namespace cli
