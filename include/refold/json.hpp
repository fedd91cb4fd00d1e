// Conversions between the library's values and `nlohmann::json`, found by argument-dependent lookup: `nlohmann::json j = run;` and
// `j.get<refold::Execution>()`. Opt-in: nothing else of the library includes this header, or needs nlohmann/json to be
// used.
//
// An execution (a node of one, a batch) that came from the API becomes exactly what the server sent (`rawJson`), fields that this library does
// not know included; changes to its members do not show in it unless `rawJson` is cleared. One without `rawJson`, or with one
// that nlohmann/json cannot hold (a number beyond a double), becomes its members under their wire names; members without a
// value are left out.
#ifndef REFOLD_JSON_HPP
#define REFOLD_JSON_HPP

#include <refold/detail/execution_fields.hpp>
#include <refold/detail/page_envelope.hpp>
#include <refold/detail/wire_numbers.hpp>
#include <refold/execution.hpp>
#include <refold/execution_detail.hpp>
#include <refold/node_batch.hpp>
#include <refold/page.hpp>
#include <refold/timestamp.hpp>

#include <chrono>
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

/// Anything but a string is empty.
inline std::string textFromJson(const nlohmann::json& json) {
    return json.is_string() ? json.get<std::string>() : std::string();
}

}  // namespace internal

inline namespace v0 {

/// An open set is its text.
inline void to_json(nlohmann::json& json, const ExecutionStatus& status) {
    json = status.value();
}
inline void to_json(nlohmann::json& json, const ExecutionType& type) {
    json = type.value();
}
inline void to_json(nlohmann::json& json, const ExecutionSource& source) {
    json = source.value();
}
inline void to_json(nlohmann::json& json, const Environment& environment) {
    json = environment.value();
}
inline void to_json(nlohmann::json& json, const NodeStatus& status) {
    json = status.value();
}

/// Anything but a string is the empty value.
inline void from_json(const nlohmann::json& json, ExecutionStatus& status) {
    status = internal::textFromJson(json);
}
inline void from_json(const nlohmann::json& json, ExecutionType& type) {
    type = internal::textFromJson(json);
}
inline void from_json(const nlohmann::json& json, ExecutionSource& source) {
    source = internal::textFromJson(json);
}
inline void from_json(const nlohmann::json& json, Environment& environment) {
    environment = internal::textFromJson(json);
}
inline void from_json(const nlohmann::json& json, NodeStatus& status) {
    status = internal::textFromJson(json);
}

inline void to_json(nlohmann::json& json, const AssociatedApplication& application);
inline void from_json(const nlohmann::json& json, AssociatedApplication& application);
inline void to_json(nlohmann::json& json, const AssociatedWorkflow& workflow);
inline void from_json(const nlohmann::json& json, AssociatedWorkflow& workflow);
inline void to_json(nlohmann::json& json, const OriginTrigger& trigger);
inline void from_json(const nlohmann::json& json, OriginTrigger& trigger);
inline void to_json(nlohmann::json& json, const AssociatedTriggerApplication& application);
inline void from_json(const nlohmann::json& json, AssociatedTriggerApplication& application);
inline void to_json(nlohmann::json& json, const ExecutionNode& node);
inline void from_json(const nlohmann::json& json, ExecutionNode& node);

}  // namespace v0

namespace internal {

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};

/// A count, empty for what cannot be one.
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

/// A count of a page's envelope.
inline std::optional<std::int64_t> countFromJson(const nlohmann::json& json, const char* name, std::int64_t minimum) {
    const auto field = json.find(name);
    return field == json.end() ? std::nullopt : countFromJson(*field, minimum);
}

/// The text of a value.
inline std::string dumpJson(const nlohmann::json& json) {
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// A value of the text of one; null for what is none, or what nlohmann/json cannot hold.
inline nlohmann::json parseJson(const std::string& text) {
    constexpr bool allowExceptions = false;
    nlohmann::json json;
    if (!text.empty()) json = nlohmann::json::parse(text, nullptr, allowExceptions);
    if (json.is_discarded()) json = nullptr;
    return json;
}

/// A member as JSON; null where it has no value.
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

/// What does not fit leaves the member without a value.
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

/// An object that knows the text it came from.
template <class Object>
void objectToJson(nlohmann::json& json, const Object& object) {
    json = parseJson(object.rawJson);
    if (!json.is_object()) json = fieldsToJson(object);
}

template <class Object>
void objectFromJson(const nlohmann::json& json, Object& object) {
    static_cast<void>(json.get_ref<const nlohmann::json::object_t&>());
    fieldsFromJson(json, object);
    if constexpr (std::is_base_of_v<Execution, Object>) {
        if (object.id.empty() && json.contains("id")) memberFromJson(json["id"], object.id);
    }
    object.rawJson = dumpJson(json);
}

}  // namespace internal

inline namespace v0 {

inline void to_json(nlohmann::json& json, const AssociatedApplication& application) {
    json = internal::fieldsToJson(application);
}
inline void from_json(const nlohmann::json& json, AssociatedApplication& application) {
    internal::fieldsFromJson(json, application);
}

inline void to_json(nlohmann::json& json, const AssociatedWorkflow& workflow) {
    json = internal::fieldsToJson(workflow);
}
inline void from_json(const nlohmann::json& json, AssociatedWorkflow& workflow) {
    internal::fieldsFromJson(json, workflow);
}

inline void to_json(nlohmann::json& json, const OriginTrigger& trigger) {
    json = internal::fieldsToJson(trigger);
}
inline void from_json(const nlohmann::json& json, OriginTrigger& trigger) {
    internal::fieldsFromJson(json, trigger);
}

inline void to_json(nlohmann::json& json, const AssociatedTriggerApplication& application) {
    json = internal::fieldsToJson(application);
}
inline void from_json(const nlohmann::json& json, AssociatedTriggerApplication& application) {
    internal::fieldsFromJson(json, application);
}

inline void to_json(nlohmann::json& json, const Execution& execution) {
    internal::objectToJson(json, execution);
}
inline void to_json(nlohmann::json& json, const ExecutionDetail& detail) {
    internal::objectToJson(json, detail);
}
inline void to_json(nlohmann::json& json, const ExecutionNode& node) {
    internal::objectToJson(json, node);
}
inline void to_json(nlohmann::json& json, const NodeBatch& batch) {
    internal::objectToJson(json, batch);
}

/// These throw `nlohmann::json::type_error` for what is not an object; any field of it may be missing or odd. `rawJson` becomes
/// the object's own text.
inline void from_json(const nlohmann::json& json, Execution& execution) {
    internal::objectFromJson(json, execution);
}
inline void from_json(const nlohmann::json& json, ExecutionDetail& detail) {
    internal::objectFromJson(json, detail);
}
inline void from_json(const nlohmann::json& json, ExecutionNode& node) {
    internal::objectFromJson(json, node);
}
inline void from_json(const nlohmann::json& json, NodeBatch& batch) {
    internal::objectFromJson(json, batch);
}

template <class T>
void to_json(nlohmann::json& json, const Page<T>& page) {
    json = nlohmann::json{{"docs", page.docs}, {"totalDocs", page.totalDocs},   {"limit", page.limit},
                          {"page", page.page}, {"totalPages", page.totalPages}, {"hasNextPage", page.hasNextPage}};
}

/// Throws `nlohmann::json::exception` if there is no array `docs` of what `T` is made from. Numbers that are missing are worked
/// out from the others.
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
