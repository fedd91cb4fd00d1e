// Classifies and compares ASCII letters and digits in any locale. Used for flags, words and messages.
#ifndef REFOLD_EXECUTIONS_ASCII_TEXT_HPP
#define REFOLD_EXECUTIONS_ASCII_TEXT_HPP

#include <string>
#include <string_view>

namespace cli {

inline bool isDigit(char c) noexcept {
    return c >= '0' && c <= '9';
}

inline std::string lowered(std::string_view text) {
    std::string lower(text);
    for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return lower;
}

}  // namespace cli

#endif
