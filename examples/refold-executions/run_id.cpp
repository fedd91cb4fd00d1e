// Ids are 24 hexadecimal digits, as far as they have been seen; others are accepted too.
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

/// The parts of a URL behind its host, those of the query and of the fragment included.
std::vector<std::string_view> partsOf(std::string_view url) {
    std::vector<std::string_view> parts;
    url.remove_prefix(std::min(url.size(), url.find("://") + 3));
    url.remove_prefix(std::min(url.size(), url.find('/')));
    while (!url.empty()) {
        const std::size_t end = std::min(url.find_first_of("/?#&="), url.size());
        if (end > 0) parts.push_back(url.substr(0, end));
        url.remove_prefix(std::min(url.size(), end + 1));
    }
    return parts;
}

}  // namespace

std::string runIdIn(std::string_view flag, std::string_view text) {
    std::string_view id = text;
    if (text.find("://") != std::string_view::npos) {
        const std::vector<std::string_view> parts = partsOf(text);
        const auto isId = [](std::string_view part) { return part.size() == idLength && isHexadecimal(part); };
        // A workflow's id may stand before the run's.
        const auto found = std::find_if(parts.rbegin(), parts.rend(), isId);
        id = found != parts.rend() ? *found : std::string_view();
    }
    if (id.size() < shortestPrefix && isHexadecimal(id)) {
        throw UsageError(std::string(flag) + ": '" + std::string(id) +
                         "' is too short: the beginning of an id needs at "
                         "least 4 letters");
    }
    if (id.empty() || id == "." || id == "..") {
        throw UsageError(std::string(flag) + ": '" + forDisplay(text, Charset::utf8, 80).text +
                         "' is not accepted: it takes a run's id as list shows it, the first letters of one, or the "
                         "address of the run's page in the dashboard");
    }
    return std::string(id);
}

bool mayBeIdPrefix(std::string_view text) noexcept {
    return text.size() >= shortestPrefix && text.size() < idLength && isHexadecimal(text);
}

}  // namespace cli
