// Declares the flags that commands share: filters, connection and verbosity. CLI11 stores them as texts;
// flag_values.hpp reads them, with better messages. Used by the files that declare a command's flags.
#ifndef REFOLD_EXECUTIONS_FLAG_GROUPS_HPP
#define REFOLD_EXECUTIONS_FLAG_GROUPS_HPP

#include "command.hpp"
#include "execution_writer.hpp"
#include "filters.hpp"

#include <refold/client_options.hpp>
#include <refold/timestamp.hpp>

#include <CLI/CLI.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cli {

/// A flag with a value, as text.
using Text = std::optional<std::string>;

struct FilterTexts {
    Text limit, slug, workflowId, workflowName, executionId, startDate, endDate, executionType, executionSource;
    std::vector<std::string> statuses;
    bool failed = false;
    bool running = false;
    bool sortAsc = false;
};

/// The optional filter flags of a command.
struct FilterUse {
    /// The description of --sort-asc, for commands that show runs in an order; null: no such flag.
    const char* order = nullptr;
    /// Adds --limit, for commands that read pages.
    bool pageSize = true;
    // Shows --failed and --running in the help. A command for which they select nothing refuses them with the reason.
    bool failed = true;
    bool running = true;
};

struct ConnectionTexts {
    Text baseUrl, timeout, retries, prefetch, rate, caFile, proxy;
    bool allowPlainHttp = false;
    bool quiet = false;
    bool verbose = false;
};

/// `name` as CLI11 spells several: `-L,--max`.
void addText(CLI::App& app, const char* name, Text& target, const char* value, const char* description,
             const char* group);
void addFilters(CLI::App& app, FilterTexts& texts, FilterUse use = {});
/// The connection to the server, `--quiet`, `--verbose` and `--help`.
/// \param readsPages  whether the command reads pages ahead
void addConnection(CLI::App& app, ConnectionTexts& texts, bool readsPages);
/// `--help` and `--version`, which every command has.
void addInformation(CLI::App& app);

// Each throws `UsageError` for a value that cannot be.

std::optional<std::string> textOf(const char* flag, const Text& text);
std::optional<std::int64_t> countOf(const char* flag, const Text& text);
/// \param accepted  the formats that the command has
std::optional<Format> formatOf(const Text& text, const std::vector<Format>& accepted);
Filters readFilters(const FilterTexts& texts, refold::Timestamp now);
refold::ClientOptions readConnection(const ConnectionTexts& texts);
int readPrefetch(const ConnectionTexts& texts);
/// Applies `--quiet` and prints the warnings before `run`.
Run prepared(const ConnectionTexts& texts, std::vector<std::string> warnings, Run run);

}  // namespace cli

#endif
