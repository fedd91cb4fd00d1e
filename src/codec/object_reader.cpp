// Fills structs from SAX events.
#include "codec/object_reader.hpp"

#include "codec/json_failure.hpp"
#include "codec/json_text.hpp"

#include <refold/detail/wire_numbers.hpp>

#include <algorithm>
#include <limits>
#include <type_traits>
#include <utility>
#include <vector>

namespace refold::internal {
namespace {

template <class T>
constexpr bool isNested = std::is_same_v<T, AssociatedApplication> || std::is_same_v<T, AssociatedWorkflow> ||
                          std::is_same_v<T, AssociatedTriggerApplication> || std::is_same_v<T, OriginTrigger>;

template <class T>
struct IsList : std::false_type {};
template <class T>
struct IsList<ListMember<T>> : std::true_type {};

/// Stores a member until its value arrives: its address, or a view as it is.
template <class T>
auto memberOf(T& member) noexcept {
    constexpr bool isView = IsList<T>::value || std::is_same_v<T, CountMember> || std::is_same_v<T, IdMember> ||
                            std::is_same_v<T, JsonText<std::string>>;
    if constexpr (isView) {
        return member;
    } else if constexpr (std::is_same_v<T, std::vector<ExecutionNode>>) {
        return ListMember<ExecutionNode>{&member, nullptr};
    } else {
        return &member;
    }
}

// The structs of a list take at most so many times the bytes of the answer, or what is always allowed. A run of the API
// takes about as much as its JSON; an empty object on the wire takes hundreds of times as much.
constexpr std::size_t maxGrowth = 4;
constexpr std::size_t alwaysAllowed = std::size_t{32} * 1024 * 1024;

bool isNumberCharacter(char c) noexcept {
    return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

}  // namespace

ObjectReader::ObjectReader(std::string_view body, const JsonInput& input, Object root)
    : body_(body), input_(input), root_(root) {
}

bool ObjectReader::boolean(bool flag) {
    Value v;
    v.kind = JsonKind::flag;
    v.flag = flag;
    return value(v);
}

bool ObjectReader::number_integer(Json::number_integer_t number) {
    Value v;
    v.kind = JsonKind::integer;
    v.integer = number;
    return value(v);
}

bool ObjectReader::number_unsigned(Json::number_unsigned_t number) {
    if (number > static_cast<Json::number_unsigned_t>(std::numeric_limits<std::int64_t>::max())) {
        return number_float(static_cast<double>(number), {});
    }
    return number_integer(static_cast<std::int64_t>(number));
}

bool ObjectReader::number_float(Json::number_float_t number, const Json::string_t& /*text*/) {
    Value v;
    v.kind = JsonKind::real;
    v.real = number;
    return value(v);
}

bool ObjectReader::string(Json::string_t& decoded) {
    Value v;
    v.kind = JsonKind::text;
    v.text = input_.text(decoded);
    return value(v);
}

bool ObjectReader::start_object(std::size_t /*elements*/) {
    if (passing_ > 0) {
        ++passing_;
        return true;
    }
    if (frameCount_ == 0) {
        push(root_);
        return true;
    }
    if (isInList()) return enterElement();
    if (enterMember()) return true;
    Value v;
    v.kind = JsonKind::object;
    value(v);
    passing_ = 1;
    return true;
}

bool ObjectReader::start_array(std::size_t /*elements*/) {
    if (passing_ > 0) {
        ++passing_;
        return true;
    }
    if (frameCount_ > 0 && !isInList() && enterList()) return true;
    Value v;
    v.kind = JsonKind::array;
    if (!value(v)) return false;
    passing_ = 1;
    return true;
}

bool ObjectReader::end_object() {
    if (passing_ == 0) {
        leaveObject();
    } else if (--passing_ == 0) {
        storeJsonText();
    }
    return true;
}

bool ObjectReader::end_array() {
    if (passing_ == 0) {
        top().list = {};
    } else if (--passing_ == 0) {
        storeJsonText();
    }
    return true;
}

bool ObjectReader::key(Json::string_t& decoded) {
    if (passing_ > 0) return true;
    const std::string_view name = input_.text(decoded);
    member_ = std::monostate();
    const bool isRun = std::visit(
        [this, name](auto* object) {
            visitFields(*object, [this, name](std::string_view known, auto&& member) {
                if (name != known) return false;
                member_ = memberOf(member);
                return true;
            });
            using Type = std::remove_pointer_t<decltype(object)>;
            return std::is_same_v<Type, Execution> || std::is_same_v<Type, ExecutionDetailDocument>;
        },
        top().object);
    if (isRun && name == "id") member_ = &otherId_;
    if (std::holds_alternative<JsonText<std::string>>(member_) || std::holds_alternative<IdMember>(member_)) {
        textBegin_ = std::min(body_.find_first_not_of(" \t\r\n:", input_.position()), body_.size());
    }
    return true;
}

bool ObjectReader::parse_error(std::size_t position, const std::string& /*lastToken*/, const Json::exception& problem) {
    constexpr int numberOverflow = 406;
    isRepairable_ = problem.id == numberOverflow || hasLoneSurrogate(input_.source());
    failure_ = malformedJson(body_, input_.positionOf(position), problem.what());
    return false;
}

bool ObjectReader::value(const Value& value) {
    if (passing_ > 0) return true;
    if (frameCount_ == 0) return fail(std::string("the body is ") + nameOf(value.kind) + ", not an object");
    if (isInList()) {
        recordOddElement(value.kind);
    } else {
        setMember(value);
    }
    return true;
}

void ObjectReader::recordOddElement(JsonKind kind) {
    std::visit(
        [kind](const auto& list) {
            if constexpr (!std::is_same_v<std::decay_t<decltype(list)>, std::monostate>) {
                if (list.notes == nullptr) return;
                if (!list.notes->odd) list.notes->odd = ListNotes::OddElement{list.notes->count, kind};
                ++list.notes->count;
            }
        },
        top().list);
}

namespace {

/// Returns a count; no value for a number that cannot be one.
template <class Value>
std::optional<std::int64_t> countFrom(const Value& value, std::int64_t minimum) noexcept {
    std::optional<std::int64_t> number;
    if (value.kind == JsonKind::integer) number = value.integer;
    if (value.kind == JsonKind::real) number = countFromReal(value.real);
    if (number && *number < minimum) number.reset();
    return number;
}

/// Returns a duration from a number, or from a number in a string.
template <class Value>
std::optional<std::chrono::milliseconds> durationFrom(const Value& value) noexcept {
    std::optional<double> number;
    if (value.kind == JsonKind::integer) number = static_cast<double>(value.integer);
    if (value.kind == JsonKind::real) number = value.real;
    if (value.kind == JsonKind::text) number = plainNumber(value.text);
    return number ? millisecondsFrom(*number) : std::nullopt;
}

}  // namespace

/// The last value of a repeated key wins: one of the wrong type clears an earlier value.
void ObjectReader::setMember(const Value& value) const {
    const bool isText = value.kind == JsonKind::text;
    const bool isFlag = value.kind == JsonKind::flag;
    std::visit(
        [this, &value, isText, isFlag](auto member) {
            using Pointer = decltype(member);
            using Type = std::remove_pointer_t<Pointer>;
            if constexpr (std::is_same_v<Type, std::string>) {
                member->assign(value.text);
            } else if constexpr (std::is_same_v<Type, std::optional<Timestamp>>) {
                *member = isText ? parseTimestamp(value.text) : std::nullopt;
            } else if constexpr (std::is_same_v<Type, std::optional<double>>) {
                member->reset();
                if (value.kind == JsonKind::integer) *member = static_cast<double>(value.integer);
                if (value.kind == JsonKind::real) *member = value.real;
            } else if constexpr (std::is_same_v<Type, std::optional<bool>>) {
                member->reset();
                if (isFlag) *member = value.flag;
            } else if constexpr (std::is_same_v<Type, bool>) {
                *member = isFlag && value.flag;
            } else if constexpr (std::is_same_v<Type, std::optional<std::int64_t>>) {
                *member = countFrom(value, 0);
            } else if constexpr (std::is_same_v<Type, std::optional<std::chrono::milliseconds>>) {
                *member = durationFrom(value);
            } else if constexpr (std::is_same_v<Type, CountMember>) {
                *member.count = countFrom(value, member.minimum);
            } else if constexpr (std::is_same_v<Type, IdMember>) {
                const bool isNumber = value.kind == JsonKind::integer || value.kind == JsonKind::real;
                member.id->assign(isNumber ? memberText() : value.text);
            } else if constexpr (std::is_same_v<Type, JsonText<std::string>>) {
                // The text of a container is taken when it is closed.
                const bool isContainer = value.kind == JsonKind::array || value.kind == JsonKind::object;
                member.text->assign(isContainer ? std::string_view() : memberText());
            } else if constexpr (IsList<Type>::value) {
                member.items->clear();
                if (member.notes != nullptr) member.notes->kind = value.kind;
            } else if constexpr (isNested<Type>) {
                *member = Type();
            } else if constexpr (!std::is_same_v<Pointer, std::monostate>) {
                *member = Type(std::string(value.text));
            }
        },
        member_);
}

/// Returns the text of the scalar that was just read. The parser reads one byte past a number, and saw huge numbers as
/// null.
std::string_view ObjectReader::memberText() const {
    const std::string_view rest = body_.substr(textBegin_);
    const bool isNumber = !rest.empty() && isNumberCharacter(rest.front());
    if (!isNumber) return rest.substr(0, input_.position() - textBegin_);
    const auto end = std::find_if_not(rest.begin(), rest.end(), isNumberCharacter);
    return rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
}

/// True if the object that opens has a struct.
bool ObjectReader::enterMember() {
    return std::visit(
        [this](auto member) {
            using Type = std::remove_pointer_t<decltype(member)>;
            if constexpr (isNested<Type>) {
                *member = Type();
                push(member);
                return true;
            } else {
                return false;
            }
        },
        Member(member_));
}

/// True if the array that opens is a list of known objects.
bool ObjectReader::enterList() {
    return std::visit(
        [this](const auto& member) {
            using Type = std::decay_t<decltype(member)>;
            if constexpr (IsList<Type>::value) {
                member.items->clear();
                if (member.notes != nullptr) {
                    member.notes->kind = JsonKind::array;
                    member.notes->count = 0;
                    member.notes->odd.reset();
                    member.items->reserve(member.notes->expected);
                }
                top().list = member;
                return true;
            } else {
                return false;
            }
        },
        member_);
}

bool ObjectReader::enterElement() {
    return std::visit(
        [this](const auto& list) {
            if constexpr (!std::is_same_v<std::decay_t<decltype(list)>, std::monostate>) {
                auto& items = *list.items;
                if (items.size() == items.capacity() && !grow(items)) return false;
                if (list.notes != nullptr) ++list.notes->count;
                push(&items.emplace_back());
            }
            return true;
        },
        List(top().list));
}

/// Reserves memory for more items; fails if they are too small for the memory that they would take.
template <class T>
bool ObjectReader::grow(std::vector<T>& items) {
    const std::size_t maxItems = std::max(alwaysAllowed, body_.size() * maxGrowth) / sizeof(T);
    if (items.size() >= maxItems) {
        return fail("a list has more than " + std::to_string(maxItems) + " elements, too many for an answer of " +
                    std::to_string(body_.size()) + " bytes; ask for fewer, with a smaller limit");
    }
    constexpr std::size_t first = 16;
    items.reserve(std::min(std::max(items.size() * 2, first), maxItems));
    return true;
}

void ObjectReader::push(Object object) {
    if (std::holds_alternative<Execution*>(object)) otherId_.clear();
    member_ = std::monostate();
    frames_[frameCount_++] = Frame{object, input_.position() - 1, {}};
}

void ObjectReader::leaveObject() {
    const Frame& frame = top();
    const std::string_view text = body_.substr(frame.begin, input_.position() - frame.begin);
    const auto endRun = [this, text](Execution& run) {
        if (run.id.empty()) run.id = otherId_;
        run.rawJson = text;
    };
    std::visit(
        [&endRun, text](auto* object) {
            using Type = std::remove_pointer_t<decltype(object)>;
            if constexpr (std::is_same_v<Type, Execution>) {
                endRun(*object);
            } else if constexpr (std::is_same_v<Type, ExecutionDetailDocument>) {
                endRun(object->detail);
            } else if constexpr (std::is_same_v<Type, ExecutionNode> || std::is_same_v<Type, NodeBatch>) {
                object->rawJson = text;
            }
        },
        frame.object);
    --frameCount_;
}

/// Called at the end of an array or object without a struct: stores its text if a member wants it.
void ObjectReader::storeJsonText() {
    if (isInList()) return;
    const auto* const member = std::get_if<JsonText<std::string>>(&member_);
    if (member != nullptr) member->text->assign(body_.substr(textBegin_, input_.position() - textBegin_));
}

bool ObjectReader::fail(const std::string& reason) {
    failure_ = DecodeError(reason, {}, std::nullopt, false);
    return false;
}

bool readObject(std::string_view body, std::string_view text, ObjectReader::Object root) {
    JsonInput input(text);
    ObjectReader reader(body, input, root);
    // The parser stops after the object, because it would take a NUL for the end of the text. What follows is checked
    // below.
    constexpr bool strict = false;
    if (nlohmann::json::sax_parse(JsonInputIterator(input), JsonInputIterator(), &reader,
                                  nlohmann::json::input_format_t::json, strict)) {
        const std::size_t garbage = text.find_first_not_of(" \t\r\n", input.position());
        if (garbage == std::string_view::npos) return true;
        throw DecodeError("the JSON is followed by something else", {}, garbage, false);
    }
    if (reader.isRepairable()) return false;
    throw DecodeError(*reader.failure());
}

void readRepairedObject(std::string_view body, ObjectReader::Object root) {
    const std::string text = repairJson(body);
    if (!readObject(body, text, root)) throw DecodeError("a number is too large to be read", {}, std::nullopt, false);
}

}  // namespace refold::internal
