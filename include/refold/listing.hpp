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

/// How a listing is read. The defaults suit a loop that works on each item.
struct ListingOptions {
    /// Pages in flight ahead of the reader, at most 64. 0 fetches a page when the reader comes to it.
    int prefetch = 1;
    /// End after this many items.
    std::optional<std::int64_t> maxItems = {};
    /// Where the query names no limit, pages begin at 100 items and grow up to this size, at least 1, while the server
    /// grants it and answers within about a second and a mebibyte. Larger pages are the throughput under a rate limit.
    std::int64_t maxPageSize = 1000;
    /// Continue where the listing that made this `checkpoint()` stood. The query must be the same.
    std::string resumeFrom = {};
};

/// What a listing did.
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
    /// The end was reached, not `maxItems` or an early exit.
    bool complete = false;
    /// Every page was seen to continue the one before, so that no item that matched throughout is missing. False where
    /// the server gives no means to see it: it ignores `limit`, sends empty pages in the middle, or has more items at
    /// one date than a page reaches across.
    bool verified = false;
};

}  // namespace v0

namespace internal {

/// What the library puts behind a listing.
template <class T>
class ListingCursor : public RangeCursor<T> {
  public:
    virtual ListingReport report() const = 0;
    virtual std::string checkpoint() const = 0;
};

}  // namespace internal

inline namespace v0 {

/// A lazy input range, in the server's order, each item once. Move-only and single-pass, for one thread at a time; the
/// client may serve other threads meanwhile. Destroying it cancels what it has in flight.
///
/// An item that matches the query from the first request to the last is delivered exactly once, whatever comes, ends or
/// vanishes meanwhile; what comes or goes is delivered at most once. Pages overlap by a few items, and items are
/// delivered only from a page that is seen to continue the one before; otherwise `report().verified` turns false.
///
/// `begin()` and `++` throw what the operation that reads one page throws, and `ResponseError` where the server's pages
/// lead nowhere. Nothing is lost then: `++` on the same iterator continues where it failed.
template <class T>
class Listing {
  public:
    using Sentinel = internal::RangeSentinel;
    using Iterator = internal::RangeIterator<T>;
    using iterator = Iterator;

    explicit Listing(std::unique_ptr<internal::ListingCursor<T>> cursor) noexcept : cursor_(std::move(cursor)) {}

    /// Fetches the first page unless it has been fetched. Returns an iterator at the current item.
    Iterator begin() {
        cursor_->start();
        return Iterator(*cursor_);
    }
    [[nodiscard]] Sentinel end() const noexcept { return {}; }

    /// A copy of what happened so far.
    [[nodiscard]] ListingReport report() const { return cursor_->report(); }

    /// A printable line of text from which `ListingOptions::resumeFrom` continues behind the current item, in this
    /// process or another. The current item counts as delivered.
    [[nodiscard]] std::string checkpoint() const { return cursor_->checkpoint(); }

  private:
    std::unique_ptr<internal::ListingCursor<T>> cursor_;
};

/// Reads a listing to its end, or to its `maxItems`. Throws as its iterator does; what was read until then is lost.
template <class T>
[[nodiscard]] std::vector<T> collect(Listing<T>&& listing) {
    std::vector<T> items;
    for (T& item : listing) items.push_back(std::move(item));
    return items;
}

}  // namespace v0
}  // namespace refold

#endif
