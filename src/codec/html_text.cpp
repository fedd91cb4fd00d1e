// Not an HTML parser: a single pass without backtracking, so the cost is linear in the input.
#include "codec/html_text.hpp"

#include <algorithm>
#include <array>

namespace refold::internal {
namespace {

/// Error pages have their message at the beginning.
constexpr std::size_t maxScanned = std::size_t{64} * 1024;

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool startsWithIgnoringCase(std::string_view text, std::string_view prefix) {
    return text.size() >= prefix.size() &&
           std::equal(prefix.begin(), prefix.end(), text.begin(), [](char a, char b) { return a == lower(b); });
}

/// Returns where the element `name` ends; the end of `text` if it is not closed.
std::size_t findClosingTag(std::string_view text, std::string_view name) {
    for (std::size_t at = text.find("</"); at != std::string_view::npos; at = text.find("</", at + 2)) {
        if (startsWithIgnoringCase(text.substr(at + 2), name)) return at;
    }
    return text.size();
}

bool opensElement(std::string_view tag, std::string_view name) {
    if (!startsWithIgnoringCase(tag, name)) return false;
    const std::string_view rest = tag.substr(name.size());
    return rest.empty() || std::string_view(" \t\r\n>/").find(rest.front()) != std::string_view::npos;
}

std::string visibleText(std::string_view html, bool withTitle) {
    constexpr std::array<std::string_view, 3> hidden{"script", "style", "title"};
    const std::size_t hiddenCount = hidden.size() - (withTitle ? 1 : 0);
    std::string text;
    while (!html.empty()) {
        const std::size_t open = std::min(html.find('<'), html.size());
        text += html.substr(0, open);
        text += ' ';
        html.remove_prefix(open);
        if (html.empty()) break;
        if (startsWithIgnoringCase(html, "<!--")) {
            const std::size_t end = html.find("-->", 4);
            html.remove_prefix(end == std::string_view::npos ? html.size() : end + 3);
            continue;
        }
        const std::string_view tag = html.substr(1);
        const auto element = std::find_if(hidden.begin(), hidden.begin() + hiddenCount,
                                          [tag](std::string_view name) { return opensElement(tag, name); });
        if (element != hidden.begin() + hiddenCount) {
            html.remove_prefix(1);
            html.remove_prefix(findClosingTag(html, *element));
        }
        const std::size_t close = html.find('>');
        html.remove_prefix(close == std::string_view::npos ? html.size() : close + 1);
    }
    return text;
}

/// The character references that occur in error pages; others are kept.
std::string withoutReferences(std::string_view text) {
    struct Reference {
        std::string_view name;
        char character;
    };
    constexpr std::array<Reference, 7> references{{{"&amp;", '&'},
                                                   {"&lt;", '<'},
                                                   {"&gt;", '>'},
                                                   {"&quot;", '"'},
                                                   {"&apos;", '\''},
                                                   {"&#39;", '\''},
                                                   {"&nbsp;", ' '}}};
    std::string result;
    while (!text.empty()) {
        const std::size_t at = std::min(text.find('&'), text.size());
        result += text.substr(0, at);
        text.remove_prefix(at);
        if (text.empty()) break;
        const auto reference = std::find_if(references.begin(), references.end(), [text](const Reference& r) {
            return text.substr(0, r.name.size()) == r.name;
        });
        const bool isKnown = reference != references.end();
        result += isKnown ? reference->character : '&';
        text.remove_prefix(isKnown ? reference->name.size() : 1);
    }
    return result;
}

}  // namespace

std::string firstWords(std::string_view text, std::size_t maxBytes, const TextCleaner& clean) {
    constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
    if (text.substr(0, byteOrderMark.size()) == byteOrderMark) text.remove_prefix(byteOrderMark.size());
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos || text[first] != '<') return clean(text, maxBytes);

    // Cleaned twice: the cut may split a secret, and decoding may uncover one.
    const std::string html = clean(text, maxScanned);
    for (const bool withTitle : {false, true}) {
        std::string words = clean(withoutReferences(visibleText(html, withTitle)), maxBytes);
        if (!words.empty()) return words;
    }
    return {};
}

}  // namespace refold::internal
