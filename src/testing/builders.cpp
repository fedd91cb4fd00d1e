// Builds executions and pages.
#include <refold/testing/builders.hpp>

#include <refold/json.hpp>

#include "testing/http_error_type.hpp"
#include "testing/run_json.hpp"

#include <algorithm>
#include <stdexcept>

namespace refold {
inline namespace v0 {
namespace testing {

namespace {

std::string jsonString(std::string_view text) {
    std::string json;
    internal::fake::appendJsonString(json, text);
    return json;
}

/// The numbers with missing ones derived.
struct WholeNumbers {
    std::int64_t page;
    std::int64_t limit;
    std::int64_t totalDocs;
    std::int64_t totalPages;
    bool hasNextPage;

    WholeNumbers(const PageNumbers& numbers, std::size_t runs)
        : page(numbers.page),
          limit(numbers.limit.value_or(std::max<std::int64_t>(1, static_cast<std::int64_t>(runs)))) {
        totalDocs = numbers.totalDocs.value_or((page - 1) * limit + static_cast<std::int64_t>(runs));
        totalPages = limit > 0 ? (totalDocs + limit - 1) / limit : 0;
        hasNextPage = numbers.hasNextPage.value_or(page < totalPages);
    }
};

}  // namespace

ExecutionBuilder::ExecutionBuilder(std::string_view id) {
    text("_id", id);
    name("Execution for workflow wf_daily_sync");
    orgId("org_test");
    environment(Environment::Test);
    status(ExecutionStatus::Completed);
    application("app_hubspot", "Hubspot");
    workflow("wf_daily_sync", "Daily Sync");
    triggerApplicationEvent("On a schedule");
    linkedAccountId("user_12345");
    configId("user_12345");
    typeOfExecution(ExecutionType::Async);
    createdAt("2026-06-16T13:15:00.000Z");
}

ExecutionBuilder& ExecutionBuilder::put(std::string_view name, std::string json) {
    const auto known =
        std::find_if(fields_.begin(), fields_.end(), [&](const auto& field) { return field.first == name; });
    if (known != fields_.end()) {
        known->second = std::move(json);
    } else {
        fields_.emplace_back(std::string(name), std::move(json));
    }
    return *this;
}

ExecutionBuilder& ExecutionBuilder::text(std::string_view name, std::string_view value) {
    return put(name, jsonString(value));
}

ExecutionBuilder& ExecutionBuilder::object(std::string_view name, std::string_view id, std::string_view itsName) {
    return put(name, "{\"_id\":" + jsonString(id) + ",\"name\":" + jsonString(itsName) + ",\"icon\":\"\"}");
}

ExecutionBuilder& ExecutionBuilder::name(std::string_view name) {
    return text("name", name);
}
ExecutionBuilder& ExecutionBuilder::orgId(std::string_view orgId) {
    return text("org_id", orgId);
}
ExecutionBuilder& ExecutionBuilder::environment(const Environment& environment) {
    return text("environment", environment.value());
}
ExecutionBuilder& ExecutionBuilder::status(const ExecutionStatus& status) {
    return text("status", status.value());
}
ExecutionBuilder& ExecutionBuilder::application(std::string_view id, std::string_view name) {
    return object("associated_application", id, name);
}
ExecutionBuilder& ExecutionBuilder::workflow(std::string_view id, std::string_view name) {
    return object("associated_workflow", id, name);
}
ExecutionBuilder& ExecutionBuilder::triggerApplicationEvent(std::string_view event) {
    return text("trigger_application_event", event);
}
ExecutionBuilder& ExecutionBuilder::linkedAccountId(std::string_view linkedAccountId) {
    return text("linked_account_id", linkedAccountId);
}
ExecutionBuilder& ExecutionBuilder::configId(std::string_view configId) {
    return text("config_id", configId);
}
ExecutionBuilder& ExecutionBuilder::typeOfExecution(const ExecutionType& type) {
    return text("type_of_execution", type.value());
}
ExecutionBuilder& ExecutionBuilder::createdAt(Timestamp time) {
    return text("createdAt", formatTimestamp(time));
}
ExecutionBuilder& ExecutionBuilder::createdAt(std::string_view text) {
    return this->text("createdAt", text);
}

ExecutionBuilder& ExecutionBuilder::field(std::string_view name, std::string_view json) {
    if (!nlohmann::json::accept(json)) {
        throw std::invalid_argument("ExecutionBuilder: the value of " + std::string(name) +
                                    " is not JSON (a text needs its quotes): " + std::string(json));
    }
    return put(name, std::string(json));
}

ExecutionBuilder& ExecutionBuilder::without(std::string_view name) {
    fields_.erase(
        std::remove_if(fields_.begin(), fields_.end(), [&](const auto& field) { return field.first == name; }),
        fields_.end());
    return *this;
}

std::string ExecutionBuilder::json() const {
    std::string json = "{";
    for (const auto& [name, value] : fields_) {
        if (json.size() > 1) json += ',';
        json += jsonString(name) + ":" + value;
    }
    return json + "}";
}

Execution ExecutionBuilder::build() const {
    std::string text = json();
    auto execution = nlohmann::json::parse(text).get<Execution>();
    execution.rawJson = std::move(text);
    return execution;
}

std::string pageJson(const std::vector<ExecutionBuilder>& runs, const PageNumbers& numbers) {
    const WholeNumbers whole(numbers, runs.size());
    std::string json = "{\"docs\":[";
    for (const ExecutionBuilder& run : runs) {
        if (json.back() != '[') json += ',';
        json += run.json();
    }
    return json + "],\"totalDocs\":" + std::to_string(whole.totalDocs) + ",\"limit\":" + std::to_string(whole.limit) +
           ",\"page\":" + std::to_string(whole.page) + ",\"totalPages\":" + std::to_string(whole.totalPages) +
           ",\"hasNextPage\":" + (whole.hasNextPage ? "true" : "false") + "}";
}

Page<Execution> buildPage(const std::vector<ExecutionBuilder>& runs, const PageNumbers& numbers) {
    const WholeNumbers whole(numbers, runs.size());
    Page<Execution> page;
    page.docs.reserve(runs.size());
    for (const ExecutionBuilder& run : runs) page.docs.push_back(run.build());
    page.totalDocs = whole.totalDocs;
    page.limit = whole.limit;
    page.page = whole.page;
    page.totalPages = whole.totalPages;
    page.hasNextPage = whole.hasNextPage;
    return page;
}

std::string errorJson(int status, std::string_view message, std::string_view code) {
    return "{\"status_code\":" + std::to_string(status) +
           ",\"http_error_type\":" + jsonString(internal::fake::httpErrorType(status)) +
           ",\"error_code\":" + jsonString(code) + ",\"message\":" + jsonString(message) + "}";
}

}  // namespace testing
}  // namespace v0
}  // namespace refold
