// Receives nlohmann's SAX events and fills structs directly, using the tables of wire names: one reader for every
// answer of the API. Used by the codecs through `readDocument`.
#ifndef REFOLD_CODEC_OBJECT_READER_HPP
#define REFOLD_CODEC_OBJECT_READER_HPP

#include "codec/decode_error.hpp"
#include "codec/documents.hpp"
#include "codec/json_input.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace refold::internal {

/// Builds no tree and does not recurse, so nesting has no limit. Its position is the known objects around it (four at
/// most) and the number of open containers in a skipped value.
class ObjectReader {
  public:
    using Json = nlohmann::json;

    /// A struct with a table of its members.
    using Object = std::variant<PageDocument<Execution>*, PageDocument<NodeBatch>*, ExecutionDetailDocument*,
                                ActionDocument*, Execution*, ExecutionNode*, NodeBatch*, AssociatedApplication*,
                                AssociatedWorkflow*, AssociatedTriggerApplication*, OriginTrigger*>;

    /// JSON texts are taken from `body`. The parser reads `input`: the body, or a text with the same offsets.
    ObjectReader(std::string_view body, const JsonInput& input, Object root);

    /// The reason that parsing failed.
    const std::optional<DecodeError>& failure() const noexcept { return failure_; }
    /// True if the text may be JSON that only nlohmann's parser refuses; see `repairJson`.
    bool isRepairable() const noexcept { return isRepairable_; }

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
    /// A value on the wire. Of arrays and objects only the kind.
    struct Value {
        JsonKind kind = JsonKind::null;
        bool flag = false;
        std::int64_t integer = 0;
        double real = 0;
        std::string_view text = {};
    };

    using List = std::variant<std::monostate, ListMember<Execution>, ListMember<NodeBatch>, ListMember<ExecutionNode>>;
    /// The member of the last key, if it is known.
    using Member =
        std::variant<std::monostate, std::string*, Environment*, ExecutionStatus*, ExecutionType*, NodeStatus*,
                     std::optional<Timestamp>*, std::optional<double>*, std::optional<bool>*, bool*,
                     std::optional<std::int64_t>*, std::optional<std::chrono::milliseconds>*, CountMember, IdMember,
                     JsonText<std::string>, AssociatedApplication*, AssociatedWorkflow*, AssociatedTriggerApplication*,
                     OriginTrigger*, ListMember<Execution>, ListMember<NodeBatch>, ListMember<ExecutionNode>>;

    /// An open object.
    struct Frame {
        Object object = {};
        std::size_t begin = 0;
        /// Its open list, if any.
        List list = {};
    };

    Frame& top() noexcept { return frames_[frameCount_ - 1]; }
    bool isInList() noexcept { return top().list.index() != 0; }

    bool value(const Value& value);
    void setMember(const Value& value) const;
    void recordOddElement(JsonKind kind);
    bool enterMember();
    bool enterList();
    bool enterElement();
    template <class T>
    bool grow(std::vector<T>& items);
    void push(Object object);
    void leaveObject();
    void storeJsonText();
    std::string_view memberText() const;
    bool fail(const std::string& reason);

    std::string_view body_;
    const JsonInput& input_;
    const Object root_;

    /// The number of open containers in a value without a struct.
    std::size_t passing_ = 0;
    std::array<Frame, 4> frames_ = {};
    std::size_t frameCount_ = 0;
    Member member_ = {};
    /// The beginning of a JSON text member's value.
    std::size_t textBegin_ = 0;
    /// `id`, for an execution without `_id`.
    std::string otherId_ = {};

    std::optional<DecodeError> failure_ = {};
    bool isRepairable_ = false;
};

/// Reads `body` into `root`. Returns false if `text`, which has the offsets of `body`, must be repaired first. Throws
/// DecodeError.
bool readObject(std::string_view body, std::string_view text, ObjectReader::Object root);

/// Like `readObject`, with huge numbers as null and lone surrogates as U+FFFD.
void readRepairedObject(std::string_view body, ObjectReader::Object root);

/// Decodes a body whose root is a `Document` constructed from `arguments`. Throws DecodeError.
template <class Document, class... Arguments>
Document readDocument(std::string_view body, const Arguments&... arguments) {
    Document document{arguments...};
    if (readObject(body, body, &document)) return document;
    Document again{arguments...};
    readRepairedObject(body, &again);
    return again;
}

}  // namespace refold::internal

#endif
