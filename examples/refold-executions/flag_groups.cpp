#include "flag_groups.hpp"

#include "exit_code.hpp"
#include "flag_values.hpp"
#include "platform/files.hpp"
#include "request_log.hpp"
#include "run_id.hpp"
#include "status_names.hpp"
#include "system_reason.hpp"

#include <refold/version.hpp>

#include <algorithm>
#include <limits>
#include <memory>
#include <utility>

namespace cli {
namespace {

constexpr std::int64_t noLargest = std::numeric_limits<std::int64_t>::max();
constexpr int deepestPrefetch = 64;

std::optional<ResolvedDate> dateOf(const char* flag, const Text& text, DateBound bound, refold::Timestamp now) {
    if (!text) return {};
    return ResolvedDate{*text, parseDate(flag, *text, bound, now)};
}

}  // namespace

void addText(CLI::App& app, const char* name, Text& target, const char* value, const char* description,
             const char* group) {
    // Not by CLI11's own optional, which takes an empty text for no value.
    const auto assign = [&target](const std::string& text) { target = text; };
    app.add_option_function<std::string>(name, assign, description)->option_text(value)->group(group);
}

void addFilters(CLI::App& app, FilterTexts& texts, FilterUse use) {
    const char* const group = "Filters";
    const char* const hidden = "";
    app.add_flag("--failed", texts.failed, "runs that failed: ERRORED, FAILED or TIMED_OUT")
        ->group(use.failed ? group : hidden);
    app.add_flag("--running", texts.running, "runs that are RUNNING")->group(use.running ? group : hidden);
    app.add_option("-s,--status", texts.statuses,
                   "runs of this status, in any case: COMPLETED, RUNNING, ERRORED, STOPPED, ...; several by commas, or "
                   "by giving the flag again")
        ->allow_extra_args(false)
        ->option_text("S,...")
        ->group(group);
    addText(app, "--since,--start-date", texts.startDate, "D", "created at D or later: 2h, today, 2026-06-16", group);
    addText(app, "--until,--end-date", texts.endDate, "D", "created at D or earlier; a bare date means all of that day",
            group);
    addText(app, "-w,--workflow-name", texts.workflowName, "S", "a workflow's name; on some servers a part of it",
            group);
    addText(app, "--workflow-id", texts.workflowId, "S", "a workflow's id", group);
    addText(app, "--slug", texts.slug, "S", "an application's slug", group);
    addText(app, "--execution-id", texts.executionId, "S", "one run's id", group);
    addText(app, "--execution-type", texts.executionType, "S", "SYNC or ASYNC", group);
    addText(app, "--execution-source", texts.executionSource, "S", "API_CALL, SCHEDULE, Event, ...", group);
    if (use.order != nullptr) app.add_flag("--sort-asc", texts.sortAsc, use.order)->group(group);
    if (use.pageSize) addText(app, "--limit", texts.limit, "N", "runs per page of the server's answers", group);
}

void addConnection(CLI::App& app, ConnectionTexts& texts, bool readsPages) {
    const char* const group = "Connection";
    addText(app, "--base-url", texts.baseUrl, "URL", "the server (default: https://app.refold.ai)", group);
    addText(app, "--timeout", texts.timeout, "S", "time limit of a call with its retries: 30, 5s, 2m (default: 60)",
            group);
    addText(app, "--retries", texts.retries, "N", "retries of a failed request (default: 3)", group);
    if (readsPages) {
        addText(app, "--prefetch", texts.prefetch, "N", "pages in flight ahead, 0 to 64 (default: 1)", group);
    }
    addText(app, "--rate", texts.rate, "N|off", "limit of requests per second (default: 20)", group);
    addText(app, "--ca-file", texts.caFile, "FILE", "trust these certificate authorities (PEM), not the system's",
            group);
    addText(app, "--proxy", texts.proxy, "URL", "use this proxy", group);
    app.add_flag("--allow-plain-http", texts.allowPlainHttp, "send credentials over http to another machine")
        ->group(group);
    const char* const messages = "Global flags";
    app.add_flag("-q,--quiet", texts.quiet, "no progress and no summaries on stderr, only warnings and errors")
        ->group(messages);
    app.add_flag("-v,--verbose", texts.verbose, "each request and its answer on stderr")->group(messages);
    addInformation(app);
}

void addInformation(CLI::App& app) {
    app.set_help_flag("-h,--help", "print this help")->group("Global flags");
    app.set_version_flag("--version", std::string("refold-executions ") + refold::version(), "print the version")
        ->group("Global flags");
}

std::optional<std::string> textOf(const char* flag, const Text& text) {
    if (!text) return {};
    return parseText(flag, *text);
}

std::optional<std::int64_t> countOf(const char* flag, const Text& text) {
    if (!text) return {};
    return parseInteger(flag, *text, 1, noLargest);
}

std::optional<Format> formatOf(const Text& text, const std::vector<Format>& accepted) {
    if (!text) return {};
    std::string names;
    for (std::size_t i = 0; i < accepted.size(); ++i) {
        if (nameOf(accepted[i]) == *text) return accepted[i];
        names += (i == 0 ? "" : i + 1 == accepted.size() ? " or " : ", ") + std::string(nameOf(accepted[i]));
    }
    throw UsageError("--format: '" + *text + "' is not accepted: it takes " + names);
}

namespace {

/// The filters with their names for reports, in the order of the help.
void noteApplied(const FilterTexts& texts, Filters& filters) {
    std::string statuses;
    for (const refold::ExecutionStatus& status : filters.statuses) {
        statuses += (statuses.empty() ? "" : " or ") + status.value();
    }
    const auto add = [&filters](const char* name, const Text& text) {
        if (text) filters.applied.push_back({name, *text});
    };
    if (!statuses.empty()) filters.applied.push_back({"status", statuses});
    add("slug", texts.slug);
    add("workflow id", texts.workflowId);
    add("workflow name", texts.workflowName);
    add("execution id", filters.query.executionId);
    add("execution type", texts.executionType);
    add("execution source", texts.executionSource);
}

}  // namespace

Filters readFilters(const FilterTexts& texts, refold::Timestamp now) {
    Filters filters;
    refold::ExecutionQuery& query = filters.query;
    query.limit = countOf("--limit", texts.limit);
    for (const std::string& text : texts.statuses) addStatuses(text, filters);
    if (texts.failed) {
        for (const refold::ExecutionStatus& status : failureStatuses()) addStatus(status, filters);
    }
    if (texts.running) addStatus(refold::ExecutionStatus::Running, filters);
    query.slug = textOf("--slug", texts.slug);
    query.workflowId = textOf("--workflow-id", texts.workflowId);
    query.workflowName = textOf("--workflow-name", texts.workflowName);
    if (texts.executionId) query.executionId = runIdIn("--execution-id", *texts.executionId);
    if (const auto text = textOf("--execution-type", texts.executionType)) query.executionType = *text;
    if (const auto text = textOf("--execution-source", texts.executionSource)) query.executionSource = *text;
    if (texts.sortAsc) query.sortAsc = true;
    noteApplied(texts, filters);

    filters.since = dateOf("--since", texts.startDate, DateBound::start, now);
    filters.until = dateOf("--until", texts.endDate, DateBound::end, now);
    if (filters.since && filters.until && filters.since->time > filters.until->time) {
        throw UsageError("--since (--start-date): '" + filters.since->text + "' (" +
                         refold::formatTimestamp(filters.since->time) + ") is after --until (--end-date) '" +
                         filters.until->text + "' (" + refold::formatTimestamp(filters.until->time) + ")");
    }
    return filters;
}

refold::ClientOptions readConnection(const ConnectionTexts& texts) {
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
        if (const int error = platform::checkReadable(*file)) {
            throw UsageError("--ca-file: '" + *file + "' cannot be read: " + reasonOf(error));
        }
        options.caFile = *file;
    }
    options.proxy = textOf("--proxy", texts.proxy);
    options.allowPlainHttp = texts.allowPlainHttp;
    // With one try there is nothing to save time for.
    if (options.retry.maxAttempts == 1) options.attemptTimeout = options.timeout;
    if (texts.verbose) options.observer = std::make_shared<RequestLog>();
    return options;
}

int readPrefetch(const ConnectionTexts& texts) {
    if (!texts.prefetch) return 1;
    return static_cast<int>(parseInteger("--prefetch", *texts.prefetch, 0, deepestPrefetch));
}

Run prepared(const ConnectionTexts& texts, std::vector<std::string> warnings, Run run) {
    const bool quiet = texts.quiet;
    return [quiet, warnings = std::move(warnings), run = std::move(run)](Console& console,
                                                                         const Interruption& interruption) {
        if (quiet) console.setQuiet();
        for (const std::string& warning : warnings) console.report("warning: " + warning);
        return run(console, interruption);
    };
}

}  // namespace cli
