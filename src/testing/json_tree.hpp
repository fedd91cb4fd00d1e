// A JSON value that keeps the order of members and every digit of numbers, unlike nlohmann::json. Used by recordings,
// which replace some values and keep the rest as the server sent it.
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
    /// The name, if this is a member.
    std::string name = {};
    /// The characters of a string, or the text of a number or literal (null, true, false).
    std::string text = {};
    std::vector<JsonTree> children = {};

    static JsonTree makeString(std::string name, std::string text);
    static JsonTree makeNumber(std::string name, long long number);
    static JsonTree makeObject(std::string name);
    static JsonTree makeArray(std::string name);

    /// Returns the first member of that name, or null.
    const JsonTree* find(std::string_view member) const noexcept;
    /// Returns the text of that member; empty if it is not a string.
    std::string_view textOf(std::string_view member) const noexcept;
};

/// No value for text that is not JSON or UTF-8, or that is nested deeper than any answer.
std::optional<JsonTree> parseJsonTree(std::string_view text);

std::string compactJson(const JsonTree& tree);
/// Indents by two spaces.
std::string indentedJson(const JsonTree& tree);

}  // namespace refold::internal::fake

#endif
