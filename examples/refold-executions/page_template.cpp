// Walks over the template and calls itself for each round of a section. Looks up values from the innermost section
// outwards.
#include "page_template.hpp"

#include "display_text.hpp"

#include <stdexcept>

namespace cli {
namespace {

constexpr std::size_t longestText = 200;
constexpr std::string_view opening = "{{";
constexpr std::string_view closing = "}}";

}  // namespace

std::string pageText(std::string_view text) {
    return forDisplay(text, Charset::utf8, longestText).text;
}

std::string escapeHtml(std::string_view text) {
    std::string escaped;
    escaped.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '&':
                escaped += "&amp;";
                break;
            case '<':
                escaped += "&lt;";
                break;
            case '>':
                escaped += "&gt;";
                break;
            case '"':
                escaped += "&quot;";
                break;
            case '\'':
                escaped += "&#39;";
                break;
            default:
                escaped += c;
        }
    }
    return escaped;
}

PageValues& PageValues::set(const std::string& name, std::string text) {
    texts_[name] = std::move(text);
    return *this;
}

PageValues& PageValues::setRaw(const std::string& name, std::string text) {
    raw_[name] = std::move(text);
    return *this;
}

PageValues& PageValues::repeat(const std::string& name) {
    return sections_[name].emplace_back();
}

PageValues& PageValues::leaveOut(const std::string& name) {
    sections_[name].clear();
    return *this;
}

PageValues& PageValues::showIf(bool shown, const std::string& name) {
    return shown ? repeat(name) : leaveOut(name);
}

class PageFiller {
  public:
    explicit PageFiller(std::string& page) : page_(page) {}

    void fill(std::string_view text, const PageValues& values) {
        scopes_.push_back(&values);
        while (!text.empty()) {
            const std::size_t open = text.find(opening);
            page_ += text.substr(0, open);
            if (open == std::string_view::npos) break;
            text.remove_prefix(open + opening.size());
            const std::string name = upTo(text, closing);
            if (name.front() == '#') {
                fillSection(text, name.substr(1));
            } else if (name.front() == '&') {
                page_ += find(&PageValues::raw_, name.substr(1));
            } else {
                page_ += escapeHtml(find(&PageValues::texts_, name));
            }
        }
        scopes_.pop_back();
    }

  private:
    /// Returns the text before `end`; `text` then begins after it.
    static std::string upTo(std::string_view& text, std::string_view end) {
        const std::size_t at = text.find(end);
        if (at == std::string_view::npos || at == 0) throw std::logic_error("page template: no " + std::string(end));
        const std::string before(text.substr(0, at));
        text.remove_prefix(at + end.size());
        return before;
    }

    void fillSection(std::string_view& text, const std::string& name) {
        const std::string end = "{{/" + name + "}}";
        const std::size_t at = text.find(end);
        if (at == std::string_view::npos) throw std::logic_error("page template: no " + end);
        const std::string_view inside = text.substr(0, at);
        for (const PageValues& round : find(&PageValues::sections_, name)) fill(inside, round);
        text.remove_prefix(at + end.size());
    }

    template <class Value>
    const Value& find(std::map<std::string, Value> PageValues::*values, const std::string& name) const {
        for (auto scope = scopes_.rbegin(); scope != scopes_.rend(); ++scope) {
            const auto found = ((*scope)->*values).find(name);
            if (found != ((*scope)->*values).end()) return found->second;
        }
        throw std::logic_error("page template: no value for '" + name + "'");
    }

    std::string& page_;
    std::vector<const PageValues*> scopes_;
};

std::string fillPage(std::string_view pageTemplate, const PageValues& values) {
    std::string page;
    PageFiller(page).fill(pageTemplate, values);
    return page;
}

}  // namespace cli
