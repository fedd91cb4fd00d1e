// The file format of recordings:
//
//   {"format": "refold-recording", "version": 1, "exchanges": [
//     {"request": {"method", "path", "query", "headers"?, "body"? or "text"?},
//      "response": {"status", "headers", "body" or "text"} or "failure": {"kind"}}, ...]}
//
// `body` is JSON; `text` replaces a body that is not JSON.
#include "testing/recording.hpp"

#include "testing/json_tree.hpp"
#include "testing/recording_redactor.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

namespace refold::internal::fake {

namespace {

constexpr std::string_view formatName = "refold-recording";

using Kind = TransportError::Kind;
constexpr std::array<std::pair<Kind, std::string_view>, 11> kindNames = {{{Kind::resolve, "resolve"},
                                                                          {Kind::connect, "connect"},
                                                                          {Kind::tls, "tls"},
                                                                          {Kind::timeout, "timeout"},
                                                                          {Kind::truncated, "truncated"},
                                                                          {Kind::tooLarge, "tooLarge"},
                                                                          {Kind::reset, "reset"},
                                                                          {Kind::redirect, "redirect"},
                                                                          {Kind::proxy, "proxy"},
                                                                          {Kind::protocol, "protocol"},
                                                                          {Kind::other, "other"}}};

std::string_view nameOf(Kind kind) {
    const auto* found =
        std::find_if(kindNames.begin(), kindNames.end(), [&](const auto& entry) { return entry.first == kind; });
    return found != kindNames.end() ? found->second : "other";
}

Kind kindOf(std::string_view name) {
    const auto* found =
        std::find_if(kindNames.begin(), kindNames.end(), [&](const auto& entry) { return entry.second == name; });
    return found != kindNames.end() ? found->first : Kind::other;
}

JsonTree headersToJson(const std::vector<HttpHeader>& headers) {
    JsonTree json = JsonTree::makeObject("headers");
    for (const HttpHeader& header : headers) json.children.push_back(JsonTree::makeString(header.name, header.value));
    return json;
}

std::vector<HttpHeader> headersFromJson(const JsonTree* json) {
    std::vector<HttpHeader> headers;
    if (json == nullptr) return headers;
    for (const JsonTree& header : json->children) headers.push_back({header.name, header.text});
    return headers;
}

JsonTree bodyToJson(const std::string& body, const RecordingRedactor& redactor) {
    std::optional<JsonTree> json = parseJsonTree(body);
    if (!json) return JsonTree::makeString("text", body.empty() ? "" : "***");
    JsonTree safe = redactor.body(*json);
    safe.name = "body";
    return safe;
}

std::string bodyFromJson(const JsonTree& message) {
    const JsonTree* body = message.find("body");
    return body != nullptr ? compactJson(*body) : std::string(message.textOf("text"));
}

JsonTree toJson(const Exchange& exchange, const RecordingRedactor& redactor) {
    const Target target = targetOf(exchange.request.url);
    JsonTree request = JsonTree::makeObject("request");
    request.children.push_back(JsonTree::makeString("method", exchange.request.method));
    request.children.push_back(JsonTree::makeString("path", redactor.text(target.path)));
    request.children.push_back(JsonTree::makeString("query", redactor.query(target.query)));
    request.children.push_back(headersToJson(redactor.headers(exchange.request.headers)));
    if (!exchange.request.body.empty()) request.children.push_back(bodyToJson(exchange.request.body, redactor));

    JsonTree json = JsonTree::makeObject({});
    json.children.push_back(std::move(request));
    if (exchange.failure) {
        JsonTree failure = JsonTree::makeObject("failure");
        failure.children.push_back(JsonTree::makeString("kind", std::string(nameOf(*exchange.failure))));
        json.children.push_back(std::move(failure));
    } else {
        JsonTree response = JsonTree::makeObject("response");
        response.children.push_back(JsonTree::makeNumber("status", exchange.response.status));
        response.children.push_back(headersToJson(redactor.headers(exchange.response.headers)));
        response.children.push_back(bodyToJson(exchange.response.body, redactor));
        json.children.push_back(std::move(response));
    }
    return json;
}

/// Returns a status of three digits; no value for anything else.
int statusFromJson(const JsonTree* json) {
    if (json == nullptr || json->kind != JsonTree::Kind::number || json->text.size() != 3) return 0;
    int status = 0;
    for (const char c : json->text) {
        if (c < '0' || c > '9') return 0;
        status = 10 * status + (c - '0');
    }
    return status;
}

}  // namespace

Target targetOf(std::string_view url) {
    const std::size_t scheme = url.find("://");
    if (scheme != std::string_view::npos) {
        const std::size_t path = url.find_first_of("/?", scheme + 3);
        url.remove_prefix(std::min(path, url.size()));
    }
    const std::size_t question = url.find('?');
    Target target;
    target.path = std::string(url.substr(0, question));
    if (question != std::string_view::npos) target.query = std::string(url.substr(question + 1));
    if (target.path.empty()) target.path = "/";
    return target;
}

std::string writeRecording(const std::vector<Exchange>& exchanges) {
    RecordingRedactor redactor;
    for (const Exchange& exchange : exchanges) {
        redactor.learnHeaders(exchange.request.headers);
        for (const std::string* body : {&exchange.request.body, &exchange.response.body}) {
            if (const std::optional<JsonTree> json = parseJsonTree(*body)) redactor.learnBody(*json);
        }
    }
    JsonTree recording = JsonTree::makeObject({});
    recording.children.push_back(JsonTree::makeString("format", std::string(formatName)));
    recording.children.push_back(JsonTree::makeNumber("version", 1));
    JsonTree list = JsonTree::makeArray("exchanges");
    for (const Exchange& exchange : exchanges) list.children.push_back(toJson(exchange, redactor));
    recording.children.push_back(std::move(list));
    return indentedJson(recording);
}

std::vector<Exchange> readRecording(std::string_view text, const std::string& file) {
    const auto refuse = [&file](const std::string& reason) { throw std::runtime_error(file + " " + reason); };
    const std::optional<JsonTree> recording = parseJsonTree(text);
    if (!recording || recording->textOf("format") != formatName) refuse("is not a recording of refold's");
    const JsonTree* version = recording->find("version");
    if (version == nullptr || version->text != "1") refuse("is a recording in a version that this library cannot read");
    const JsonTree* list = recording->find("exchanges");
    if (list == nullptr || list->kind != JsonTree::Kind::array) refuse("has no list of exchanges");

    std::vector<Exchange> exchanges;
    for (const JsonTree& entry : list->children) {
        const std::string where = "has a fault in exchange " + std::to_string(exchanges.size() + 1) + ": ";
        const JsonTree* request = entry.find("request");
        if (request == nullptr || request->textOf("method").empty() || request->textOf("path").empty()) {
            refuse(where + "no request with a method and a path");
        }
        Exchange exchange;
        exchange.request.method = std::string(request->textOf("method"));
        exchange.request.url = std::string(request->textOf("path"));
        if (!request->textOf("query").empty()) exchange.request.url += "?" + std::string(request->textOf("query"));
        exchange.request.headers = headersFromJson(request->find("headers"));
        exchange.request.body = bodyFromJson(*request);
        const JsonTree* response = entry.find("response");
        const JsonTree* failure = entry.find("failure");
        if (response != nullptr) {
            exchange.response.status = statusFromJson(response->find("status"));
            if (exchange.response.status == 0) refuse(where + "no status of three digits");
            exchange.response.headers = headersFromJson(response->find("headers"));
            exchange.response.body = bodyFromJson(*response);
        } else if (failure != nullptr) {
            exchange.failure = kindOf(failure->textOf("kind"));
        } else {
            refuse(where + "neither a response nor a failure");
        }
        exchanges.push_back(std::move(exchange));
    }
    return exchanges;
}

}  // namespace refold::internal::fake
