// Comparing ASCII texts without regard to the case of letters, whatever the locale: header names, and statuses that
// servers spell differently. Used by the types and the transport.
#ifndef REFOLD_TEXT_ASCII_CASE_HPP
#define REFOLD_TEXT_ASCII_CASE_HPP

#include <algorithm>
#include <string_view>

namespace refold::internal {

inline char toLower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

inline bool sameButForCase(std::string_view a, std::string_view b) noexcept {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return toLower(x) == toLower(y); });
}

}  // namespace refold::internal

#endif
