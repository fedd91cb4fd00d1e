// Classifies ASCII characters in any locale. Used by the parsers of texts, URLs, dates and JSON.
#ifndef REFOLD_TEXT_ASCII_CLASS_HPP
#define REFOLD_TEXT_ASCII_CLASS_HPP

namespace refold::internal {

constexpr bool isDigit(char c) noexcept {
    return c >= '0' && c <= '9';
}

constexpr bool isUpper(char c) noexcept {
    return c >= 'A' && c <= 'Z';
}

constexpr bool isLetter(char c) noexcept {
    return isUpper(c) || (c >= 'a' && c <= 'z');
}

}  // namespace refold::internal

#endif
