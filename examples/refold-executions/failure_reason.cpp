// Looks for the message in the members that common HTTP clients and services use.
#include "failure_reason.hpp"

#include "ascii_text.hpp"
#include "display_text.hpp"

#include <refold/json.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

namespace cli {
namespace {

using Json = nlohmann::json;

constexpr int deepestSearch = 6;
constexpr std::size_t longestMessage = 400;

constexpr std::array<const char*, 15> messageNames = {"message",  "error_message", "errorMessage", "error_description",
                                                      "error",    "errors",        "detail",       "details",
                                                      "reason",   "description",   "msg",          "title",
                                                      "response", "body",          "data"};

std::string messageOf(const Json& value, int depth) {
    if (value.is_string()) return value.get<std::string>();
    if (depth == 0) return {};
    if (value.is_array()) {
        for (const Json& item : value) {
            if (std::string found = messageOf(item, depth - 1); !found.empty()) return found;
        }
        return {};
    }
    if (!value.is_object()) return {};
    for (const char* const name : messageNames) {
        const auto member = value.find(name);
        if (member == value.end()) continue;
        if (std::string found = messageOf(*member, depth - 1); !found.empty()) return found;
    }
    return {};
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string firstLine(std::string_view text) {
    text = trimmed(text);
    return std::string(trimmed(wholeCharacters(text.substr(0, text.find('\n')), longestMessage)));
}

bool isHexadecimal(char c) noexcept {
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
bool isLetter(char c) noexcept {
    return std::isalpha(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80;
}
/// Of the characters of which a word, an id or an address is made.
bool isWordCharacter(char c) noexcept {
    return isDigit(c) || isLetter(c) || c == '_' || c == '-' || c == '@' || c == '.' || c == '+' || c == ':';
}

/// `2026-06-16`, `2026-06-16T13:15:00.887Z`
bool isDate(std::string_view word) {
    if (word.size() < 10 || word[4] != '-' || word[7] != '-') return false;
    return std::all_of(word.begin(), word.begin() + 4, isDigit) && isDigit(word[5]) && isDigit(word[6]) &&
           isDigit(word[8]) && isDigit(word[9]);
}

bool isEmail(std::string_view word) {
    const std::size_t at = word.find('@');
    return at != std::string_view::npos && at > 0 && word.find('.', at) != std::string_view::npos;
}

/// Letters and digits mixed, such as a UUID, `cus_9s6XKzkNRiz8i3` or `6a311e75e5b8c9f7c8586cf0`.
bool isId(std::string_view word) {
    constexpr std::size_t shortest = 8;
    if (word.size() < shortest) return false;
    const auto digits = std::count_if(word.begin(), word.end(), isDigit);
    const bool hexadecimal = std::all_of(word.begin(), word.end(), [](char c) { return isHexadecimal(c) || c == '-'; });
    if (hexadecimal && digits > 0) return true;
    const bool plain = word.find_first_of(".:@+") == std::string_view::npos;
    return plain && digits >= 3;
}

bool isStatusCode(std::string_view word, const std::string& before, std::string_view behind) {
    const bool threeDigits = word.size() == 3 && std::all_of(word.begin(), word.end(), isDigit);
    if (!threeDigits || word[0] < '1' || word[0] > '5') return false;
    for (const char* const name : {"status", "code", "http", "http/1.1", "http/2", "statuscode", "status_code"}) {
        if (before == name) return true;
    }
    const std::string next = lowered(trimmed(behind).substr(0, 12));
    for (const char* const name :
         {"too many", "bad ", "unauth", "forbid", "not found", "internal", "service", "gateway", "conflict", "from "}) {
        if (next.rfind(name, 0) == 0) return true;
    }
    return false;
}

/// Of the word characters that may also stand before a word or end a sentence.
bool isMark(char c) noexcept {
    return c == '.' || c == ':' || c == '-' || c == '+';
}

/// A word without the marks that end a sentence or a clause.
std::string_view withoutMarks(std::string_view word) {
    while (!word.empty() && isMark(word.back())) word.remove_suffix(1);
    return word;
}

std::string withoutNumbers(std::string_view word) {
    std::string folded;
    for (std::size_t i = 0; i < word.size();) {
        if (!isDigit(word[i])) {
            folded += word[i++];
            continue;
        }
        while (i < word.size() && (isDigit(word[i]) || (word[i] == '.' && i + 1 < word.size() && isDigit(word[i + 1]))))
            ++i;
        folded += '#';
    }
    return folded;
}

}  // namespace

std::string messageIn(std::string_view json) {
    const Json value = Json::parse(json.begin(), json.end(), nullptr, false);
    if (value.is_discarded()) return firstLine(json);
    std::string message = firstLine(messageOf(value, deepestSearch));
    if (message.empty() && !value.empty()) message = firstLine(json);
    return message;
}

FailureReason failureReasonOf(const refold::ExecutionDetail& run) {
    FailureReason reason;
    const refold::ExecutionNode* const failed = run.firstFailedNode();
    if (failed != nullptr) {
        reason.node = failed->name.empty() ? failed->id : failed->name;
        if (!failed->latestOutput.empty()) reason.message = messageIn(failed->latestOutput);
        if (reason.message.empty()) reason.message = failed->status.value();
    } else if (run.status == refold::ExecutionStatus::TimedOut) {
        reason.message = "timed out";
    }
    return reason;
}

std::string reasonText(const FailureReason& reason) {
    if (reason.node.empty() || reason.message.empty()) {
        const std::string& only = reason.node.empty() ? reason.message : reason.node;
        return only.empty() ? "-" : only;
    }
    return reason.node + ": " + reason.message;
}

std::string foldMessage(std::string_view message) {
    std::string folded;
    std::string before;
    for (std::size_t i = 0; i < message.size();) {
        if (!isWordCharacter(message[i]) || isMark(message[i])) {
            folded += message[i++];
            continue;
        }
        std::size_t end = i;
        while (end < message.size() && isWordCharacter(message[end])) ++end;
        const std::string_view word = withoutMarks(message.substr(i, end - i));
        const std::string_view marks = message.substr(i + word.size(), end - i - word.size());
        if (isDate(word)) {
            folded += "<date>";
        } else if (isEmail(word)) {
            folded += "<email>";
        } else if (isStatusCode(word, before, message.substr(end))) {
            folded += word;
        } else if (!word.empty() && std::all_of(word.begin(), word.end(), isDigit)) {
            folded += "#";
        } else if (isId(word)) {
            folded += "<id>";
        } else {
            folded += withoutNumbers(word);
        }
        folded += marks;
        before = lowered(word);
        i = end;
    }
    return folded;
}

}  // namespace cli
