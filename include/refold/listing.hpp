// Everything that matches a query, as a range that fetches pages as it goes: what it can be told, what it tells, and the
// range itself, the same for each kind of item. `ExecutionListing` and `NodeBatchListing` are what clients make of it.
#ifndef REFOLD_LISTING_HPP
#define REFOLD_LISTING_HPP

#include <refold/export.hpp>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace refold {
inline namespace v0 {

/// How a listing is read. A plain struct; the defaults suit a loop that works on each item.
struct ListingOptions {
    /// Pages in flight ahead of the reader; 0 fetches a page when the reader comes to it. At most 64.
    int prefetch = 1;
    /// End after this many items.
    std::optional<std::int64_t> maxItems = {};
    /// Go on where the listing that made this `checkpoint()` stood. The query must be the same one.
    std::string resumeFrom = {};
};

/// What a listing did.
struct ListingReport {
    /// Items that the iterator has stood at.
    std::int64_t delivered = 0;
    /// Items that came again on a later page and were left out. Those by which pages overlap on purpose do not count.
    std::int64_t duplicatesDropped = 0;
    /// Pages that were read, rereads included.
    std::int64_t pagesRead = 0;
    /// Pages that were read besides, because the history moved and pages did not join.
    std::int64_t pagesReread = 0;
    /// The server's total at the first page and at the latest; 0 where it names none. The latest is worked out where a
    /// page was asked for by date: what came before that date, plus the total from there on.
    std::int64_t totalDocsAtStart = 0;
    /// See `totalDocsAtStart`.
    std::int64_t totalDocsAtEnd = 0;
    /// The end was reached (not `maxItems`, not an early exit).
    bool complete = false;
    /// Every step from page to page was seen to be seamless: no item that matched throughout can be missing. False where
    /// the server gave no means to tell: it honours neither `limit` nor dates, so that pages cannot be made to overlap; or so
    /// many items share one date that their order, should it change from answer to answer, hides some; or nothing that a
    /// checkpoint names is there any more and items have no dates. A server that dates its items, or whose items keep
    /// their order, and that honours `limit`, is always verified in a history that does not move.
    bool verified = false;
};

}  // namespace v0

namespace internal {

/// What the library puts behind a range.
template <class T>
class ListingCursor {
  public:
    ListingCursor() = default;
    ListingCursor(const ListingCursor&) = delete;
    ListingCursor& operator=(const ListingCursor&) = delete;
    virtual ~ListingCursor() = default;

    /// Stands at the first item, if it stands nowhere yet.
    virtual void start() = 0;
    /// To the next item. If it throws, it stands where it stood, and can be called again.
    virtual void advance() = 0;
    virtual bool atEnd() const noexcept = 0;
    virtual T& current() noexcept = 0;
    /// \return a copy, which later steps do not change
    virtual ListingReport report() const = 0;
    /// \return a text without line breaks
    virtual std::string checkpoint() const = 0;
};

}  // namespace internal

inline namespace v0 {

/// An input range: lazy, in the server's order, each item once. Move-only, single pass, for one thread at a time; the client
/// may serve other threads meanwhile. Destroying it cancels what it has in flight.
///
/// Each item that matches the query from the first request to the last is delivered exactly once, though others come, end or
/// vanish meanwhile; those are delivered at most once. To see that no item slipped between two pages, pages overlap:
/// requests name a `limit` of their own and, where items have dates, narrow them. A server that pays no heed to either is
/// read page by page, and `report().verified` is false.
///
/// An error from a page is thrown by `begin()` or `++`. Nothing is lost then: `++` on the same iterator goes on where it
/// failed.
template <class T>
class Listing {
  public:
    /// The end of the range.
    class Sentinel {};

    /// Stands at one item of the range; valid as long as the range is.
    class Iterator {
      public:
        using iterator_concept = std::input_iterator_tag;
        using iterator_category = std::input_iterator_tag;
        using value_type = T;
        using difference_type = std::ptrdiff_t;
        using pointer = T*;
        using reference = T&;

        Iterator(Iterator&&) noexcept = default;
        Iterator& operator=(Iterator&&) noexcept = default;
        Iterator(const Iterator&) = delete;
        Iterator& operator=(const Iterator&) = delete;
        ~Iterator() = default;

        /// The current item; it may be moved from.
        /// \return the item, until the next `++`
        reference operator*() const { return cursor_->current(); }
        /// \return the item, until the next `++`
        pointer operator->() const { return &cursor_->current(); }
        /// The next item, fetching a page where needed. Throws what the operation that reads one page throws.
        /// \return this iterator
        Iterator& operator++() {
            cursor_->advance();
            return *this;
        }
        /// As `++` in front, which has no old place to return.
        void operator++(int) { cursor_->advance(); }

        friend bool operator==(const Iterator& it, Sentinel) noexcept { return it.cursor_->atEnd(); }
        friend bool operator!=(const Iterator& it, Sentinel) noexcept { return !it.cursor_->atEnd(); }
        friend bool operator==(Sentinel, const Iterator& it) noexcept { return it.cursor_->atEnd(); }
        friend bool operator!=(Sentinel, const Iterator& it) noexcept { return !it.cursor_->atEnd(); }

      private:
        friend class Listing;
        explicit Iterator(internal::ListingCursor<T>* cursor) noexcept : cursor_(cursor) {}

        internal::ListingCursor<T>* cursor_;
    };
    using iterator = Iterator;

    explicit Listing(std::unique_ptr<internal::ListingCursor<T>> cursor) noexcept : cursor_(std::move(cursor)) {}

    /// Fetches the first page, if that has not happened yet, and stands at the first item that was not passed yet.
    /// \return an iterator that may be moved, not copied
    Iterator begin() {
        cursor_->start();
        return Iterator(cursor_.get());
    }
    /// \return what an iterator is compared with
    Sentinel end() const noexcept { return {}; }

    /// What happened so far.
    /// \return a copy, which later steps do not change
    ListingReport report() const { return cursor_->report(); }

    /// A short printable text from which `ListingOptions::resumeFrom` goes on behind the current item, in this process or
    /// another. The item that the iterator stands at counts as delivered. It says where the listing stood by the dates and
    /// the ids of the last items; where items have no dates and all of those have gone, the place can only be guessed, and
    /// the resumed listing's report says so.
    /// \return a text without line breaks
    std::string checkpoint() const { return cursor_->checkpoint(); }

  private:
    std::unique_ptr<internal::ListingCursor<T>> cursor_;
};

}  // namespace v0
}  // namespace refold

#endif
