// Quotes only what needs quotes, so that common commands stay readable.
#include "shell_text.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace cli {
namespace {

std::string quoteForShell(const std::string& text) {
    const auto isPlain = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
               std::string_view("-_.:/@,+").find(c) != std::string_view::npos;
    };
    if (std::all_of(text.begin(), text.end(), isPlain)) return text;
    std::string quoted = "'";
    for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return quoted + "'";
}

}  // namespace

std::string shellFlag(std::string name, const std::string& value) {
    std::replace(name.begin(), name.end(), ' ', '-');
    return " --" + name + (value.empty() ? "" : " " + quoteForShell(value));
}

}  // namespace cli
