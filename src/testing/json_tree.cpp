// Parses with nlohmann/json's SAX interface, and formats.
#include "testing/json_tree.hpp"

#include "testing/run_json.hpp"

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <utility>

namespace refold::internal::fake {

namespace {

constexpr std::size_t deepest = 200;

/// Builds the tree from the parser's events. The names are nlohmann's.
class TreeBuilder final : public nlohmann::json_sax<nlohmann::json> {
  public:
    bool null() override { return scalar(JsonTree::Kind::literal, "null"); }
    bool boolean(bool value) override { return scalar(JsonTree::Kind::literal, value ? "true" : "false"); }
    bool number_integer(std::int64_t value) override { return scalar(JsonTree::Kind::number, std::to_string(value)); }
    bool number_unsigned(std::uint64_t value) override { return scalar(JsonTree::Kind::number, std::to_string(value)); }
    bool number_float(double, const std::string& text) override { return scalar(JsonTree::Kind::number, text); }
    bool string(std::string& value) override { return scalar(JsonTree::Kind::string, std::move(value)); }
    bool binary(nlohmann::json::binary_t&) override { return false; }
    bool start_object(std::size_t) override { return open(JsonTree::Kind::object); }
    bool start_array(std::size_t) override { return open(JsonTree::Kind::array); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }
    bool key(std::string& value) override {
        name_ = std::move(value);
        return true;
    }
    bool parse_error(std::size_t, const std::string&, const nlohmann::json::exception&) override { return false; }

    JsonTree root;

  private:
    bool scalar(JsonTree::Kind kind, std::string text) {
        JsonTree value;
        value.kind = kind;
        value.text = std::move(text);
        add(std::move(value));
        return true;
    }
    bool open(JsonTree::Kind kind) {
        if (open_.size() >= deepest) return false;
        JsonTree value;
        value.kind = kind;
        open_.push_back(std::move(value));
        open_.back().name = std::exchange(name_, {});
        return true;
    }
    bool close() {
        JsonTree value = std::move(open_.back());
        open_.pop_back();
        name_ = std::move(value.name);
        add(std::move(value));
        return true;
    }
    void add(JsonTree value) {
        value.name = std::exchange(name_, {});
        if (open_.empty()) {
            root = std::move(value);
        } else {
            open_.back().children.push_back(std::move(value));
        }
    }

    std::vector<JsonTree> open_;
    std::string name_;
};

/// A negative `indent` writes on one line.
void write(std::string& out, const JsonTree& tree, int indent) {
    const auto newLine = [&](int levels) {
        if (indent >= 0) out += '\n' + std::string(2 * static_cast<std::size_t>(levels), ' ');
    };
    switch (tree.kind) {
        case JsonTree::Kind::literal:
        case JsonTree::Kind::number:
            out += tree.text;
            return;
        case JsonTree::Kind::string:
            appendJsonString(out, tree.text);
            return;
        case JsonTree::Kind::array:
        case JsonTree::Kind::object:
            break;
    }
    const bool isObject = tree.kind == JsonTree::Kind::object;
    out += isObject ? '{' : '[';
    for (const JsonTree& child : tree.children) {
        if (&child != &tree.children.front()) out += ',';
        newLine(indent + 1);
        if (isObject) {
            appendJsonString(out, child.name);
            out += indent >= 0 ? ": " : ":";
        }
        write(out, child, indent >= 0 ? indent + 1 : indent);
    }
    if (!tree.children.empty()) newLine(indent);
    out += isObject ? '}' : ']';
}

JsonTree make(JsonTree::Kind kind, std::string name, std::string text = {}) {
    JsonTree tree;
    tree.kind = kind;
    tree.name = std::move(name);
    tree.text = std::move(text);
    return tree;
}

}  // namespace

JsonTree JsonTree::makeString(std::string name, std::string text) {
    return make(Kind::string, std::move(name), std::move(text));
}

JsonTree JsonTree::makeNumber(std::string name, long long number) {
    return make(Kind::number, std::move(name), std::to_string(number));
}

JsonTree JsonTree::makeObject(std::string name) {
    return make(Kind::object, std::move(name));
}

JsonTree JsonTree::makeArray(std::string name) {
    return make(Kind::array, std::move(name));
}

const JsonTree* JsonTree::find(std::string_view member) const noexcept {
    const auto found =
        std::find_if(children.begin(), children.end(), [&](const JsonTree& child) { return child.name == member; });
    return kind == Kind::object && found != children.end() ? &*found : nullptr;
}

std::string_view JsonTree::textOf(std::string_view member) const noexcept {
    const JsonTree* found = find(member);
    return found != nullptr && found->kind == Kind::string ? std::string_view(found->text) : std::string_view();
}

std::optional<JsonTree> parseJsonTree(std::string_view text) {
    TreeBuilder builder;
    if (!nlohmann::json::sax_parse(text, &builder)) return std::nullopt;
    return std::move(builder.root);
}

std::string compactJson(const JsonTree& tree) {
    std::string text;
    write(text, tree, -1);
    return text;
}

std::string indentedJson(const JsonTree& tree) {
    std::string text;
    write(text, tree, 0);
    text += '\n';
    return text;
}

}  // namespace refold::internal::fake
