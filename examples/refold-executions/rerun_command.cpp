// The id is written as soon as it is known: whatever goes wrong while the new run is waited for, it can be looked at.
#include "rerun_command.hpp"

#include "confirmation.hpp"
#include "display_text.hpp"
#include "wait_command.hpp"

#include <refold/client.hpp>

namespace cli {

ExitCode runRerun(const RerunArguments& arguments, Console& console, const Interruption& interruption) {
    const std::string& id = arguments.run.id;
    const refold::Client client = refold::Client::fromEnvironment(arguments.run.client);
    if (!arguments.yes && !confirm("Run " + id + " again? What it did, it will do again.", console, interruption)) {
        console.say("nothing was done");
        return ExitCode::declined;
    }
    refold::CallOptions call;
    call.cancel = interruption.token();
    std::string newId;
    try {
        newId = client.rerunExecution(id, call);
    } catch (const refold::Cancelled& error) {
        // `outcomeOf` has but one word for this, and here it matters what became of the request.
        if (error.outcomeUnknown()) console.complain(error.what());
        throw;
    }
    // One line in a pipe, too: a text that stands alone has no quotes to keep a line break in. Pipes take UTF-8 in any locale.
    const Terminal& terminal = console.dataTerminal();
    console.data().append(forDisplay(newId, terminal.isTerminal ? terminal.charset : Charset::utf8).text + "\n");
    console.data().flush();
    if (!arguments.wait) return ExitCode::done;

    const refold::ExecutionDetail run = waitFor(client, newId, *arguments.wait, console, interruption);
    console.say(finalLine(run, console.messageTerminal().charset));
    return run.status.isFailure() ? ExitCode::runFailed : ExitCode::done;
}

}  // namespace cli
