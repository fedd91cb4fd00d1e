// See execution_page_handler.hpp.
#include "codec/execution_page_handler.hpp"

#include "codec/error_body_codec.hpp"
#include "codec/json_failure.hpp"
#include "codec/json_text.hpp"

#include <refold/detail/execution_fields.hpp>

#include <cmath>
#include <limits>
#include <type_traits>
#include <utility>

namespace refold::internal {
namespace {

/// Far deeper than any answer, far less than what a reader of `rawJson` that recurses could not bear.
constexpr std::size_t maxDepth = 128;
constexpr std::size_t maxQuote = 200;

template <class T>
constexpr bool isNested = std::is_same_v<T, AssociatedApplication> || std::is_same_v<T, AssociatedWorkflow> ||
                          std::is_same_v<T, AssociatedTriggerApplication> || std::is_same_v<T, OriginTrigger>;

}  // namespace

ExecutionPageHandler::ExecutionPageHandler(std::string_view body, const JsonInput& input, std::size_t reserve)
    : body_(body), input_(input), reserve_(reserve) {
}

Page<Execution> ExecutionPageHandler::takePage(std::optional<std::int64_t> askedPage,
                                               std::optional<std::int64_t> askedLimit) {
    if (docsKind_ != Value::Kind::array) throwWithoutDocs();
    if (oddElement_) {
        throw DecodeError(std::string("an element of \"docs\" is ") + nameOf(oddElement_->kind) + ", not an object",
                          "/docs/" + std::to_string(oddElement_->index), std::nullopt, false);
    }
    completePage(page_, envelope_, askedPage, askedLimit);
    return std::move(page_);
}

void ExecutionPageHandler::throwWithoutDocs() const {
    std::string reason =
        docsKind_ ? std::string("\"docs\" is ") + nameOf(*docsKind_) + ", not an array" : "\"docs\" is missing";
    if (!message_.empty() || !error_.empty()) {
        const bool hasBoth = !message_.empty() && !error_.empty();
        reason = "the answer is an error instead of a page: \"" + message_ + (hasBoth ? ": " : "") + error_ + '"';
    }
    throw DecodeError(reason, "/docs", std::nullopt, false);
}

bool ExecutionPageHandler::boolean(bool flag) {
    Value v;
    v.kind = Value::Kind::flag;
    v.flag = flag;
    return value(v);
}

bool ExecutionPageHandler::number_integer(Json::number_integer_t number) {
    Value v;
    v.kind = Value::Kind::integer;
    v.integer = number;
    return value(v);
}

bool ExecutionPageHandler::number_unsigned(Json::number_unsigned_t number) {
    if (number > static_cast<Json::number_unsigned_t>(std::numeric_limits<std::int64_t>::max())) {
        return number_float(static_cast<double>(number), {});
    }
    return number_integer(static_cast<std::int64_t>(number));
}

bool ExecutionPageHandler::number_float(Json::number_float_t number, const Json::string_t& /*text*/) {
    Value v;
    v.kind = Value::Kind::real;
    v.real = number;
    return value(v);
}

bool ExecutionPageHandler::string(Json::string_t& decoded) {
    Value v;
    v.kind = Value::Kind::text;
    v.text = input_.text(decoded);
    return value(v);
}

bool ExecutionPageHandler::start_object(std::size_t /*elements*/) {
    if (!enterContainer()) return false;
    if (passing_ > 0) {
        ++passing_;
        return true;
    }
    switch (place_) {
        case Place::root:
            place_ = Place::envelope;
            return true;
        case Place::docs:
            beginExecution();
            return true;
        case Place::object:
            if (enterMember()) return true;
            break;
        case Place::envelope:
            break;
    }
    Value v;
    v.kind = Value::Kind::object;
    value(v);
    passing_ = 1;
    return true;
}

bool ExecutionPageHandler::start_array(std::size_t /*elements*/) {
    if (!enterContainer()) return false;
    if (passing_ > 0) {
        ++passing_;
        return true;
    }
    if (place_ == Place::envelope && envelopeKey_ == EnvelopeKey::docs) {
        beginDocs();
        return true;
    }
    Value v;
    v.kind = Value::Kind::array;
    if (!value(v)) return false;
    passing_ = 1;
    return true;
}

bool ExecutionPageHandler::end_object() {
    --depth_;
    if (passing_ > 0) {
        --passing_;
    } else if (place_ == Place::object && --objectCount_ == 0) {
        endExecution();
    }
    return true;
}

bool ExecutionPageHandler::end_array() {
    --depth_;
    if (passing_ > 0) {
        --passing_;
    } else {
        place_ = Place::envelope;
    }
    return true;
}

bool ExecutionPageHandler::key(Json::string_t& decoded) {
    if (passing_ > 0) return true;
    const std::string_view name = input_.text(decoded);
    if (place_ == Place::envelope) {
        envelopeKey_ = envelopeKeyNamed(name);
        return true;
    }
    member_ = std::monostate();
    std::visit(
        [this, name](auto* object) {
            visitFields(*object, [this, name](std::string_view known, auto& member) {
                if (name != known) return false;
                member_ = &member;
                return true;
            });
        },
        objects_[objectCount_ - 1]);
    if (objectCount_ == 1 && name == "id") member_ = &otherId_;
    return true;
}

bool ExecutionPageHandler::parse_error(std::size_t position, const std::string& /*lastToken*/,
                                       const Json::exception& problem) {
    constexpr int numberOverflow = 406;
    hasOverflowed_ = problem.id == numberOverflow;
    failure_ = malformedJson(body_, input_.positionOf(position), problem.what());
    return false;
}

bool ExecutionPageHandler::value(const Value& value) {
    if (passing_ > 0) return true;
    switch (place_) {
        case Place::root:
            return fail(std::string("the body is ") + nameOf(value.kind) + ", not an object");
        case Place::envelope:
            setEnvelope(value);
            break;
        case Place::docs:
            if (!oddElement_) oddElement_ = OddElement{docsCount_, value.kind};
            ++docsCount_;
            break;
        case Place::object:
            setMember(value);
            break;
    }
    return true;
}

void ExecutionPageHandler::setEnvelope(const Value& value) {
    switch (envelopeKey_) {
        case EnvelopeKey::docs:
            docsKind_ = value.kind;
            break;
        case EnvelopeKey::totalDocs:
            envelope_.totalDocs = numberFrom(value, 0);
            break;
        case EnvelopeKey::limit:
            envelope_.limit = numberFrom(value, 1);
            break;
        case EnvelopeKey::page:
            envelope_.page = numberFrom(value, 1);
            break;
        case EnvelopeKey::totalPages:
            envelope_.totalPages = numberFrom(value, 0);
            break;
        case EnvelopeKey::hasNextPage:
            envelope_.hasNextPage.reset();
            if (value.kind == Value::Kind::flag) envelope_.hasNextPage = value.flag;
            break;
        case EnvelopeKey::nextPage:
            envelope_.nextPage = numberFrom(value, 1);
            break;
        case EnvelopeKey::prevPage:
            envelope_.prevPage = numberFrom(value, 1);
            break;
        case EnvelopeKey::message:
            message_ = cleanText(value.text, maxQuote);
            break;
        case EnvelopeKey::error:
            error_ = cleanText(value.text, maxQuote);
            break;
        case EnvelopeKey::other:
            break;
    }
}

/// The last value of a key counts, so one that does not fit clears what an earlier one has set.
void ExecutionPageHandler::setMember(const Value& value) const {
    const bool isText = value.kind == Value::Kind::text;
    std::visit(
        [&value, isText](auto member) {
            using Pointer = decltype(member);
            using Type = std::remove_pointer_t<Pointer>;
            if constexpr (std::is_same_v<Type, std::string>) {
                member->assign(value.text);
            } else if constexpr (std::is_same_v<Type, std::optional<Timestamp>>) {
                *member = isText ? parseTimestamp(value.text) : std::nullopt;
            } else if constexpr (std::is_same_v<Type, std::optional<double>>) {
                member->reset();
                if (value.kind == Value::Kind::integer) *member = static_cast<double>(value.integer);
                if (value.kind == Value::Kind::real) *member = value.real;
            } else if constexpr (std::is_same_v<Type, std::optional<bool>>) {
                member->reset();
                if (value.kind == Value::Kind::flag) *member = value.flag;
            } else if constexpr (isNested<Type>) {
                *member = Type();
            } else if constexpr (!std::is_same_v<Pointer, std::monostate>) {
                *member = Type(std::string(value.text));
            }
        },
        member_);
}

bool ExecutionPageHandler::enterContainer() {
    if (++depth_ <= maxDepth) return true;
    const std::size_t offset = input_.position() - 1;
    failure_ = DecodeError("values are nested more than " + std::to_string(maxDepth) + " deep",
                           pointerToContainer(input_.source(), offset), offset, false);
    return false;
}

/// Whether the object that opens is one with a struct of its own.
bool ExecutionPageHandler::enterMember() {
    return std::visit(
        [this](auto member) {
            using Type = std::remove_pointer_t<decltype(member)>;
            if constexpr (isNested<Type>) {
                *member = Type();
                objects_[objectCount_++] = member;
                return true;
            } else {
                return false;
            }
        },
        Member(member_));
}

void ExecutionPageHandler::beginDocs() {
    place_ = Place::docs;
    docsKind_ = Value::Kind::array;
    docsCount_ = 0;
    oddElement_.reset();
    page_.docs.clear();
    page_.docs.reserve(reserve_);
}

void ExecutionPageHandler::beginExecution() {
    place_ = Place::object;
    executionBegin_ = input_.position() - 1;
    otherId_.clear();
    member_ = std::monostate();
    objects_[0] = &page_.docs.emplace_back();
    objectCount_ = 1;
    ++docsCount_;
}

void ExecutionPageHandler::endExecution() {
    Execution& execution = page_.docs.back();
    if (execution.id.empty()) execution.id = otherId_;
    execution.rawJson = body_.substr(executionBegin_, input_.position() - executionBegin_);
    place_ = Place::docs;
}

bool ExecutionPageHandler::fail(const std::string& reason) {
    failure_ = DecodeError(reason, {}, std::nullopt, false);
    return false;
}

ExecutionPageHandler::EnvelopeKey ExecutionPageHandler::envelopeKeyNamed(std::string_view name) noexcept {
    struct Known {
        std::string_view name;
        EnvelopeKey key;
    };
    static constexpr std::array<Known, 10> known{{{"docs", EnvelopeKey::docs},
                                                  {"totalDocs", EnvelopeKey::totalDocs},
                                                  {"limit", EnvelopeKey::limit},
                                                  {"page", EnvelopeKey::page},
                                                  {"totalPages", EnvelopeKey::totalPages},
                                                  {"hasNextPage", EnvelopeKey::hasNextPage},
                                                  {"nextPage", EnvelopeKey::nextPage},
                                                  {"prevPage", EnvelopeKey::prevPage},
                                                  {"message", EnvelopeKey::message},
                                                  {"error", EnvelopeKey::error}}};
    for (const Known& candidate : known) {
        if (candidate.name == name) return candidate.key;
    }
    return EnvelopeKey::other;
}

/// A count as the envelope has them. Numbers that cannot be one are as good as missing; `10.0` is 10.
std::optional<std::int64_t> ExecutionPageHandler::numberFrom(const Value& value, std::int64_t minimum) noexcept {
    constexpr double maxExact = 9007199254740992.0;  // 2^53, up to where a double holds every integer
    std::optional<std::int64_t> number;
    if (value.kind == Value::Kind::integer) number = value.integer;
    if (value.kind == Value::Kind::real && std::fabs(value.real) <= maxExact && std::floor(value.real) == value.real) {
        number = static_cast<std::int64_t>(value.real);
    }
    if (number && *number < minimum) number.reset();
    return number;
}

const char* ExecutionPageHandler::nameOf(Value::Kind kind) noexcept {
    switch (kind) {
        case Value::Kind::null:
            return "null";
        case Value::Kind::flag:
            return "a boolean";
        case Value::Kind::integer:
        case Value::Kind::real:
            return "a number";
        case Value::Kind::text:
            return "a string";
        case Value::Kind::array:
            return "an array";
        case Value::Kind::object:
            break;
    }
    return "an object";
}

}  // namespace refold::internal
