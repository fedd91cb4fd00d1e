// Holds the checked arguments of `list`.
#ifndef REFOLD_EXECUTIONS_LIST_ARGUMENTS_HPP
#define REFOLD_EXECUTIONS_LIST_ARGUMENTS_HPP

#include "execution_writer.hpp"
#include "filters.hpp"

#include <refold/client_options.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace cli {

/// Runs on a page of the server, unless --limit says otherwise.
inline constexpr std::int64_t defaultPageSize = 10;

struct ListArguments {
    Filters filters = {};
    refold::ClientOptions client = {};
    /// Every page from the first, or from that of the query, rather than one.
    bool all = false;
    std::optional<std::int64_t> max = {};
    int prefetch = 1;
    /// Unset: chosen by the kind of stdout.
    std::optional<Format> format = {};
    WriterOptions writer = {};
    std::optional<std::string> checkpoint = {};
};

}  // namespace cli

#endif
