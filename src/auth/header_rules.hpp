// Validates header names and values, so that no value adds lines to a request. Used by the strategies and by the
// pipeline.
#ifndef REFOLD_AUTH_HEADER_RULES_HPP
#define REFOLD_AUTH_HEADER_RULES_HPP

#include <algorithm>
#include <string_view>

namespace refold::internal {

/// True without control characters other than tab: CR, LF and NUL would end the header.
inline bool isHeaderValue(std::string_view value) noexcept {
    return std::none_of(value.begin(), value.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\t') || byte == 0x7f;
    });
}

/// True for a token of RFC 9110.
inline bool isHeaderName(std::string_view name) noexcept {
    constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    return !name.empty() && std::all_of(name.begin(), name.end(), [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               marks.find(c) != std::string_view::npos;
    });
}

}  // namespace refold::internal

#endif
