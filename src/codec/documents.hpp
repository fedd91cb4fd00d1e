// What can stand at the root of an answer, as structs that `ObjectReader` fills by the same kind of table as the public
// values: a page's envelope, a run in depth, the short answers of actions. Used by the codecs of this directory.
#ifndef REFOLD_CODEC_DOCUMENTS_HPP
#define REFOLD_CODEC_DOCUMENTS_HPP

#include <refold/detail/execution_fields.hpp>
#include <refold/detail/page_envelope.hpp>
#include <refold/execution_detail.hpp>
#include <refold/node_batch.hpp>
#include <refold/page.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace refold::internal {

/// What kind of JSON value stands somewhere.
enum class JsonKind : unsigned char { null, flag, integer, real, text, array, object };

/// What was met where a list is expected.
struct ListNotes {
    struct OddElement {
        std::size_t index;
        JsonKind kind;
    };
    /// Empty where the list is missing.
    std::optional<JsonKind> kind = {};
    std::size_t count = 0;
    std::optional<OddElement> odd = {};
    /// How many items to make room for.
    std::size_t expected = 0;
};

/// A list of objects; `notes` may be null.
template <class T>
struct ListMember {
    std::vector<T>* items;
    ListNotes* notes;
};

/// A number of at least `minimum`; no value is had of anything else.
struct CountMember {
    std::optional<std::int64_t>* count;
    std::int64_t minimum;
};

/// Where a server answers with success and means an error, its words.
struct ErrorWords {
    std::string message = {};
    std::string error = {};
};

template <class T>
struct PageDocument {
    explicit PageDocument(std::size_t expected) { notes.expected = expected; }

    Page<T> page = {};
    PageEnvelope envelope = {};
    ListNotes notes = {};
    ErrorWords words = {};
};

struct ExecutionDetailDocument {
    ExecutionDetail detail = {};
    ErrorWords words = {};
};

/// What stop and rerun answer.
struct ActionDocument {
    std::string id = {};
    std::string otherId = {};
    ErrorWords words = {};
};

template <class Visitor>
bool visitWords(ErrorWords& words, Visitor&& visit) {
    using namespace std::string_view_literals;
    return visit("message"sv, words.message) || visit("error"sv, words.error);
}

template <class T, class Visitor>
bool visitFields(PageDocument<T>& document, Visitor&& visit) {
    using namespace std::string_view_literals;
    PageEnvelope& envelope = document.envelope;
    return visit("docs"sv, ListMember<T>{&document.page.docs, &document.notes}) ||
           visit("totalDocs"sv, CountMember{&envelope.totalDocs, 0}) ||
           visit("limit"sv, CountMember{&envelope.limit, 1}) || visit("page"sv, CountMember{&envelope.page, 1}) ||
           visit("totalPages"sv, CountMember{&envelope.totalPages, 0}) ||
           visit("hasNextPage"sv, envelope.hasNextPage) || visit("nextPage"sv, CountMember{&envelope.nextPage, 1}) ||
           visit("prevPage"sv, CountMember{&envelope.prevPage, 1}) || visitWords(document.words, visit);
}

template <class Visitor>
bool visitFields(ExecutionDetailDocument& document, Visitor&& visit) {
    return visitFields(document.detail, visit) || visitWords(document.words, visit);
}

template <class Visitor>
bool visitFields(ActionDocument& document, Visitor&& visit) {
    using namespace std::string_view_literals;
    return visit("id"sv, document.id) || visit("_id"sv, document.otherId) || visitWords(document.words, visit);
}

/// "an array", "a string": for messages.
const char* nameOf(JsonKind kind) noexcept;

/// Words in quotes for a message: cleaned and cut; empty if the server sent none.
std::string quoteWords(const ErrorWords& words);

}  // namespace refold::internal

#endif
