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
    std::vector<T> docs = {};
    /// Documents that match the query in all.
    std::int64_t totalDocs = 0;
    /// The page size that the server used, which need not be the one asked for.
    std::int64_t limit = 0;
    /// 1-based.
    std::int64_t page = 0;
    std::int64_t totalPages = 0;
    bool hasNextPage = false;

    using value_type = T;
    using const_iterator = typename std::vector<T>::const_iterator;

    auto begin() noexcept { return docs.begin(); }
    auto end() noexcept { return docs.end(); }
    auto begin() const noexcept { return docs.begin(); }
    auto end() const noexcept { return docs.end(); }
    std::size_t size() const noexcept { return docs.size(); }
    bool empty() const noexcept { return docs.empty(); }
};

}  // namespace v0
}  // namespace refold

#endif
