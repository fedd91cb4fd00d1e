// The root objects of the API's answers as structs with tables of their members: a page's envelope, a run with its
// nodes, the answers to actions. Filled by `ObjectReader`; used by the codecs of this directory.
#ifndef REFOLD_CODEC_DOCUMENTS_HPP
#define REFOLD_CODEC_DOCUMENTS_HPP

#include <refold/detail/execution_fields.hpp>
#include <refold/detail/page_envelope.hpp>
#include <refold/execution_detail.hpp>
#include <refold/node_batch.hpp>
#include <refold/page.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace refold::internal {

/// The kind of a JSON value.
enum class JsonKind : unsigned char { null, flag, integer, real, text, array, object };

/// The value that was found instead of a list.
struct ListNotes {
    struct OddElement {
        std::size_t index;
        JsonKind kind;
    };
    /// No value if the list is missing.
    std::optional<JsonKind> kind = {};
    std::size_t count = 0;
    std::optional<OddElement> odd = {};
    /// Number of items to reserve memory for.
    std::size_t expected = 0;
};

/// A list of objects; `notes` may be null.
template <class T>
struct ListMember {
    std::vector<T>* items;
    ListNotes* notes;
};

/// A number of at least `minimum`; anything else leaves it without a value.
struct CountMember {
    std::optional<std::int64_t>* count;
    std::int64_t minimum;
};

/// An id: a string, or the digits of a number.
struct IdMember {
    std::string* id;
};

template <class T>
struct PageDocument {
    explicit PageDocument(std::size_t expected) { notes.expected = expected; }

    Page<T> page = {};
    PageEnvelope envelope = {};
    ListNotes notes = {};
};

struct ExecutionDetailDocument {
    ExecutionDetail detail = {};
};

/// The answer to stop and rerun.
struct ActionDocument {
    /// The new run's id, under each name that servers use.
    std::array<std::string, 6> ids = {};
};

template <class T, class Visitor>
bool visitFields(PageDocument<T>& document, Visitor&& visit) {
    using namespace std::string_view_literals;
    PageEnvelope& envelope = document.envelope;
    return visit("docs"sv, ListMember<T>{&document.page.docs, &document.notes}) ||
           visit("totalDocs"sv, CountMember{&envelope.totalDocs, 0}) ||
           visit("limit"sv, CountMember{&envelope.limit, 1}) || visit("page"sv, CountMember{&envelope.page, 1}) ||
           visit("totalPages"sv, CountMember{&envelope.totalPages, 0}) ||
           visit("hasNextPage"sv, envelope.hasNextPage) || visit("nextPage"sv, CountMember{&envelope.nextPage, 1}) ||
           visit("prevPage"sv, CountMember{&envelope.prevPage, 1});
}

template <class Visitor>
bool visitFields(ExecutionDetailDocument& document, Visitor&& visit) {
    return visitFields(document.detail, visit);
}

template <class Visitor>
bool visitFields(ActionDocument& document, Visitor&& visit) {
    using namespace std::string_view_literals;
    auto& ids = document.ids;
    return visit("id"sv, IdMember{&ids[0]}) || visit("_id"sv, IdMember{&ids[1]}) ||
           visit("instanceId"sv, IdMember{&ids[2]}) || visit("instance_id"sv, IdMember{&ids[3]}) ||
           visit("execution_id"sv, IdMember{&ids[4]}) || visit("executionId"sv, IdMember{&ids[5]});
}

/// Returns "an array", "a string", for messages.
const char* nameOf(JsonKind kind) noexcept;

}  // namespace refold::internal

#endif
