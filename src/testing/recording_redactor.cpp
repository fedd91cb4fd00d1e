// Applies the allow-lists of recordings.
#include "testing/recording_redactor.hpp"

#include "text/ascii_case.hpp"
#include "text/percent_encoding.hpp"

#include <algorithm>
#include <array>

namespace refold::internal::fake {

namespace {

constexpr std::string_view redacted = "***";
// Shorter values occur in ordinary words.
constexpr std::size_t minSecretLength = 4;

constexpr std::array<std::string_view, 12> harmlessHeaders = {
    "accept", "accept-encoding", "cache-control", "content-type", "date",         "request-id",
    "etag",   "retry-after",     "user-agent",    "vary",         "x-request-id", "server"};

constexpr std::array<std::string_view, 12> documentedParameters = {
    "page",         "limit",      "status",   "slug",           "workflow_id",      "workflow_name",
    "execution_id", "start_date", "end_date", "execution_type", "execution_source", "sortAsc"};

/// Fields whose scalar values may be shown.
constexpr std::array<std::string_view, 51> harmlessFields = {
    // an execution
    "_id", "id", "name", "org_id", "environment", "status", "icon", "app_type", "trigger_application_event",
    "type_of_execution", "createdAt", "updatedAt", "completion_time", "completion_percentage",
    "instance_execution_time", "is_child_instance", "is_seed", "executed_by_thanos", "store_variables",
    "associated_event_id", "custom_trigger_id", "custom_application_id",
    // its nodes and their batches
    "node_id", "node_name", "node_type", "node_status", "is_batch", "attempts_made", "maximum_attempts",
    "execution_time", "batch_index",
    // an envelope
    "totalDocs", "limit", "page", "totalPages", "hasNextPage", "pagingCounter", "hasPrevPage", "prevPage", "nextPage",
    // a refusal, and other answers
    "status_code", "http_error_type", "error", "error_code", "message", "request_id", "success", "expires_in",
    "refresh_expires_in", "statusCode", "timestamp"};

/// Objects and arrays that are filtered by the same lists; others are emptied.
constexpr std::array<std::string_view, 7> documentedStructures = {"docs",
                                                                  "associated_application",
                                                                  "associated_workflow",
                                                                  "associated_trigger_application",
                                                                  "origin_trigger",
                                                                  "nodes",
                                                                  "error"};

/// Strings that are credentials or identify an account; they are replaced elsewhere, too.
constexpr std::array<std::string_view, 6> secretFields = {"linked_account_id", "config_id",     "token",
                                                          "refresh_token",     "session_token", "access_token"};

template <std::size_t size>
bool contains(const std::array<std::string_view, size>& list, std::string_view name) {
    return std::find(list.begin(), list.end(), name) != list.end();
}

}  // namespace

void RecordingRedactor::learn(std::string_view secret) {
    if (secret.size() < minSecretLength) return;
    for (std::string form : {std::string(secret), percentEncode(secret)}) {
        if (std::find(secrets_.begin(), secrets_.end(), form) == secrets_.end()) secrets_.push_back(std::move(form));
    }
    // The longest first, so that a secret that contains another is replaced as a whole.
    std::stable_sort(secrets_.begin(), secrets_.end(),
                     [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
}

void RecordingRedactor::learnHeaders(const std::vector<HttpHeader>& headers) {
    for (const HttpHeader& header : headers) {
        const std::string name = toLower(header.name);
        if (name == "authorization") {
            learn(std::string_view(header.value).substr(header.value.find(' ') + 1));  // without the scheme, if any
        } else if (name == "x-api-key" || name == "linked_account_id" || name == "cookie") {
            learn(header.value);
        }
    }
}

void RecordingRedactor::learnBody(const JsonTree& body) {
    for (const JsonTree& child : body.children) {
        if (child.kind == JsonTree::Kind::string && contains(secretFields, child.name)) learn(child.text);
        learnBody(child);
    }
}

std::vector<HttpHeader> RecordingRedactor::headers(const std::vector<HttpHeader>& headers) const {
    std::vector<HttpHeader> safe;
    for (const HttpHeader& header : headers) {
        if (contains(harmlessHeaders, toLower(header.name))) safe.push_back({header.name, text(header.value)});
    }
    return safe;
}

std::string RecordingRedactor::query(std::string_view query) const {
    std::string safe;
    while (!query.empty()) {
        const std::string_view parameter = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(query.size(), parameter.size() + 1));
        const std::size_t equals = parameter.find('=');
        const std::string_view name = parameter.substr(0, equals);
        if (!safe.empty()) safe += '&';
        if (contains(documentedParameters, name)) {
            safe += text(std::string(parameter));
        } else {
            safe += text(std::string(name));
            if (equals != std::string_view::npos) safe += "=" + std::string(redacted);
        }
    }
    return safe;
}

JsonTree RecordingRedactor::body(const JsonTree& body) const {
    const bool isStructure = body.kind == JsonTree::Kind::array || body.kind == JsonTree::Kind::object;
    return value(body, isStructure);
}

JsonTree RecordingRedactor::value(const JsonTree& original, bool allowed) const {
    JsonTree safe;
    safe.kind = original.kind;
    safe.name = text(original.name);
    switch (original.kind) {
        case JsonTree::Kind::literal:
            safe.text = allowed || original.text == "null" ? original.text : "false";
            break;
        case JsonTree::Kind::number:
            safe.text = allowed ? original.text : "0";
            break;
        case JsonTree::Kind::string:
            safe.text =
                allowed ? text(original.text) : std::string(original.text.empty() ? std::string_view() : redacted);
            break;
        case JsonTree::Kind::array:
            // Lists of scalars are emptied; lists of objects are filtered.
            for (const JsonTree& child : original.children) {
                const bool isStructure = child.kind == JsonTree::Kind::object || child.kind == JsonTree::Kind::array;
                if (allowed) safe.children.push_back(value(child, isStructure));
            }
            break;
        case JsonTree::Kind::object:
            for (const JsonTree& child : original.children) {
                const bool isStructure = child.kind == JsonTree::Kind::object || child.kind == JsonTree::Kind::array;
                const bool shown =
                    isStructure ? contains(documentedStructures, child.name) : contains(harmlessFields, child.name);
                if (allowed) safe.children.push_back(value(child, shown));
            }
            break;
    }
    return safe;
}

std::string RecordingRedactor::text(std::string text) const {
    for (const std::string& secret : secrets_) {
        std::string safe;
        std::size_t copied = 0;
        for (std::size_t at = text.find(secret); at != std::string::npos; at = text.find(secret, copied)) {
            safe.append(text, copied, at - copied).append(redacted);
            copied = at + secret.size();
        }
        text = safe.append(text, copied);
    }
    return text;
}

}  // namespace refold::internal::fake
