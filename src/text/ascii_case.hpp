// Functions that ignore the case of ASCII letters, whatever the locale. Used by every layer for header names, schemes
// and words of servers.
#ifndef REFOLD_TEXT_ASCII_CASE_HPP
#define REFOLD_TEXT_ASCII_CASE_HPP

#include <algorithm>
#include <string>
#include <string_view>

namespace refold::internal {

inline char toLower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

inline std::string toLower(std::string_view text) {
    std::string lower(text);
    for (char& c : lower) c = toLower(c);
    return lower;
}

inline bool equalsIgnoringCase(std::string_view a, std::string_view b) noexcept {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return toLower(x) == toLower(y); });
}

/// True if `text` contains `word`, in any case.
inline bool containsIgnoringCase(std::string_view text, std::string_view word) noexcept {
    const auto equal = [](char x, char y) { return toLower(x) == toLower(y); };
    return std::search(text.begin(), text.end(), word.begin(), word.end(), equal) != text.end();
}

}  // namespace refold::internal

#endif
