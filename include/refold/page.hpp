// One page of a paginated answer: its documents, over which it is a range, and the numbers around them. Returned by
// `Client::listExecutions` and `Client::listNodeBatches`.
#ifndef REFOLD_PAGE_HPP
#define REFOLD_PAGE_HPP

#include <refold/export.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace refold {
inline namespace v0 {

/// The answer to one request. Numbers that the server left out are derived from the others if possible, and 0
/// otherwise.
template <class T>
struct Page {
    /// The documents, in the server's order.
    std::vector<T> docs = {};
    /// The number of documents that match, as counted by the server. 0 if none match, or if the server does not say: a
    /// page with documents and `totalDocs` 0 has no count.
    std::int64_t totalDocs = 0;
    /// The page size that the server used; may differ from the one requested.
    std::int64_t limit = 0;
    /// 1-based.
    std::int64_t page = 0;
    /// The number of pages of this size.
    std::int64_t totalPages = 0;
    /// True if the server says that another page follows. If it does not say, neither by this field nor by a total or a
    /// next page, true for a page with documents.
    bool hasNextPage = false;

    using value_type = T;                                            ///< The type of a document.
    using const_iterator = typename std::vector<T>::const_iterator;  ///< Iterates over `docs`.

    auto begin() noexcept { return docs.begin(); }                           ///< The first document.
    auto end() noexcept { return docs.end(); }                               ///< Past the last document.
    auto begin() const noexcept { return docs.begin(); }                     ///< The first document.
    auto end() const noexcept { return docs.end(); }                         ///< Past the last document.
    [[nodiscard]] std::size_t size() const noexcept { return docs.size(); }  ///< The number of documents on this page.
    [[nodiscard]] bool empty() const noexcept { return docs.empty(); }       ///< True if the page has no documents.
};

}  // namespace v0
}  // namespace refold

#endif
