// Follows no-color.org and CLICOLOR, and POSIX' order of the locale variables.
#include "terminal.hpp"

#include "platform/streams.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdlib>

namespace cli {
namespace {

std::string_view environment(const char* name) {
    const char* const value = std::getenv(name);
    return value != nullptr ? std::string_view(value) : std::string_view();
}

bool wantsColour(bool takesEscapes) {
    if (!environment("NO_COLOR").empty()) return false;
    const std::string_view force = environment("CLICOLOR_FORCE");
    if (!force.empty() && force != "0") return true;
    return takesEscapes && environment("CLICOLOR") != "0";
}

/// By name, not by setlocale(): a machine without the locale's files can still show UTF-8.
Charset charsetOfLocale() {
    for (const char* const name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
        const std::string_view value = environment(name);
        if (value.empty()) continue;
        std::string lower(value);
        std::transform(lower.begin(), lower.end(), lower.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        const bool utf8 = lower.find("utf-8") != std::string::npos || lower.find("utf8") != std::string::npos;
        return utf8 ? Charset::utf8 : Charset::ascii;
    }
    return platform::isUtf8ByDefault() ? Charset::utf8 : Charset::ascii;
}

std::optional<std::size_t> widthFromEnvironment() {
    const std::string_view text = environment("COLUMNS");
    std::size_t columns = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), columns);
    if (error != std::errc() || end != text.data() + text.size() || columns == 0) return {};
    return columns;
}

const char* codeOf(Colour colour) noexcept {
    switch (colour) {
        case Colour::red:
            return "31";
        case Colour::green:
            return "32";
        case Colour::yellow:
            return "33";
        case Colour::blue:
            return "36";
        case Colour::grey:
            return "2";
        case Colour::bold:
            return "1";
        case Colour::none:
            break;
    }
    return "";
}

}  // namespace

Terminal inspectTerminal(int descriptor) {
    Terminal terminal;
    terminal.isTerminal = platform::isTerminal(descriptor);
    terminal.canRedraw = platform::takesEscapes(descriptor);
    terminal.colour = wantsColour(terminal.canRedraw);
    terminal.charset = charsetOfLocale();
    if (terminal.isTerminal) {
        terminal.width = terminalWidth(descriptor);
    } else {
        terminal.width = widthFromEnvironment();
    }
    return terminal;
}

std::size_t terminalWidth(int descriptor) {
    if (const auto width = platform::columnsOf(descriptor)) return *width;
    return widthFromEnvironment().value_or(80);
}

std::string coloured(std::string_view text, Colour colour, bool enabled) {
    if (!enabled || colour == Colour::none) return std::string(text);
    return std::string("\x1b[") + codeOf(colour) + "m" + std::string(text) + "\x1b[0m";
}

}  // namespace cli
