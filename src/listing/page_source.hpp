// The interface through which a listing fetches pages, so that it depends on neither HTTP nor JSON. Implemented by the
// client, and by simulators in the tests.
#ifndef REFOLD_LISTING_PAGE_SOURCE_HPP
#define REFOLD_LISTING_PAGE_SOURCE_HPP

#include <refold/cancel.hpp>
#include <refold/execution.hpp>
#include <refold/page.hpp>

#include <cstdint>

namespace refold::internal {

/// One page of the query that the listing was made for.
struct PageRequest {
    std::int64_t page = 1;
    std::int64_t limit = 0;

    /// Rank of the page's first item, counted from 0.
    std::int64_t firstRank() const noexcept { return (page - 1) * limit; }
    /// Rank after the page's last item.
    std::int64_t endRank() const noexcept { return page * limit; }
};

/// Fetches pages. Called from several threads at a time.
template <class Item>
class BasicPageSource {
  public:
    BasicPageSource() = default;
    BasicPageSource(const BasicPageSource&) = delete;
    BasicPageSource& operator=(const BasicPageSource&) = delete;
    virtual ~BasicPageSource() = default;

    /// Returns the page as the server sent it. Throws as `Client::listExecutions` does, and `Cancelled` soon after
    /// `cancel` is cancelled. Retries are the source's task; asking again after an error is allowed.
    virtual Page<Item> fetch(const PageRequest& request, const CancelToken& cancel) = 0;

    /// False for an item that the server sent though the query excludes it. Such an item is part of the page but is not
    /// delivered.
    virtual bool includes(const Item& item) const {
        static_cast<void>(item);
        return true;
    }
};

using PageSource = BasicPageSource<Execution>;

}  // namespace refold::internal

#endif
