#include "stop_command.hpp"

#include "confirmation.hpp"

#include <refold/client.hpp>

namespace cli {

ExitCode runStop(const StopArguments& arguments, Console& console, const Interruption& interruption) {
    const std::string& id = arguments.run.id;
    if (!arguments.yes && !confirm("Stop run " + id + "?", console, interruption)) {
        console.say("nothing was done");
        return ExitCode::declined;
    }
    refold::CallOptions call;
    call.cancel = interruption.token();
    refold::Client::fromEnvironment(arguments.run.client).stopExecution(id, call);
    console.say("the server was asked to stop run " + id);
    return ExitCode::done;
}

}  // namespace cli
