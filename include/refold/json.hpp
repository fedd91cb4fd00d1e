// Conversions between the library's values and `nlohmann::json`, found by argument-dependent lookup: `nlohmann::json j = run;` and
// `j.get<refold::Execution>()`. Opt-in: nothing else of the library includes this header, or needs nlohmann/json to be
// used.
//
// An execution that came from the API becomes exactly what the server sent (`rawJson`), fields that this library does
// not know included; changes to its members do not show in it unless `rawJson` is cleared. One without `rawJson`, or with one
// that nlohmann/json cannot hold (a number beyond a double), becomes its members under their wire names; members without a
// value are left out.
#ifndef REFOLD_JSON_HPP
#define REFOLD_JSON_HPP

#include <refold/detail/execution_fields.hpp>
#include <refold/detail/page_envelope.hpp>
#include <refold/execution.hpp>
#include <refold/page.hpp>
#include <refold/timestamp.hpp>

#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

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

inline void to_json(nlohmann::json& json, const AssociatedApplication& application);
inline void from_json(const nlohmann::json& json, AssociatedApplication& application);
inline void to_json(nlohmann::json& json, const AssociatedWorkflow& workflow);
inline void from_json(const nlohmann::json& json, AssociatedWorkflow& workflow);
inline void to_json(nlohmann::json& json, const OriginTrigger& trigger);
inline void from_json(const nlohmann::json& json, OriginTrigger& trigger);
inline void to_json(nlohmann::json& json, const AssociatedTriggerApplication& application);
inline void from_json(const nlohmann::json& json, AssociatedTriggerApplication& application);

}  // namespace v0

namespace internal {

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};

/// A member as JSON; null where it has no value.
template <class Member>
nlohmann::json memberToJson(const Member& member) {
    nlohmann::json json;
    if constexpr (std::is_same_v<Member, std::optional<Timestamp>>) {
        if (member) json = formatTimestamp(*member);
    } else if constexpr (IsOptional<Member>::value) {
        if (member) json = *member;
    } else {
        json = member;
        if (json.empty() || json == "") json = nullptr;
    }
    return json;
}

/// What does not fit leaves the member without a value.
template <class Member>
void memberFromJson(const nlohmann::json& json, Member& member) {
    if constexpr (std::is_same_v<Member, std::string>) {
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
    visitFields(object, [&json](std::string_view name, auto& member) {
        const auto field = json.find(std::string(name));
        if (field != json.end()) memberFromJson(*field, member);
        return false;
    });
}

/// A count of a page's envelope, empty for what cannot be one.
inline std::optional<std::int64_t> countFromJson(const nlohmann::json& json, const char* name, std::int64_t minimum) {
    constexpr double maxExact = 9007199254740992.0;  // 2^53, up to where a double holds every integer
    std::optional<std::int64_t> count;
    const auto field = json.find(name);
    if (field == json.end()) return count;
    if (field->is_number_unsigned()) {
        const auto number = field->get<std::uint64_t>();
        if (number <= static_cast<std::uint64_t>(INT64_MAX)) count = static_cast<std::int64_t>(number);
    } else if (field->is_number_integer()) {
        count = field->get<std::int64_t>();
    } else if (field->is_number_float()) {
        const auto number = field->get<double>();
        if (std::fabs(number) <= maxExact && std::floor(number) == number) count = static_cast<std::int64_t>(number);
    }
    return count && *count >= minimum ? count : std::nullopt;
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
    constexpr bool allowExceptions = false;
    json = nullptr;
    if (!execution.rawJson.empty()) json = nlohmann::json::parse(execution.rawJson, nullptr, allowExceptions);
    if (!json.is_object()) json = internal::fieldsToJson(execution);
}

/// Throws `nlohmann::json::type_error` for what is not an object; any field of it may be missing or odd. `rawJson` becomes
/// the object's own text.
inline void from_json(const nlohmann::json& json, Execution& execution) {
    static_cast<void>(json.get_ref<const nlohmann::json::object_t&>());
    internal::fieldsFromJson(json, execution);
    if (execution.id.empty() && json.contains("id")) internal::memberFromJson(json["id"], execution.id);
    execution.rawJson = json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
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
