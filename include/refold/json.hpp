// Conversions between the library's values and `nlohmann::json`: `nlohmann::json j = run;`,
// `j.get<refold::Execution>()`. Opt-in: no other header includes this one, and the library can be used without
// nlohmann/json.
//
// An execution, node or batch that came from the API converts to exactly what the server sent (`rawJson`), with fields
// that this library does not know; changed members do not show unless `rawJson` is cleared. Without `rawJson`, or if
// nlohmann/json cannot hold it (a number beyond a double), it converts to its members under their wire names, without
// those that have no value.
//
// nlohmann/json's `dump`, copy and comparison recurse. JSON that is nested more than 500 deep is therefore refused with
// `ResponseError`, in both directions; it can still be read from `rawJson`.
#ifndef REFOLD_JSON_HPP
#define REFOLD_JSON_HPP

#include <refold/detail/execution_fields.hpp>
#include <refold/detail/page_envelope.hpp>
#include <refold/detail/wire_numbers.hpp>
#include <refold/error.hpp>
#include <refold/execution.hpp>
#include <refold/execution_detail.hpp>
#include <refold/node_batch.hpp>
#include <refold/open_set.hpp>
#include <refold/page.hpp>
#include <refold/timestamp.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace refold {

namespace internal {

template <class Object, class... Types>
using EnableForAny = std::enable_if_t<(std::is_same_v<Object, Types> || ...), bool>;

/// Returns an empty text for anything but a string.
inline std::string textFromJson(const nlohmann::json& json) {
    return json.is_string() ? json.get<std::string>() : std::string();
}

}  // namespace internal

inline namespace v0 {

/// An open set converts to its text.
template <class Set>
void to_json(nlohmann::json& json, const OpenSet<Set>& set) {
    json = set.value();
}
/// Anything but a string converts to the empty value.
template <class Set>
void from_json(const nlohmann::json& json, OpenSet<Set>& set) {
    set = OpenSet<Set>(internal::textFromJson(json));
}
/// A named constant converts to its text.
template <class Set>
void to_json(nlohmann::json& json, const OpenSetConstant<Set>& constant) {
    json = std::string(constant.value());
}

/// Converts to the members that have a value, under their wire names.
template <class Object, internal::EnableForAny<Object, AssociatedApplication, AssociatedWorkflow, OriginTrigger,
                                               AssociatedTriggerApplication> = true>
void to_json(nlohmann::json& json, const Object& object);
/// Anything but an object converts to empty members.
template <class Object, internal::EnableForAny<Object, AssociatedApplication, AssociatedWorkflow, OriginTrigger,
                                               AssociatedTriggerApplication> = true>
void from_json(const nlohmann::json& json, Object& object);

/// Converts to `rawJson` if it is set and nlohmann/json can hold it, otherwise to the members that have a value, under
/// their wire names.
template <class Object, internal::EnableForAny<Object, Execution, ExecutionDetail, ExecutionNode, NodeBatch> = true>
void to_json(nlohmann::json& json, const Object& object);
/// Throws `nlohmann::json::type_error` for anything but an object. Any field may be missing or of another type.
/// `rawJson` becomes the object's text.
template <class Object, internal::EnableForAny<Object, Execution, ExecutionDetail, ExecutionNode, NodeBatch> = true>
void from_json(const nlohmann::json& json, Object& object);

}  // namespace v0

namespace internal {

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};

/// Returns no value for anything that is not a count.
inline std::optional<std::int64_t> countFromJson(const nlohmann::json& json, std::int64_t minimum) {
    std::optional<std::int64_t> count;
    if (json.is_number_unsigned()) {
        const auto number = json.get<std::uint64_t>();
        if (number <= static_cast<std::uint64_t>(INT64_MAX)) count = static_cast<std::int64_t>(number);
    } else if (json.is_number_integer()) {
        count = json.get<std::int64_t>();
    } else if (json.is_number_float()) {
        count = countFromReal(json.get<double>());
    }
    return count && *count >= minimum ? count : std::nullopt;
}

/// Reads a count of a page's envelope.
inline std::optional<std::int64_t> countFromJson(const nlohmann::json& json, const char* name, std::int64_t minimum) {
    const auto field = json.find(name);
    return field == json.end() ? std::nullopt : countFromJson(*field, minimum);
}

/// The deepest nesting that converts: far beyond any answer, and harmless for a reader that recurses.
constexpr std::size_t maxJsonDepth = 500;

/// Throws unless JSON nested `depth` deep may be converted.
inline void requireShallow(std::size_t depth) {
    if (depth <= maxJsonDepth) return;
    throw ResponseError(
        "the JSON is nested more than " + std::to_string(maxJsonDepth) +
            " deep, too deep for nlohmann/json to handle safely; read the text in rawJson with a parser "
            "that does not recurse",
        "");
}

/// Throws if a value is nested too deep. Recurses no deeper than that itself.
inline void requireShallow(const nlohmann::json& json, std::size_t depth) {
    if (!json.is_structured()) return;
    requireShallow(depth + 1);
    for (const nlohmann::json& element : json) requireShallow(element, depth + 1);
}

/// Returns how deep arrays and objects are nested in a JSON text.
inline std::size_t nestingOf(std::string_view text) noexcept {
    std::size_t depth = 0;
    std::size_t deepest = 0;
    bool isInString = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (isInString) {
            if (c == '\\') ++i;
            if (c == '"') isInString = false;
        } else if (c == '"') {
            isInString = true;
        } else if (c == '[' || c == '{') {
            if (++depth > deepest) deepest = depth;
        } else if ((c == ']' || c == '}') && depth > 0) {
            --depth;
        }
    }
    return deepest;
}

/// Returns the text of a value.
inline std::string dumpJson(const nlohmann::json& json) {
    requireShallow(json, 0);
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// Parses a text. Returns null for one that is not JSON, or that nlohmann/json cannot hold.
inline nlohmann::json parseJson(const std::string& text) {
    requireShallow(nestingOf(text));
    constexpr bool allowExceptions = false;
    nlohmann::json json;
    if (!text.empty()) json = nlohmann::json::parse(text, nullptr, allowExceptions);
    if (json.is_discarded()) json = nullptr;
    return json;
}

/// Returns null for a member without a value.
template <class Member>
nlohmann::json memberToJson(const Member& member) {
    nlohmann::json json;
    if constexpr (std::is_same_v<Member, JsonText<const std::string>>) {
        json = parseJson(*member.text);
    } else if constexpr (std::is_same_v<Member, std::optional<std::chrono::milliseconds>>) {
        if (member) json = member->count();
    } else if constexpr (std::is_same_v<Member, std::optional<Timestamp>>) {
        if (member) json = formatTimestamp(*member);
    } else if constexpr (IsOptional<Member>::value) {
        if (member) json = *member;
    } else {
        json = member;
        const bool isEmptyText = json.is_string() && json.get_ref<const std::string&>().empty();
        if (json.empty() || isEmptyText) json = nullptr;
    }
    return json;
}

/// A value of another type leaves the member without a value.
template <class Member>
void memberFromJson(const nlohmann::json& json, Member& member) {
    if constexpr (std::is_same_v<Member, JsonText<std::string>>) {
        *member.text = dumpJson(json);
    } else if constexpr (std::is_same_v<Member, bool>) {
        member = json.is_boolean() && json.get<bool>();
    } else if constexpr (std::is_same_v<Member, std::optional<std::int64_t>>) {
        member = countFromJson(json, 0);
    } else if constexpr (std::is_same_v<Member, std::optional<std::chrono::milliseconds>>) {
        std::optional<double> number;
        if (json.is_number()) number = json.get<double>();
        if (json.is_string()) number = plainNumber(json.get_ref<const std::string&>());
        member = number ? millisecondsFrom(*number) : std::nullopt;
    } else if constexpr (std::is_same_v<Member, std::vector<ExecutionNode>>) {
        member.clear();
        if (!json.is_array()) return;
        for (const nlohmann::json& element : json) {
            if (element.is_object()) member.push_back(element.get<ExecutionNode>());
        }
    } else if constexpr (std::is_same_v<Member, std::string>) {
        member = textFromJson(json);
    } else if constexpr (std::is_same_v<Member, std::optional<Timestamp>>) {
        member.reset();
        if (json.is_string()) member = parseTimestamp(json.get_ref<const std::string&>());
    } else if constexpr (std::is_same_v<Member, std::optional<double>>) {
        member.reset();
        if (json.is_number()) member = json.get<double>();
    } else if constexpr (std::is_same_v<Member, std::optional<bool>>) {
        member.reset();
        if (json.is_boolean()) member = json.get<bool>();
    } else {
        json.get_to(member);
    }
}

template <class Object>
nlohmann::json fieldsToJson(const Object& object) {
    nlohmann::json json = nlohmann::json::object();
    visitFields(object, [&json](std::string_view name, const auto& member) {
        nlohmann::json value = memberToJson(member);
        if (!value.is_null()) json.emplace(std::string(name), std::move(value));
        return false;
    });
    return json;
}

template <class Object>
void fieldsFromJson(const nlohmann::json& json, Object& object) {
    object = Object();
    if (!json.is_object()) return;
    visitFields(object, [&json](std::string_view name, auto&& member) {
        const auto field = json.find(std::string(name));
        if (field != json.end()) memberFromJson(*field, member);
        return false;
    });
}

/// Converts an object that has the text it came from.
template <class Object>
void objectToJson(nlohmann::json& json, const Object& object) {
    json = parseJson(object.rawJson);
    if (!json.is_object()) json = fieldsToJson(object);
}

template <class Object>
void objectFromJson(const nlohmann::json& json, Object& object) {
    static_cast<void>(json.get_ref<const nlohmann::json::object_t&>());
    std::string text = dumpJson(json);
    fieldsFromJson(json, object);
    if constexpr (std::is_base_of_v<Execution, Object>) {
        if (object.id.empty() && json.contains("id")) memberFromJson(json["id"], object.id);
    }
    object.rawJson = std::move(text);
}

}  // namespace internal

inline namespace v0 {

template <class Object, internal::EnableForAny<Object, AssociatedApplication, AssociatedWorkflow, OriginTrigger,
                                               AssociatedTriggerApplication>>
void to_json(nlohmann::json& json, const Object& object) {
    json = internal::fieldsToJson(object);
}
template <class Object, internal::EnableForAny<Object, AssociatedApplication, AssociatedWorkflow, OriginTrigger,
                                               AssociatedTriggerApplication>>
void from_json(const nlohmann::json& json, Object& object) {
    internal::fieldsFromJson(json, object);
}

template <class Object, internal::EnableForAny<Object, Execution, ExecutionDetail, ExecutionNode, NodeBatch>>
void to_json(nlohmann::json& json, const Object& object) {
    internal::objectToJson(json, object);
}
template <class Object, internal::EnableForAny<Object, Execution, ExecutionDetail, ExecutionNode, NodeBatch>>
void from_json(const nlohmann::json& json, Object& object) {
    internal::objectFromJson(json, object);
}

/// Converts to the envelope as the API sends it.
template <class T>
void to_json(nlohmann::json& json, const Page<T>& page) {
    json = nlohmann::json{{"docs", page.docs}, {"totalDocs", page.totalDocs},   {"limit", page.limit},
                          {"page", page.page}, {"totalPages", page.totalPages}, {"hasNextPage", page.hasNextPage}};
}

/// Throws `nlohmann::json::exception` unless `docs` is an array of objects. Missing numbers are derived from the
/// others.
template <class T>
void from_json(const nlohmann::json& json, Page<T>& page) {
    page = Page<T>();
    json.at("docs").get_to(page.docs);
    internal::PageEnvelope envelope;
    envelope.totalDocs = internal::countFromJson(json, "totalDocs", 0);
    envelope.limit = internal::countFromJson(json, "limit", 1);
    envelope.page = internal::countFromJson(json, "page", 1);
    envelope.totalPages = internal::countFromJson(json, "totalPages", 0);
    envelope.nextPage = internal::countFromJson(json, "nextPage", 1);
    envelope.prevPage = internal::countFromJson(json, "prevPage", 1);
    internal::memberFromJson(json.value("hasNextPage", nlohmann::json()), envelope.hasNextPage);
    internal::completePage(page, envelope, std::nullopt, std::nullopt);
}

}  // namespace v0
}  // namespace refold

#endif
