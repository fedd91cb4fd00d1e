// What `list` was asked to do, read and checked.
#ifndef REFOLD_EXECUTIONS_LIST_ARGUMENTS_HPP
#define REFOLD_EXECUTIONS_LIST_ARGUMENTS_HPP

#include "checkpoint_file.hpp"
#include "execution_writer.hpp"

#include <refold/client_options.hpp>
#include <refold/execution_query.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace cli {

/// The flags that narrow down which executions are meant; every command that reads a history has them.
struct Filters {
    refold::ExecutionQuery query = {};
    std::optional<ResolvedDate> startDate = {};
    std::optional<ResolvedDate> endDate = {};
};

struct ListArguments {
    Filters filters = {};
    refold::ClientOptions client = {};
    bool all = false;
    std::optional<std::int64_t> max = {};
    int prefetch = 1;
    /// Unset: by where stdout leads to.
    std::optional<Format> format = {};
    std::optional<std::string> checkpoint = {};
};

}  // namespace cli

#endif
