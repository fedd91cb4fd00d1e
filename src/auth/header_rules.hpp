// What may stand in a header: the rule against smuggling lines into a request. Used by the strategies and by the pipeline.
#ifndef REFOLD_AUTH_HEADER_RULES_HPP
#define REFOLD_AUTH_HEADER_RULES_HPP

#include <algorithm>
#include <string_view>

namespace refold::internal {

/// No control characters, tab excepted: CR, LF and NUL would begin another header or end this one.
inline bool isHeaderValue(std::string_view value) noexcept {
    return std::none_of(value.begin(), value.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\t') || byte == 0x7f;
    });
}

/// RFC 9110's token.
inline bool isHeaderName(std::string_view name) noexcept {
    constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    return !name.empty() && std::all_of(name.begin(), name.end(), [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               marks.find(c) != std::string_view::npos;
    });
}

}  // namespace refold::internal

#endif
