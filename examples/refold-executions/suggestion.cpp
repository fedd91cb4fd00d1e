#include "suggestion.hpp"

#include "ascii_text.hpp"

#include <algorithm>
#include <cctype>

namespace cli {
namespace {

/// Longer texts are no typing mistake of anything.
constexpr std::size_t longestWord = 40;

}  // namespace

std::size_t editDistance(std::string_view a, std::string_view b) {
    // Three rows of the usual table: a swap looks two rows back.
    std::vector<std::size_t> before(b.size() + 1);
    std::vector<std::size_t> above(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        before.swap(above);
        above.swap(row);
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t substitution = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, substitution});
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
        }
    }
    return row[b.size()];
}

std::optional<std::string> nearestTo(std::string_view word, const std::vector<std::string>& candidates) {
    if (word.empty() || word.size() > longestWord) return {};
    const std::string wanted = lowered(word);
    const std::string* nearest = nullptr;
    // A third of the letters may be wrong.
    std::size_t limit = std::max<std::size_t>(1, wanted.size() / 3) + 1;
    for (const std::string& candidate : candidates) {
        const std::size_t distance = editDistance(wanted, lowered(candidate));
        if (distance >= limit) continue;
        limit = distance;
        nearest = &candidate;
    }
    if (nearest != nullptr) return *nearest;
    // The beginning of a word, such as `stat` of `status`.
    const auto begins = [&wanted](const std::string& candidate) {
        return wanted.size() >= 3 && lowered(candidate).rfind(wanted, 0) == 0;
    };
    const auto found = std::find_if(candidates.begin(), candidates.end(), begins);
    return found != candidates.end() ? std::optional<std::string>(*found) : std::nullopt;
}

}  // namespace cli
