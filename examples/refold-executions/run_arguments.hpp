// What the commands on a single run were asked to do, read and checked: `get`, `wait`, `stop` and `rerun`.
#ifndef REFOLD_EXECUTIONS_RUN_ARGUMENTS_HPP
#define REFOLD_EXECUTIONS_RUN_ARGUMENTS_HPP

#include <refold/client_options.hpp>
#include <refold/wait_options.hpp>

#include <optional>
#include <string>

namespace cli {

enum class RunFormat { table, json, ndjson };

struct RunArguments {
    std::string id = {};
    refold::ClientOptions client = {};
};

struct GetArguments {
    RunArguments run = {};
    /// Unset: by where stdout leads to.
    std::optional<RunFormat> format = {};
};

struct WaitArguments {
    RunArguments run = {};
    refold::WaitOptions wait = {};
};

struct StopArguments {
    RunArguments run = {};
    /// Do not ask.
    bool yes = false;
};

struct RerunArguments {
    RunArguments run = {};
    bool yes = false;
    /// Set: wait until the new run has ended.
    std::optional<refold::WaitOptions> wait = {};
};

}  // namespace cli

#endif
