// Checks the lines of a response's head as they arrive.
#include "transport/response_rules.hpp"

#include <algorithm>
#include <array>

namespace refold::internal {

namespace {

constexpr std::string_view statusLinePrefix = "HTTP/";
constexpr std::string_view digits = "0123456789";

}  // namespace

std::string_view trimmed(std::string_view text) noexcept {
    constexpr std::string_view blank = " \t\r\n";
    const std::size_t start = text.find_first_not_of(blank);
    if (start == std::string_view::npos) return {};
    return text.substr(start, text.find_last_not_of(blank) - start + 1);
}

bool isStatusLine(std::string_view line) noexcept {
    return line.substr(0, statusLinePrefix.size()) == statusLinePrefix;
}

std::string_view faultOfStatusLine(std::string_view line) noexcept {
    const std::size_t space = std::min(line.find(' '), line.size());
    constexpr std::array<std::string_view, 6> versions = {"1.0", "1.1", "2", "2.0", "3", "3.0"};
    const std::string_view version = line.substr(statusLinePrefix.size(), space - statusLinePrefix.size());
    if (std::find(versions.begin(), versions.end(), version) == versions.end()) {
        return "the answer has an unknown version of HTTP";
    }
    const std::size_t start = std::min(line.find_first_not_of(' ', space), line.size());
    const std::size_t end = std::min(line.find_first_not_of(digits, start), line.size());
    return end - start == 3 ? "" : "the answer's status does not have three digits";
}

bool isOneLength(std::string_view value) noexcept {
    const std::string_view first = value.substr(0, value.find_first_not_of(digits));
    if (first.empty()) return true;
    while (value.substr(0, first.size()) == first) {
        value = trimmed(value.substr(first.size()));
        if (value.empty()) return true;
        if (value.front() != ',') return false;
        value = trimmed(value.substr(1));
    }
    return false;
}

}  // namespace refold::internal
