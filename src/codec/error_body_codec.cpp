// Extracts code and message from an error body. Servers send the vendor's envelope, its older form with two fields
// swapped, and the forms of common frameworks and gateways: a list of messages, an object under "error", a list under
// "errors" or "detail".
#include "codec/error_body_codec.hpp"

#include "codec/html_text.hpp"
#include "codec/json_input.hpp"
#include "codec/json_text.hpp"
#include "text/clean_text.hpp"

#include <algorithm>
#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

namespace refold::internal {
namespace {

/// Far above any real message, and small enough for a log.
constexpr std::size_t maxText = 2000;

template <std::size_t N>
bool isOneOf(std::string_view text, const std::array<std::string_view, N>& set) noexcept {
    return std::find(set.begin(), set.end(), text) != set.end();
}

/// Members of the root that may hold the message, at any depth.
constexpr std::array<std::string_view, 10> messageMembers{
    "message", "msg", "error", "errors", "detail", "details", "reason", "description", "title", "error_description"};
/// Members below those that hold no message.
constexpr std::array<std::string_view, 10> otherMembers{"loc",  "path",   "param", "field",    "location",
                                                        "type", "status", "value", "property", "status_code"};
constexpr std::array<std::string_view, 12> httpNames{
    "BAD_REQUEST",
    "UNAUTHORIZED",
    "FORBIDDEN",
    "NOT_FOUND",
    "METHOD_NOT_ALLOWED",
    "CONFLICT",
    "GONE",
    "TOO_MANY_REQUESTS",
    "INTERNAL_SERVER_ERROR",
    "NOT_IMPLEMENTED",
    "SERVICE_UNAVAILABLE",
    "GATEWAY_TIMEOUT",
};

/// Members of the root that may report a failure in the answer to an action.
constexpr std::array<std::string_view, 8> failureMembers{"error_code", "code",    "error",  "errors",
                                                         "detail",     "success", "status", "message"};
constexpr std::array<std::string_view, 3> badStatuses{"error", "failed", "failure"};

/// Collects texts by their path in the document; skips deeply nested values.
class ErrorEnvelope {
  public:
    using Json = nlohmann::json;

    /// `isError`: the status says that the body is an error.
    ErrorEnvelope(const JsonInput& input, const TextCleaner& clean, bool isError)
        : input_(input), clean_(clean), isError_(isError) {}

    std::string code;
    std::string type;
    std::string requestId;
    std::int64_t status = 0;

    /// True if a member of the root reports a failure.
    bool hasFailure() const noexcept { return failures_.any(); }
    bool isObject() const noexcept { return isObject_; }
    bool isRepairable() const noexcept { return isRepairable_; }
    /// The text of the member `error`, which is a code in the vendor's envelope.
    const std::string& error() const noexcept { return error_; }
    /// The text of the member `message`, then further texts; if there are none, those found in other members.
    std::string message() const {
        std::string text = message_;
        for (const std::string& part : message_.empty() && words_.empty() ? otherWords_ : words_) {
            if (part != message_) text += (text.empty() ? "" : "; ") + part;
        }
        return clean_(text, maxText);
    }

    bool null() { return element(); }
    bool boolean(bool flag) {
        if (depth_ == 1) noteFailure(path_[0] == "success" ? !flag : flag && holdsErrors(path_[0]));
        return element();
    }
    bool number_integer(Json::number_integer_t number) { return number_unsigned(static_cast<std::uint64_t>(number)); }
    bool number_unsigned(Json::number_unsigned_t number) {
        if (depth_ == 1 && path_[0] == "status_code" && number < 1000) status = static_cast<std::int64_t>(number);
        return element();
    }
    bool number_float(Json::number_float_t /*unused*/, const Json::string_t& /*unused*/) { return element(); }
    bool string(Json::string_t& decoded) {
        if (depth_ == 1) {
            takeMember(input_.text(decoded));
        } else if (const std::optional<std::size_t> base = baseLevel()) {
            takeNested(input_.text(decoded), *base);
        }
        return element();
    }
    bool binary(Json::binary_t& /*unused*/) { return true; }
    bool start_object(std::size_t /*unused*/) {
        if (depth_ == 0) isObject_ = true;
        return start();
    }
    bool start_array(std::size_t /*unused*/) {
        if (depth_ == 1) noteFailure(path_[0] == "message");
        return start();
    }
    bool end_object() { return end(); }
    bool end_array() { return end(); }
    bool key(Json::string_t& decoded) {
        if (depth_ > maxDepth) return true;
        std::string& name = path_[depth_ - 1];
        name = input_.text(decoded);
        if (depth_ > 1) return element();
        // The last value of a repeated member wins.
        if (name == "message") message_.clear();
        noteFailure(false);
        return true;
    }
    bool parse_error(std::size_t /*unused*/, const std::string& /*unused*/, const Json::exception& problem) {
        constexpr int numberOverflow = 406;
        isRepairable_ = problem.id == numberOverflow || hasLoneSurrogate(input_.source());
        return false;
    }

  private:
    static constexpr std::size_t maxDepth = 32;
    static constexpr std::size_t maxWords = 20;

    static bool holdsErrors(std::string_view member) noexcept {
        return member == "error" || member == "errors" || member == "detail";
    }

    /// Records whether the member of the root that is being read reports a failure.
    void noteFailure(bool failed) noexcept {
        const auto member = std::find(failureMembers.begin(), failureMembers.end(), path_[0]);
        if (member != failureMembers.end())
            failures_[static_cast<std::size_t>(member - failureMembers.begin())] = failed;
    }

    /// Called for each value, and each member below the root.
    bool element() noexcept {
        if (depth_ == 2 && holdsErrors(path_[0])) noteFailure(true);
        return true;
    }

    void takeMember(std::string_view text) {
        const std::string& name = path_[0];
        noteFailure(name == "status" ? isOneOf(text, badStatuses)
                                     : !text.empty() && name != "success" && name != "message");
        if (name == "error_code") {
            code = clean_(text, maxText);
        } else if (name == "error") {
            error_ = clean_(text, maxText);
        } else if (name == "http_error_type") {
            type = clean_(text, maxText);
        } else if (name == "message") {
            message_ = clean_(text, maxText);
        } else if (name == "request_id" || name == "requestId") {
            requestId = clean_(text, maxText);
        } else if (name == "code") {
            if (code.empty()) code = clean_(text, maxText);
        } else if (isOneOf(std::string_view(name), messageMembers)) {
            addWords(text, words_);
        }
    }

    /// Returns the outermost level of the path whose member may hold the message. Elements of a list that may be items
    /// rather than errors have none.
    std::optional<std::size_t> baseLevel() const noexcept {
        if (depth_ > maxDepth) return std::nullopt;
        for (std::size_t level = 0; level < depth_; ++level) {
            const std::string_view name = path_[level];
            if (isOneOf(name, messageMembers)) return level;
            if (name.empty() && !isError_) return std::nullopt;
        }
        return std::nullopt;
    }

    /// `base`: the level of the member that may hold the message, 0 for a member of the root.
    void takeNested(std::string_view text, std::size_t base) {
        // The elements of an array have the name of the array.
        std::size_t level = depth_ - 1;
        while (level > base && path_[level].empty()) --level;
        const std::string& name = path_[level];
        std::vector<std::string>& words = base == 0 ? words_ : otherWords_;
        // `"errors": {"status": ["…"]}` names parameters, of which one may have the name of another member.
        const bool isOfParameter = base == 0 && level == 1 && depth_ == 3 && path_[0] == "errors" && path_[2].empty();
        if (name == "request_id" || name == "requestId") {
            requestId = clean_(text, maxText);
        } else if (name == "code" || name == "error_code") {
            if (code.empty()) code = clean_(text, maxText);
        } else if (name == "http_error_type") {
            type = clean_(text, maxText);
        } else if (level == base || isOneOf(std::string_view(name), messageMembers)) {
            addWords(text, words);
        } else if (isOfParameter || !isOneOf(std::string_view(name), otherMembers)) {
            addWords(name + ": " + std::string(text), words);
        }
    }

    void addWords(std::string_view text, std::vector<std::string>& words) {
        if (words.size() == maxWords) return;
        std::string cleaned = clean_(text, maxText);
        const bool isKnown = std::find(words.begin(), words.end(), cleaned) != words.end();
        if (!cleaned.empty() && !isKnown) words.push_back(std::move(cleaned));
    }

    bool start() {
        element();
        ++depth_;
        if (depth_ <= maxDepth) path_[depth_ - 1].clear();
        return true;
    }
    bool end() {
        --depth_;
        return true;
    }

    const JsonInput& input_;
    const TextCleaner& clean_;
    const bool isError_;
    std::bitset<failureMembers.size()> failures_;
    /// The names of the open members; empty for arrays.
    std::array<std::string, maxDepth> path_;
    std::size_t depth_ = 0;
    std::string error_;
    std::string message_;
    std::vector<std::string> words_;
    std::vector<std::string> otherWords_;
    bool isObject_ = false;
    bool isRepairable_ = false;
};

enum class Outcome { understood, notJson, repairable };

/// Fills `details` from a body that is one JSON object. Sets `hasFailure` if a member of the root reports a failure.
Outcome readEnvelope(std::string_view body, const TextCleaner& clean, ApiErrorDetails& details, bool& hasFailure) {
    JsonInput input(body);
    ErrorEnvelope envelope(input, clean, details.status != 0);
    if (!nlohmann::json::sax_parse(JsonInputIterator(input), JsonInputIterator(), &envelope)) {
        return envelope.isRepairable() ? Outcome::repairable : Outcome::notJson;
    }
    if (!envelope.isObject()) return Outcome::notJson;
    hasFailure = envelope.hasFailure();
    details.code = envelope.code.empty() ? envelope.error() : envelope.code;
    details.type = envelope.type;
    details.serverMessage = envelope.message();
    details.requestId = envelope.requestId;
    if (details.status == 0) details.status = static_cast<int>(envelope.status);
    // An older page of the API swaps the two.
    const bool isSwapped = isOneOf(std::string_view(details.code), httpNames) && !details.type.empty() &&
                           !isOneOf(std::string_view(details.type), httpNames);
    if (isSwapped) std::swap(details.code, details.type);
    return Outcome::understood;
}

/// Returns false for a body that is not one JSON object.
bool readRepairedEnvelope(std::string_view body, const TextCleaner& clean, ApiErrorDetails& details, bool& hasFailure) {
    Outcome outcome = readEnvelope(body, clean, details, hasFailure);
    if (outcome == Outcome::repairable) outcome = readEnvelope(repairJson(body), clean, details, hasFailure);
    return outcome == Outcome::understood;
}

std::string inQuotes(const std::string& text) {
    return text.empty() ? text : '"' + text + '"';
}

}  // namespace

ApiErrorDetails decodeErrorBody(int status, std::string_view body, const TextCleaner& clean) {
    constexpr std::size_t maxKept = std::size_t{64} * 1024;
    constexpr std::size_t maxFirstWords = 200;
    ApiErrorDetails details;
    details.status = status;
    details.body = body.substr(0, maxKept);

    bool hasFailure = false;
    const bool isUnderstood = readRepairedEnvelope(body, clean, details, hasFailure);
    const bool isSilent = details.code.empty() && details.type.empty() && details.serverMessage.empty();
    if (!isUnderstood || isSilent) {
        details.serverMessage = firstWords(body, maxFirstWords, clean);
        if (details.serverMessage == "{}") details.serverMessage.clear();
    }
    return details;
}

std::string quote(Quotation quotation, std::string_view body, const TextCleaner& clean) {
    constexpr std::size_t maxFirstWords = 100;
    constexpr std::size_t maxQuote = 200;
    if (quotation == Quotation::none) return {};
    if (quotation == Quotation::beginning) return inQuotes(firstWords(body, maxFirstWords, clean));
    ApiErrorDetails details;
    bool hasFailure = false;
    if (!readRepairedEnvelope(body, clean, details, hasFailure)) return {};
    const std::string message = cleanText(details.serverMessage, maxQuote);
    const std::string code = cleanText(details.code, maxQuote);
    if (message.empty() && code.empty()) return {};
    std::string quoted = inQuotes(message + (message.empty() || code.empty() ? "" : ": ") + code);
    if (!details.requestId.empty()) quoted += " [request id " + cleanText(details.requestId, maxQuote) + "]";
    return quoted;
}

bool reportsFailure(std::string_view body) {
    constexpr int firstErrorStatus = 400;
    ApiErrorDetails details;
    bool hasFailure = false;
    return readRepairedEnvelope(body, cleanText, details, hasFailure) &&
           (hasFailure || !details.type.empty() || details.status >= firstErrorStatus);
}

}  // namespace refold::internal
