// Implements `refold-executions errors`, which groups failed runs by error.
#ifndef REFOLD_EXECUTIONS_ERRORS_COMMAND_HPP
#define REFOLD_EXECUTIONS_ERRORS_COMMAND_HPP

#include "console.hpp"
#include "execution_writer.hpp"
#include "filters.hpp"
#include "interruption.hpp"

#include <refold/client_options.hpp>

#include <cstdint>
#include <optional>

namespace cli {

struct ErrorsArguments {
    /// With the statuses of failed runs, or those that were asked for. Of other runs, those with a failed node count.
    Filters filters = {};
    refold::ClientOptions client = {};
    int prefetch = 1;
    /// Read the details of at most this many runs, the latest.
    std::int64_t max = 500;
    /// Unset: chosen by the kind of stdout.
    std::optional<Format> format = {};
};

void runErrors(const ErrorsArguments& arguments, Console& console, const Interruption& interruption);

}  // namespace cli

#endif
