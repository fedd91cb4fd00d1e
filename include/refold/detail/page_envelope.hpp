// The numbers of a page's envelope as received, and the derivation of missing ones. Used by the codec and by json.hpp;
// not for direct use.
#ifndef REFOLD_DETAIL_PAGE_ENVELOPE_HPP
#define REFOLD_DETAIL_PAGE_ENVELOPE_HPP

#include <refold/page.hpp>

#include <cstdint>
#include <optional>

namespace refold::internal {

/// The envelope as received. A number that is missing or invalid (negative, or a page 0) has no value.
struct PageEnvelope {
    std::optional<std::int64_t> totalDocs = {};
    std::optional<std::int64_t> limit = {};
    std::optional<std::int64_t> page = {};
    std::optional<std::int64_t> totalPages = {};
    std::optional<bool> hasNextPage = {};
    /// `nextPage` and `prevPage` of older servers, null at the ends.
    std::optional<std::int64_t> nextPage = {};
    std::optional<std::int64_t> prevPage = {};
};

/// Returns the number of pages of `limit` documents for `total` documents.
inline std::int64_t pagesFor(std::int64_t total, std::int64_t limit) noexcept {
    return total / limit + (total % limit != 0 ? 1 : 0);
}

/// Sets the numbers of `page`, whose documents are set. `askedPage` and `askedLimit` are those of the request.
template <class T>
void completePage(Page<T>& page, const PageEnvelope& envelope, std::optional<std::int64_t> askedPage,
                  std::optional<std::int64_t> askedLimit) noexcept {
    const auto count = static_cast<std::int64_t>(page.docs.size());
    page.limit = envelope.limit.value_or(askedLimit.value_or(0));

    // A request without a page gets the first one.
    page.page = askedPage.value_or(1);
    if (envelope.page) {
        page.page = *envelope.page;
    } else if (envelope.nextPage && *envelope.nextPage > 1) {
        page.page = *envelope.nextPage - 1;
    } else if (envelope.prevPage && *envelope.prevPage < INT64_MAX) {
        page.page = *envelope.prevPage + 1;
    }

    if (envelope.hasNextPage) {
        page.hasNextPage = *envelope.hasNextPage;
    } else if (envelope.totalPages) {
        page.hasNextPage = page.page < *envelope.totalPages;
    } else if (envelope.totalDocs && page.limit > 0) {
        page.hasNextPage = page.page < pagesFor(*envelope.totalDocs, page.limit);
    } else {
        // If nothing says whether more documents follow, only an empty page is the last one.
        page.hasNextPage = envelope.nextPage.has_value() || count > 0;
    }

    page.totalDocs = 0;
    if (envelope.totalDocs) {
        page.totalDocs = *envelope.totalDocs;
    } else if (!page.hasNextPage && count > 0) {
        // The last page: full pages before it, and its documents. An empty page may be anywhere past the end.
        const std::int64_t before = page.page - 1;
        const bool countable = before == 0 || (page.limit > 0 && before <= (INT64_MAX - count) / page.limit);
        page.totalDocs = countable ? before * page.limit + count : 0;
    }

    page.totalPages = 0;
    if (envelope.totalPages) {
        page.totalPages = *envelope.totalPages;
    } else if (page.totalDocs > 0 && page.limit > 0) {
        page.totalPages = pagesFor(page.totalDocs, page.limit);
    }
}

}  // namespace refold::internal

#endif
