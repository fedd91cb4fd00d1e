// `refold-executions stop`
#ifndef REFOLD_EXECUTIONS_STOP_COMMAND_HPP
#define REFOLD_EXECUTIONS_STOP_COMMAND_HPP

#include "console.hpp"
#include "interruption.hpp"
#include "run_arguments.hpp"

namespace cli {

///  asks, and then asks the server to stop a run.:Returns when the server has taken note, or the user has said no.
void runStop(const StopArguments& arguments, Console& console, const Interruption& interruption);

}  // namespace cli

#endif
