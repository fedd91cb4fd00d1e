#include "flag_groups.hpp"

#include "exit_code.hpp"
#include "flag_values.hpp"
#include "system_reason.hpp"

#include <refold/version.hpp>

#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <limits>

namespace cli {
namespace {

constexpr std::int64_t noLargest = std::numeric_limits<std::int64_t>::max();

}  // namespace

void addText(CLI::App& app, const char* name, Text& target, const char* value, const char* description,
             const char* group) {
    // Not by CLI11's own optional, which takes an empty text for no value.
    const auto assign = [&target](const std::string& text) { target = text; };
    app.add_option_function<std::string>(name, assign, description)->option_text(value)->group(group);
}

void addFilters(CLI::App& app, FilterTexts& texts) {
    const char* const group = "Filters";
    addText(app, "--limit", texts.limit, "N", "runs per page (the server's default: 10; with --all: 100)", group);
    addText(app, "--status", texts.status, "S", "COMPLETED, RUNNING, FAILED, ERRORED, STOPPED, ...", group);
    addText(app, "--slug", texts.slug, "S", "an application's slug", group);
    addText(app, "--workflow-id", texts.workflowId, "S", "a workflow's id", group);
    addText(app, "--workflow-name", texts.workflowName, "S", "a workflow's name, on some servers a part of it", group);
    addText(app, "--execution-id", texts.executionId, "S", "one run's id", group);
    addText(app, "--start-date", texts.startDate, "D", "created at D or later", group);
    addText(app, "--end-date", texts.endDate, "D", "created at D or earlier; a bare date means all of that day", group);
    addText(app, "--execution-type", texts.executionType, "S", "SYNC or ASYNC", group);
    addText(app, "--execution-source", texts.executionSource, "S", "API_CALL, SCHEDULE, Event, ...", group);
    app.add_flag("--sort-asc", texts.sortAsc, "oldest first (the server's default: newest first)")->group(group);
}

void addWire(CLI::App& app, WireTexts& texts) {
    const char* const group = "Wire";
    addText(app, "--base-url", texts.baseUrl, "URL", "where the API is (default: https://app.refold.ai)", group);
    addText(app, "--timeout", texts.timeout, "S", "seconds for a call with its retries (default: 60)", group);
    addText(app, "--retries", texts.retries, "N", "tries of a request after the first (default: 3)", group);
    addText(app, "--prefetch", texts.prefetch, "N", "with --all: pages in flight ahead, 0 to 64 (default: 1)", group);
    addText(app, "--rate", texts.rate, "N|off", "requests per second at most (default: 20)", group);
    addText(app, "--ca-file", texts.caFile, "FILE", "trust these certificate authorities (PEM), not the system's",
            group);
    addText(app, "--proxy", texts.proxy, "URL", "go through this proxy", group);
    app.add_flag("--allow-plain-http", texts.allowPlainHttp, "send credentials over http to another machine")
        ->group(group);
}

void addInformation(CLI::App& app) {
    app.set_help_flag("-h,--help", "print this help");
    app.set_version_flag("--version", std::string("refold-executions ") + refold::version(), "print the version");
}

std::optional<std::string> textOf(const char* flag, const Text& text) {
    if (!text) return {};
    return parseText(flag, *text);
}

std::optional<std::int64_t> countOf(const char* flag, const Text& text) {
    if (!text) return {};
    return parseInteger(flag, *text, 1, noLargest);
}

namespace {

std::optional<ResolvedDate> dateOf(const char* flag, const Text& text, DateBound bound, refold::Timestamp now) {
    if (!text) return {};
    return ResolvedDate{*text, parseDate(flag, *text, bound, now)};
}

}  // namespace

std::optional<Format> formatOf(const Text& text) {
    if (!text) return {};
    const std::optional<Format> format = formatNamed(*text);
    if (!format) throw UsageError("--format: '" + *text + "' is not accepted: it takes table, ndjson, json or csv");
    return format;
}

Filters readFilters(const FilterTexts& texts, refold::Timestamp now) {
    Filters filters;
    refold::ExecutionQuery& query = filters.query;
    query.limit = countOf("--limit", texts.limit);
    if (const auto text = textOf("--status", texts.status)) query.status = *text;
    query.slug = textOf("--slug", texts.slug);
    query.workflowId = textOf("--workflow-id", texts.workflowId);
    query.workflowName = textOf("--workflow-name", texts.workflowName);
    query.executionId = textOf("--execution-id", texts.executionId);
    if (const auto text = textOf("--execution-type", texts.executionType)) query.executionType = *text;
    if (const auto text = textOf("--execution-source", texts.executionSource)) query.executionSource = *text;
    if (texts.sortAsc) query.sortAsc = true;

    filters.startDate = dateOf("--start-date", texts.startDate, DateBound::start, now);
    filters.endDate = dateOf("--end-date", texts.endDate, DateBound::end, now);
    if (filters.startDate && filters.endDate && filters.startDate->time > filters.endDate->time) {
        throw UsageError("--start-date: '" + filters.startDate->text + "' (" +
                         refold::formatTimestamp(filters.startDate->time) + ") lies after --end-date '" +
                         filters.endDate->text + "' (" + refold::formatTimestamp(filters.endDate->time) + ")");
    }
    return filters;
}

refold::ClientOptions readWire(const WireTexts& texts) {
    refold::ClientOptions options;
    if (const auto url = textOf("--base-url", texts.baseUrl)) {
        // Client::fromEnvironment takes the default for "not set" and would prefer REFOLD_BASE_URL to it; a flag rules.
        options.baseUrl = *url == options.baseUrl ? *url + "/" : *url;
    }
    if (texts.timeout) options.timeout = parseSeconds("--timeout", *texts.timeout);
    if (texts.retries) {
        options.retry.maxAttempts = static_cast<int>(parseInteger("--retries", *texts.retries, 0, 1000)) + 1;
        options.retry.quota = std::max(options.retry.quota, options.retry.maxAttempts);
    }
    if (texts.rate) options.rateLimit = parseRate("--rate", *texts.rate);
    if (const auto file = textOf("--ca-file", texts.caFile)) {
        if (::access(file->c_str(), R_OK) != 0) {
            throw UsageError("--ca-file: '" + *file + "' cannot be read: " + reasonOf(errno));
        }
        options.caFile = *file;
    }
    options.proxy = textOf("--proxy", texts.proxy);
    options.allowPlainHttp = texts.allowPlainHttp;
    // With one try there is nothing to save time for.
    if (options.retry.maxAttempts == 1) options.attemptTimeout = options.timeout;
    return options;
}

}  // namespace cli
