// Accepts any word as an id, though all known ids are 24 hexadecimal digits. Lines of stdin may contain only letters,
// digits, '-' and '_', so that a line of a table or of CSV is not taken for an id.
#include "run_id.hpp"

#include "display_text.hpp"
#include "exit_code.hpp"

#include <algorithm>
#include <vector>

namespace cli {
namespace {

constexpr std::size_t idLength = 24;
constexpr std::size_t shortestPrefix = 4;

bool isHexadecimal(std::string_view text) noexcept {
    return !text.empty() && text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

bool isWholeId(std::string_view text) noexcept {
    return text.size() == idLength && isHexadecimal(text);
}

bool isWord(std::string_view text) noexcept {
    return !text.empty() && std::all_of(text.begin(), text.end(),
                                        [](char c) { return static_cast<unsigned char>(c) > ' ' && c != '\x7f'; });
}

std::vector<std::string_view> partsOf(std::string_view text) {
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of("/?#&="), text.size());
        if (end > 0) parts.push_back(text.substr(0, end));
        text.remove_prefix(std::min(text.size(), end + 1));
    }
    return parts;
}

/// The id that follows `executions`, otherwise the last one: a workflow's id may stand before the run's.
std::string_view idAmong(const std::vector<std::string_view>& parts) {
    std::string_view last;
    std::string_view before;
    for (const std::string_view part : parts) {
        if (isWholeId(part)) last = part;
        if (isWholeId(part) && (before == "executions" || before == "execution")) break;
        before = part;
    }
    return last;
}

/// The id in the path of a URL, otherwise in its query and fragment; empty if there is none.
std::string_view idInUrl(std::string_view url) {
    url.remove_prefix(std::min(url.size(), url.find("://") + 3));
    url.remove_prefix(std::min(url.size(), url.find('/')));
    const std::size_t pathEnd = std::min(url.size(), url.find_first_of("?#"));
    const std::string_view id = idAmong(partsOf(url.substr(0, pathEnd)));
    return id.empty() ? idAmong(partsOf(url.substr(pathEnd))) : id;
}

}  // namespace

std::string runIdIn(std::string_view flag, std::string_view text) {
    const std::string_view id = text.find("://") != std::string_view::npos ? idInUrl(text) : text;
    if (!isWord(id)) {
        throw UsageError(std::string(flag) + ": '" + forDisplay(text, Charset::utf8, 80).text +
                         "' is not accepted: it takes a run's id as list shows it, the first letters of one, or the "
                         "address of the run's page in the dashboard");
    }
    return std::string(id);
}

bool isPlainId(std::string_view text) noexcept {
    constexpr std::string_view accepted = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";
    return !text.empty() && text.find_first_not_of(accepted) == std::string_view::npos;
}

bool mayBeIdPrefix(std::string_view text) noexcept {
    return text.size() >= shortestPrefix && text.size() < idLength && isHexadecimal(text);
}

}  // namespace cli
