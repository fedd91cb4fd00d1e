// Implements `refold-executions demo-server`: runs the embedded server with a generated history, for users without an
// account.
#ifndef REFOLD_EXECUTIONS_DEMO_SERVER_HPP
#define REFOLD_EXECUTIONS_DEMO_SERVER_HPP

#include "console.hpp"
#include "interruption.hpp"

#include <cstddef>

namespace cli {

struct DemoServerArguments {
    /// 0: any free one.
    int port = 0;
    /// Runs of the last half year.
    std::size_t runs = 25000;
    /// The history changes by requests only.
    bool still = false;
};

/// Prints the variables to set, and serves until interrupted.
void runDemoServer(const DemoServerArguments& arguments, Console& console, const Interruption& interruption);

}  // namespace cli

#endif
