// A JSON value that keeps the order of its members and every digit of its numbers, which nlohmann/json's own value does not. Used
// by recordings, which change some values and must leave the rest as the server sent it.
#ifndef REFOLD_TESTING_JSON_TREE_HPP
#define REFOLD_TESTING_JSON_TREE_HPP

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace refold::internal::fake {

struct JsonTree {
    enum class Kind { literal, number, string, array, object };

    Kind kind = Kind::object;
    /// The member's name, where this is one.
    std::string name = {};
    /// A string's characters; of a number or a literal (null, true, false) the text.
    std::string text = {};
    std::vector<JsonTree> children = {};

    static JsonTree makeString(std::string name, std::string text);
    static JsonTree makeNumber(std::string name, long long number);
    static JsonTree makeObject(std::string name);
    static JsonTree makeArray(std::string name);

    /// The first member of that name; null where there is none.
    const JsonTree* find(std::string_view member) const noexcept;
    /// The text of that member; empty where it is no string.
    std::string_view textOf(std::string_view member) const noexcept;
};

/// Empty for what is not JSON, not UTF-8, or nested deeper than answers are.
std::optional<JsonTree> parseJsonTree(std::string_view text);

std::string compactJson(const JsonTree& tree);
/// Two spaces for each level, as people expect it in a file.
std::string indentedJson(const JsonTree& tree);

}  // namespace refold::internal::fake

#endif
