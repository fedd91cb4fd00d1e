// Every item that matches a query, as a range that fetches pages as it is read: options, report and the range, the same
// for each kind of item. Clients return `ExecutionListing` and `NodeBatchListing`.
#ifndef REFOLD_LISTING_HPP
#define REFOLD_LISTING_HPP

#include <refold/range_cursor.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace refold {
inline namespace v0 {

/// Options of a listing. The defaults suit a loop that works on each item.
struct ListingOptions {
    /// Pages to request ahead of the reader, 0 to 64. The listing starts up to this many threads; they call the
    /// observer, the auth strategy and the transport. 0 starts no thread and requests a page when it is needed.
    int prefetch = 1;
    /// End after this many items.
    std::optional<std::int64_t> maxItems = {};
    /// Largest page size if the query has no `limit`; at least 1. Pages begin at 100 items. They grow while the server
    /// delivers the requested size and an answer takes less than about 1 s and 1 MiB. Under a rate limit, larger pages
    /// mean more items per second.
    std::int64_t maxPageSize = 1000;
    /// A text of `checkpoint()`: the listing continues after the item that was current then. See there for what must be
    /// the same. Blank: begins at the first page.
    std::string resumeFrom = {};
};

/// The progress of a listing so far, or its result after the end.
struct ListingReport {
    /// Items that the iterator has reached.
    std::int64_t delivered = 0;
    /// Items that came again on a later page and were left out. The few by which pages overlap on purpose do not count.
    std::int64_t duplicatesDropped = 0;
    /// Pages read, including those read again.
    std::int64_t pagesRead = 0;
    /// Pages that did not continue the listing, because the history had moved or a page size was not granted.
    std::int64_t pagesReread = 0;
    /// The server's total with the first page; 0 where it names none.
    std::int64_t totalDocsAtStart = 0;
    /// The server's total with the latest page; 0 where it names none.
    std::int64_t totalDocsAtEnd = 0;
    /// True if the listing reached the server's last item. False if the loop has not ended, ended early, or ended by
    /// `maxItems`.
    bool complete = false;
    /// True if the pages read so far are known to join without a gap. If `complete` is true too, no item that matched
    /// throughout is missing. False if the server makes that impossible to check: it ignores `limit`, sends empty pages
    /// in the middle, or has more items at one date than a page holds. docs/listing.md has the whole list.
    bool verified = false;
};

}  // namespace v0

namespace internal {

/// The interface that implements a listing.
template <class T>
class ListingCursor : public RangeCursor<T> {
  public:
    virtual ListingReport report() const = 0;
    virtual std::string checkpoint() const = 0;
};

}  // namespace internal

inline namespace v0 {

/// A lazy input range, in the server's order, each item once. Move-only and single-pass, for one thread at a time; the
/// client may serve other threads meanwhile. The destructor cancels the requests in flight and waits for the listing's
/// threads: it blocks for as long as a token provider, an observer or a custom transport does not return.
///
/// An item that matches the query from the first request to the last is delivered exactly once, even if other items
/// are added or removed meanwhile. An item that matches for part of that time is delivered once or not at all.
///
/// To check this, the listing requests pages that overlap by a few items. If a server makes the check impossible, the
/// listing continues without it, sets `report().verified` to false, and may have missed items.
///
/// `begin()` and `++` throw what the operation that reads one page throws, and `ResponseError` if the server's pages
/// never end or cannot be joined. After an error nothing is lost. If `begin()` threw, call it again. If `++` threw,
/// call `++` again on the same iterator; `begin()` would return the current item, which the program has processed.
template <class T>
class Listing {
  public:
    /// The type of `end()`.
    using Sentinel = internal::RangeSentinel;
    /// A move-only input iterator. `*it` is the current item, valid until `++`; it may be moved from.
    using Iterator = internal::RangeIterator<T>;
    using iterator = Iterator;

    explicit Listing(std::unique_ptr<internal::ListingCursor<T>> cursor) noexcept : cursor_(std::move(cursor)) {}

    /// Fetches the first page unless it has been fetched. Returns an iterator at the current item.
    Iterator begin() {
        cursor_->start();
        return Iterator(*cursor_);
    }
    /// Equal to the iterator once there are no further items, or once `maxItems` were delivered.
    [[nodiscard]] Sentinel end() const noexcept { return {}; }

    /// A copy of what happened so far.
    [[nodiscard]] ListingReport report() const { return cursor_->report(); }

    /// Returns one line of printable text. A listing with this text in `ListingOptions::resumeFrom` begins after the
    /// current item, in this process or another. May be called at any time, also after an error and after the end.
    /// Filters, dates, order and `extra` must be the same; `limit` and the other options may differ. The account is not
    /// checked. Another version of the library may refuse the text with `InvalidArgument`.
    [[nodiscard]] std::string checkpoint() const { return cursor_->checkpoint(); }

  private:
    std::unique_ptr<internal::ListingCursor<T>> cursor_;
};

/// Reads a listing to its end, or to its `maxItems`. Throws as its iterator does; what was read until then is lost.
template <class T>
std::vector<T> collect(Listing<T>&& listing) {
    std::vector<T> items;
    for (T& item : listing) items.push_back(std::move(item));
    return items;
}

}  // namespace v0
}  // namespace refold

#endif
