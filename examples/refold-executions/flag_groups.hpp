// The flags that commands share: the filters on runs, and how to reach the server. Each group is declared on CLI11's app as
// texts, and read afterwards by flag_values.hpp, whose messages say more. Used by the files that describe a command's flags.
#ifndef REFOLD_EXECUTIONS_FLAG_GROUPS_HPP
#define REFOLD_EXECUTIONS_FLAG_GROUPS_HPP

#include "list_arguments.hpp"

#include <refold/client_options.hpp>
#include <refold/timestamp.hpp>

#include <CLI/CLI.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace cli {

/// A flag with a value, as text.
using Text = std::optional<std::string>;

struct FilterTexts {
    Text limit, status, slug, workflowId, workflowName, executionId, startDate, endDate, executionType, executionSource;
    bool sortAsc = false;
};

struct WireTexts {
    Text baseUrl, timeout, retries, prefetch, rate, caFile, proxy;
    bool allowPlainHttp = false;
};

void addText(CLI::App& app, const char* name, Text& target, const char* value, const char* description,
             const char* group);
void addFilters(CLI::App& app, FilterTexts& texts);
void addWire(CLI::App& app, WireTexts& texts);
/// `--help` and `--version`, which every command has.
void addInformation(CLI::App& app);

// Each throws `UsageError` for a value that cannot be.

std::optional<std::string> textOf(const char* flag, const Text& text);
std::optional<std::int64_t> countOf(const char* flag, const Text& text);
std::optional<Format> formatOf(const Text& text);
Filters readFilters(const FilterTexts& texts, refold::Timestamp now);
refold::ClientOptions readWire(const WireTexts& texts);

}  // namespace cli

#endif
