// Receives nlohmann's SAX events for a page of executions and fills the structs on the spot. Used by decodeExecutionPage.
#ifndef REFOLD_CODEC_EXECUTION_PAGE_HANDLER_HPP
#define REFOLD_CODEC_EXECUTION_PAGE_HANDLER_HPP

#include <refold/detail/page_envelope.hpp>
#include <refold/execution.hpp>
#include <refold/page.hpp>

#include "codec/decode_error.hpp"
#include "codec/json_input.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace refold::internal {

/// Keeps no tree and does not recurse: where it is in the document is one of a few places, the known objects around it (three
/// at most) and the depth of what is being passed over.
class ExecutionPageHandler {
  public:
    using Json = nlohmann::json;

    /// \param body     what `rawJson` is cut from
    /// \param input    what the parser reads: the body, or a text with the same offsets
    /// \param reserve  how many documents to expect
    ExecutionPageHandler(std::string_view body, const JsonInput& input, std::size_t reserve);

    /// What was read. Throws DecodeError if that is no page.
    Page<Execution> takePage(std::optional<std::int64_t> askedPage, std::optional<std::int64_t> askedLimit);

    /// Why parsing ended, if it did not reach the end.
    const std::optional<DecodeError>& failure() const noexcept { return failure_; }
    /// Whether that was a number that no double holds.
    bool hasOverflowed() const noexcept { return hasOverflowed_; }

    bool null() { return value({}); }
    bool boolean(bool flag);
    bool number_integer(Json::number_integer_t number);
    bool number_unsigned(Json::number_unsigned_t number);
    bool number_float(Json::number_float_t number, const Json::string_t& text);
    bool string(Json::string_t& decoded);
    bool binary(Json::binary_t& /*unused*/) { return true; }
    bool start_object(std::size_t elements);
    bool key(Json::string_t& decoded);
    bool end_object();
    bool start_array(std::size_t elements);
    bool end_array();
    bool parse_error(std::size_t position, const std::string& lastToken, const Json::exception& problem);

  private:
    /// A value as it stands on the wire; of arrays and objects only that it is one.
    struct Value {
        enum class Kind : unsigned char { null, flag, integer, real, text, array, object };
        Kind kind = Kind::null;
        bool flag = false;
        std::int64_t integer = 0;
        double real = 0;
        std::string_view text = {};
    };

    enum class Place : unsigned char { root, envelope, docs, object };
    enum class EnvelopeKey : unsigned char {
        other,
        docs,
        totalDocs,
        limit,
        page,
        totalPages,
        hasNextPage,
        nextPage,
        prevPage,
        message,
        error
    };

    using Object = std::variant<Execution*, AssociatedApplication*, AssociatedWorkflow*, AssociatedTriggerApplication*,
                                OriginTrigger*>;
    /// The member that the last key names, if it is one that is known.
    using Member =
        std::variant<std::monostate, std::string*, Environment*, ExecutionStatus*, ExecutionType*,
                     std::optional<Timestamp>*, std::optional<double>*, std::optional<bool>*, AssociatedApplication*,
                     AssociatedWorkflow*, AssociatedTriggerApplication*, OriginTrigger*>;

    bool value(const Value& value);
    void setEnvelope(const Value& value);
    void setMember(const Value& value) const;
    bool enterContainer();
    bool enterMember();
    void beginDocs();
    void beginExecution();
    void endExecution();
    bool fail(const std::string& reason);

    static EnvelopeKey envelopeKeyNamed(std::string_view name) noexcept;
    static std::optional<std::int64_t> numberFrom(const Value& value, std::int64_t minimum) noexcept;
    static const char* nameOf(Value::Kind kind) noexcept;
    [[noreturn]] void throwWithoutDocs() const;

    std::string_view body_;
    const JsonInput& input_;
    std::size_t reserve_;

    Place place_ = Place::root;
    std::size_t depth_ = 0;
    /// Containers that are open inside of a value that nobody asked for.
    std::size_t passing_ = 0;
    EnvelopeKey envelopeKey_ = EnvelopeKey::other;
    std::array<Object, 3> objects_ = {};
    std::size_t objectCount_ = 0;
    Member member_ = {};

    Page<Execution> page_ = {};
    PageEnvelope envelope_ = {};
    std::size_t executionBegin_ = 0;
    /// `id`, for an execution without `_id`.
    std::string otherId_ = {};

    std::optional<Value::Kind> docsKind_ = {};
    std::size_t docsCount_ = 0;
    struct OddElement {
        std::size_t index;
        Value::Kind kind;
    };
    std::optional<OddElement> oddElement_ = {};
    std::string message_ = {};
    std::string error_ = {};

    std::optional<DecodeError> failure_ = {};
    bool hasOverflowed_ = false;
};

}  // namespace refold::internal

#endif
