// Every run that matches a query, as a range that fetches pages as it goes. Made by `Client::executions`.
#ifndef REFOLD_EXECUTION_LISTING_HPP
#define REFOLD_EXECUTION_LISTING_HPP

#include <refold/execution.hpp>
#include <refold/export.hpp>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <string>

namespace refold {

namespace internal {
class ListingEngine;
}

inline namespace v0 {

struct ListingOptions {
    /// Pages in flight ahead of the reader; 0 fetches a page when the reader comes to it. At most 64.
    int prefetch = 1;
    /// End after this many runs.
    std::optional<std::int64_t> maxItems = {};
    /// Go on where the listing that made this `checkpoint()` stood. The query must be the same one.
    std::string resumeFrom = {};
};

/// What a listing did.
struct ListingReport {
    std::int64_t delivered = 0;
    /// Runs that came again on a later page and were left out. Those by which pages overlap on purpose do not count.
    std::int64_t duplicatesDropped = 0;
    /// Pages that were read, rereads included.
    std::int64_t pagesRead = 0;
    /// Pages that were read besides, because the history moved and pages did not join.
    std::int64_t pagesReread = 0;
    /// The server's total at the first page and at the latest; 0 where it names none. The latest is worked out where a
    /// page was asked for by date: what came before that date, plus the total from there on.
    std::int64_t totalDocsAtStart = 0;
    std::int64_t totalDocsAtEnd = 0;
    /// The end was reached (not `maxItems`, not an early exit).
    bool complete = false;
    /// Every step from page to page was seen to be seamless: no run that matched throughout can be missing. False where
    /// the server gave no means to tell: it honours neither `limit` nor dates, so that pages cannot be made to overlap; or so
    /// many runs share one date that their order, should it change from answer to answer, hides some; or nothing that a
    /// checkpoint names is there any more and runs have no dates. A server that dates its runs, or whose runs keep
    /// their order, and that honours `limit`, is always verified in a history that does not move.
    bool verified = false;
};

/// An input range over executions: lazy, in the server's order, each run once. Move-only, single pass, for one thread at a
/// time; the client may serve other threads meanwhile. Destroying it cancels what it has in flight.
///
/// Each run that matches the query from the first request to the last is delivered exactly once, though others come, end or
/// vanish meanwhile; those are delivered at most once. To see that no run slipped between two pages, pages overlap: requests
/// name a `limit` of their own and narrow the dates. A server that pays no heed to either is read page by page, and
/// `report().verified` is false.
///
/// An error from a page is thrown by `begin()` or `++`. Nothing is lost then: `++` on the same iterator goes on where it
/// failed.
class REFOLD_EXPORT ExecutionListing {
  public:
    class Sentinel {};

    class REFOLD_EXPORT Iterator {
      public:
        using iterator_concept = std::input_iterator_tag;
        using iterator_category = std::input_iterator_tag;
        using value_type = Execution;
        using difference_type = std::ptrdiff_t;
        using pointer = Execution*;
        using reference = Execution&;

        Iterator(Iterator&&) noexcept = default;
        Iterator& operator=(Iterator&&) noexcept = default;
        Iterator(const Iterator&) = delete;
        Iterator& operator=(const Iterator&) = delete;
        ~Iterator() = default;

        /// The current run; it may be moved from.
        reference operator*() const;
        pointer operator->() const;
        /// The next run, fetching a page where needed. Throws what `Client::listExecutions` throws.
        Iterator& operator++();
        void operator++(int);

        friend bool operator==(const Iterator& it, Sentinel) noexcept { return it.atEnd(); }
        friend bool operator!=(const Iterator& it, Sentinel) noexcept { return !it.atEnd(); }
        friend bool operator==(Sentinel, const Iterator& it) noexcept { return it.atEnd(); }
        friend bool operator!=(Sentinel, const Iterator& it) noexcept { return !it.atEnd(); }

      private:
        friend class ExecutionListing;
        explicit Iterator(internal::ListingEngine* engine) noexcept : engine_(engine) {}
        bool atEnd() const noexcept;

        internal::ListingEngine* engine_;
    };
    using iterator = Iterator;

    explicit ExecutionListing(std::unique_ptr<internal::ListingEngine> engine) noexcept;
    ExecutionListing(ExecutionListing&&) noexcept;
    ExecutionListing& operator=(ExecutionListing&&) noexcept;
    ExecutionListing(const ExecutionListing&) = delete;
    ExecutionListing& operator=(const ExecutionListing&) = delete;
    ~ExecutionListing();

    /// Fetches the first page, if that has not happened yet, and stands at the first run that was not passed yet.
    Iterator begin();
    Sentinel end() const noexcept { return {}; }

    /// What happened so far.
    ListingReport report() const;

    /// A short printable text from which `ListingOptions::resumeFrom` goes on behind the current run, in this process or
    /// another. The run that the iterator stands at counts as delivered. It says where the listing stood by the dates and the
    /// ids of the last runs; where runs have no dates and all of those have gone, the place can only be guessed, and the
    /// resumed listing's report says so.
    std::string checkpoint() const;

  private:
    std::unique_ptr<internal::ListingEngine> engine_;
};

}  // namespace v0
}  // namespace refold

#endif
