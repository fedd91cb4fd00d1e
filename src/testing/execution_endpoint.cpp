// Answers listings from the history.
#include "testing/execution_endpoint.hpp"

#include "testing/http_error_type.hpp"
#include "testing/page_json.hpp"
#include "testing/query_parameters.hpp"
#include "testing/run_json.hpp"

#include <algorithm>
#include <limits>

namespace refold::internal::fake {

using refold::testing::DateGranularity;
using refold::testing::FakeAnswer;
using refold::testing::FakeRequest;
using refold::testing::FakeServerOptions;

namespace {

constexpr std::string_view listPath = "/api/v2/public/execution";
constexpr std::int64_t day = std::int64_t{24} * 3600 * 1000;

bool boolean(const QueryParameters& parameters, std::string_view name) {
    const std::string* text = parameters.find(name);
    if (text == nullptr || *text == "false") return false;
    if (*text == "true") return true;
    throw BadParameter(std::string(name) + " must be true or false");
}

std::optional<Timestamp> date(const QueryParameters& parameters, std::string_view name,
                              const FakeServerOptions& options) {
    const std::string text = parameters.text(name);
    if (text.empty()) return std::nullopt;
    auto time = parseTimestamp(text);
    const bool wholeDay = text.find('T') == std::string::npos && text.find(' ') == std::string::npos;
    if (options.daysOnly && !(time && wholeDay)) throw BadParameter(std::string(name) + " must be YYYY-MM-DD");
    if (!time) throw BadParameter(std::string(name) + " must be an ISO 8601 date");
    if (wholeDay && name == "end_date" && !options.endDateIsMidnight) *time += std::chrono::milliseconds(day - 1);
    return time;
}

std::vector<std::string> split(std::string_view list) {
    std::vector<std::string> parts;
    while (!list.empty()) {
        const std::string_view part = list.substr(0, list.find(','));
        list.remove_prefix(std::min(list.size(), part.size() + 1));
        if (!part.empty()) parts.emplace_back(part);
    }
    return parts;
}

std::int64_t unitOf(DateGranularity granularity) {
    switch (granularity) {
        case DateGranularity::second:
            return 1000;
        case DateGranularity::day:
            return day;
        default:
            return 1;
    }
}

std::int64_t floorTo(std::int64_t value, std::int64_t unit) {
    const std::int64_t rest = value % unit;
    return value - (rest < 0 ? rest + unit : rest);
}

}  // namespace

FakeAnswer errorAnswer(int status, std::string_view message, std::uint64_t requestNumber, std::string_view code) {
    FakeAnswer answer;
    answer.status = status;
    answer.body = "{\"status_code\":" + std::to_string(status) + ",\"http_error_type\":\"" + httpErrorType(status) +
                  "\",\"error_code\":\"" + std::string(code) + "\",\"message\":";
    appendJsonString(answer.body, message);
    answer.body += ",\"request_id\":\"fake-request-" + std::to_string(requestNumber) + "\"}";
    return answer;
}

void narrow(RunFilter& filter, std::optional<Timestamp> start, std::optional<Timestamp> end,
            const FakeServerOptions& options) {
    if (options.dateGranularity == DateGranularity::ignored) return;
    const std::int64_t unit = unitOf(options.dateGranularity);
    if (start) {
        filter.from = floorTo(start->time_since_epoch().count(), unit) + (options.exclusiveDates ? unit : 0);
    }
    if (end) {
        filter.to = floorTo(end->time_since_epoch().count(), unit) - 1 + (options.exclusiveDates ? 0 : unit);
    }
}

RunFilter toFilter(const ExecutionQuery& query, const FakeServerOptions& options) {
    RunFilter filter;
    if (query.status) filter.status = query.status->value();
    if (query.slug) filter.slugs = split(*query.slug);
    filter.workflowId = query.workflowId.value_or("");
    filter.workflowName = query.workflowName.value_or("");
    filter.executionId = query.executionId.value_or("");
    if (query.executionType) filter.type = query.executionType->value();
    if (query.executionSource) filter.source = query.executionSource->value();
    narrow(filter, query.startDate, query.endDate, options);
    return filter;
}

ExecutionEndpoint::ExecutionEndpoint(const FakeServerOptions& options, const Accounts& accounts)
    : options_(options), accounts_(accounts) {
}

FakeAnswer ExecutionEndpoint::answer(const FakeRequest& request, const History& history, std::uint64_t requestNumber,
                                     const std::function<void()>& betweenCountAndItems) const {
    if (request.path != listPath || (request.method != "GET" && request.method != "HEAD")) {
        return errorAnswer(404, "Cannot " + request.method + " " + request.path, requestNumber);
    }
    if (auto refusal = accounts_.refuse(request, requestNumber)) return *std::move(refusal);
    try {
        const QueryParameters parameters(request.query);
        PageWanted wanted;
        wanted.page = positiveNumber(parameters, "page", 1);
        wanted.limit = positiveNumber(parameters, "limit", options_.defaultLimit);
        wanted.ascending = boolean(parameters, "sortAsc");
        RunFilter filter;
        filter.status = parameters.text("status");
        filter.slugs = split(parameters.text("slug"));
        filter.workflowId = parameters.text("workflow_id");
        filter.workflowName = parameters.text("workflow_name");
        filter.executionId = parameters.text("execution_id");
        filter.type = parameters.text("execution_type");
        filter.source = parameters.text("execution_source");
        narrow(filter, date(parameters, "start_date", options_), date(parameters, "end_date", options_), options_);
        return page(filter, wanted, history, betweenCountAndItems);
    } catch (const BadParameter& error) {
        return errorAnswer(400, error.what(), requestNumber);
    }
}

FakeAnswer ExecutionEndpoint::page(const RunFilter& filter, const PageWanted& wanted, const History& history,
                                   const std::function<void()>& betweenCountAndItems) const {
    const PagePosition place(wanted.page, wanted.limit, static_cast<std::int64_t>(history.count(filter)), options_);
    betweenCountAndItems();
    FakeAnswer answer;
    std::string& body = answer.body;
    body.reserve(1024 * static_cast<std::size_t>(std::min<std::int64_t>({place.limit, place.total, 256})) + 256);
    body = "{\"docs\":[";
    if (!place.isBeyond()) {
        history.appendRuns(body, filter, wanted.ascending, static_cast<std::size_t>(place.first()),
                           static_cast<std::size_t>(place.limit));
    }
    appendEnvelope(body, place, options_);
    return answer;
}

}  // namespace refold::internal::fake
