// One page of a paginated answer: the envelope's numbers and the documents, over which it is a range.
#ifndef REFOLD_PAGE_HPP
#define REFOLD_PAGE_HPP

#include <cstddef>
#include <cstdint>
#include <vector>

namespace refold {
inline namespace v0 {

/// What one request answers. Numbers that the server left out are worked out from the others where that is possible, and are
/// 0 where it is not.
template <class T>
struct Page {
    /// The documents, in the order in which the server sent them.
    std::vector<T> docs = {};
    /// Documents that match the query in all.
    std::int64_t totalDocs = 0;
    /// The page size that the server used, which need not be the one asked for.
    std::int64_t limit = 0;
    /// 1-based.
    std::int64_t page = 0;
    /// How many pages of this size there are in all.
    std::int64_t totalPages = 0;
    /// Whether there is a page behind this one; what decides in the end.
    bool hasNextPage = false;

    /// What a page is made of.
    using value_type = T;
    /// Iterates over a page that must not change.
    using const_iterator = typename std::vector<T>::const_iterator;

    /// \return the first document
    auto begin() noexcept { return docs.begin(); }
    /// \return behind the last document
    auto end() noexcept { return docs.end(); }
    /// \return the first document
    auto begin() const noexcept { return docs.begin(); }
    /// \return behind the last document
    auto end() const noexcept { return docs.end(); }
    /// \return how many documents stand on this page
    std::size_t size() const noexcept { return docs.size(); }
    /// \return whether there is none
    bool empty() const noexcept { return docs.empty(); }
};

}  // namespace v0
}  // namespace refold

#endif
