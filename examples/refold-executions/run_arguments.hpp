// Holds the checked arguments of `get` and `wait`.
#ifndef REFOLD_EXECUTIONS_RUN_ARGUMENTS_HPP
#define REFOLD_EXECUTIONS_RUN_ARGUMENTS_HPP

#include "execution_writer.hpp"

#include <refold/client_options.hpp>
#include <refold/wait_options.hpp>

#include <optional>
#include <string>

namespace cli {

struct GetArguments {
    /// Perhaps only the first letters of one.
    std::string id = {};
    refold::ClientOptions client = {};
    /// Unset: chosen by the kind of stdout.
    std::optional<Format> format = {};
    /// The input and output of every node, rather than the output of the failed one.
    bool allNodes = false;
};

struct WaitArguments {
    std::string id = {};
    refold::ClientOptions client = {};
    refold::WaitOptions wait = {};
};

}  // namespace cli

#endif
