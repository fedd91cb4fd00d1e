// Decodes the paginated envelope into a Page<T>. Used by the page codecs.
#ifndef REFOLD_CODEC_PAGE_DOCUMENT_HPP
#define REFOLD_CODEC_PAGE_DOCUMENT_HPP

#include "codec/decode_error.hpp"
#include "codec/documents.hpp"
#include "codec/error_body_codec.hpp"
#include "codec/object_reader.hpp"

#include <refold/page.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace refold::internal {

/// Returns the number of documents to reserve memory for: as many as requested, but no more than fit in the body.
inline std::size_t expectedDocs(std::string_view body, std::optional<std::int64_t> askedLimit) {
    constexpr std::int64_t maxReserved = 1000;
    constexpr std::size_t smallestDoc = 64;
    const auto asked = static_cast<std::size_t>(std::clamp(askedLimit.value_or(10), std::int64_t{1}, maxReserved));
    return std::min(asked, body.size() / smallestDoc + 1);
}

/// Throws DecodeError unless `docs` is a list of objects.
inline void requireDocs(const ListNotes& notes, std::string_view body) {
    if (notes.kind != JsonKind::array) {
        const std::string said = quote(Quotation::error, body);
        if (!said.empty()) {
            throw DecodeError("the answer is an error instead of a page: ", "/docs", std::nullopt, false,
                              Quotation::error, said);
        }
        std::string reason = "\"docs\" is missing";
        if (notes.kind) reason = std::string("\"docs\" is ") + nameOf(*notes.kind) + ", not an array";
        throw DecodeError(reason, "/docs", std::nullopt, false);
    }
    if (notes.odd) {
        throw DecodeError(std::string("an element of \"docs\" is ") + nameOf(notes.odd->kind) + ", not an object",
                          "/docs/" + std::to_string(notes.odd->index), std::nullopt, false);
    }
}

/// Uses `askedPage` and `askedLimit` if the envelope omits its own. Throws DecodeError.
template <class T>
Page<T> decodePage(std::string_view body, std::optional<std::int64_t> askedPage,
                   std::optional<std::int64_t> askedLimit) {
    auto document = readDocument<PageDocument<T>>(body, expectedDocs(body, askedLimit));
    requireDocs(document.notes, body);
    completePage(document.page, document.envelope, askedPage, askedLimit);
    return std::move(document.page);
}

}  // namespace refold::internal

#endif
