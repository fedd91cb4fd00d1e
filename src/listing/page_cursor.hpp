// Drives a walk: fetches the pages that it plans, ahead of the reader on several threads, and returns the items that it
// delivers. A template for every kind of item; implements the public `Listing`.
#ifndef REFOLD_LISTING_PAGE_CURSOR_HPP
#define REFOLD_LISTING_PAGE_CURSOR_HPP

#include "listing/checkpoint.hpp"
#include "listing/checkpoint_text.hpp"
#include "listing/page_source.hpp"
#include "listing/prefetcher.hpp"
#include "listing/walk.hpp"
#include "types/cancel_state.hpp"
#include "types/process_identity.hpp"

#include <refold/cancel.hpp>
#include <refold/error.hpp>
#include <refold/listing.hpp>
#include <refold/page.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace refold::internal {

/// The properties of a listing's query.
struct ListingSetup {
    std::int64_t firstPage = 1;
    std::optional<std::int64_t> limit = {};
    /// True if the oldest item comes first: sort keys are then dates, otherwise negated dates.
    bool isAscending = false;
    /// Hash of the fields to which a checkpoint is bound.
    std::uint64_t identity = 0;
};

/// Throws `InvalidArgument` for invalid options and numbers.
WalkOptions checkedWalkOptions(const ListingSetup& setup, const ListingOptions& options);
/// Returns how a failure may be due to the page size; no value if it is not.
std::optional<SizeFailure> sizeFailure(const Error& error) noexcept;

/// `Traits::key(item)` returns a hash that identifies the item, `Traits::date(item)` its date, and
/// `Traits::bytes(item)` its approximate size on the wire. `Queue` fetches the planned pages; tests replace it with one
/// without threads. For one reader.
template <class Item, class Traits, template <class, class> class Queue = Prefetcher>
class PageCursor final : public ListingCursor<Item> {
  public:
    using Source = BasicPageSource<Item>;

    PageCursor(std::shared_ptr<Source> source, const ListingSetup& setup, const ListingOptions& options,
               CancelToken cancel)
        : source_(std::move(source)),
          setup_(setup),
          maxItems_(options.maxItems.value_or(std::numeric_limits<std::int64_t>::max() / 8)),
          prefetch_(static_cast<std::size_t>(std::max(options.prefetch, 0))),
          cancel_(std::move(cancel)),
          link_(cancel_, ownCancel_),
          walk_(makeWalk(setup, options)),
          queue_(std::make_unique<Queue<PageRequest, Fetched>>(
              prefetch_, [this](const PageRequest& request) { return fetch(request); })) {}
    PageCursor(const PageCursor&) = delete;
    PageCursor& operator=(const PageCursor&) = delete;
    /// Cancels requests in flight and waits for the threads. A child of fork() has no such threads, and their locks may
    /// be held forever, so it leaks the queue.
    ~PageCursor() override {
        if (process_.isCurrent()) {
            ownCancel_.cancel();
        } else {
            static_cast<void>(queue_.release());
        }
    }

    void start() override {
        if (!started_) advance();
    }
    void advance() override {
        if (ended_) return;
        if (!process_.isCurrent()) {
            throw TransportError(TransportError::Kind::other,
                                 "the process forked while this listing was read; start a new one in the child");
        }
        if (cancel_.isCancelled()) throw Cancelled();
        ended_ = delivered_ >= maxItems_ || !readNext();
        started_ = true;
        if (!ended_) ++delivered_;
    }
    bool atEnd() const noexcept override { return ended_; }
    Item& current() noexcept override { return current_; }

    ListingReport report() const override {
        ListingReport report;
        walk_.fillReport(report);
        report.delivered = delivered_;
        report.complete = ended_ && delivered_ < maxItems_ && walk_.isDone();
        return report;
    }
    std::string checkpoint() const override {
        Position position = walk_.position(buffer_.size());
        position.query = setup_.identity;
        return encodePosition(position);
    }

  private:
    struct Fetched {
        PageView view = {};
        PageCost cost = {};
        std::vector<Item> docs = {};
    };

    /// Items that the walk has delivered and the reader has not read yet.
    class Buffer {
      public:
        bool isEmpty() const noexcept { return next_ == items_.size(); }
        std::size_t size() const noexcept { return items_.size() - next_; }
        Item take() { return std::move(items_[next_++]); }
        void fill(std::vector<Item> items) noexcept {
            items_ = std::move(items);
            next_ = 0;
        }

      private:
        std::vector<Item> items_ = {};
        std::size_t next_ = 0;
    };

    static Walk makeWalk(const ListingSetup& setup, const ListingOptions& options) {
        const WalkOptions walk = checkedWalkOptions(setup, options);
        if (isBlankCheckpoint(options.resumeFrom)) return Walk(walk);
        return Walk(walk, decodePosition(options.resumeFrom, setup.identity));
    }

    /// Called on any thread.
    Fetched fetch(const PageRequest& request) {
        const auto start = std::chrono::steady_clock::now();
        Page<Item> page = source_->fetch(request, ownCancel_.token());
        Fetched fetched;
        fetched.cost.time =
            std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
        fetched.view.limit = std::min(page.limit, maxLimit);
        fetched.view.totalDocs = std::clamp<std::int64_t>(page.totalDocs, 0, maxTotal);
        fetched.view.hasNextPage = page.hasNextPage;
        fetched.view.items.reserve(page.docs.size());
        for (const Item& item : page.docs) {
            fetched.view.items.push_back({Traits::key(item), sortKeyOf(item)});
            fetched.cost.bytes += Traits::bytes(item);
        }
        fetched.docs = std::move(page.docs);
        return fetched;
    }

    std::optional<SortKey> sortKeyOf(const Item& item) const {
        const std::optional<Timestamp> date = Traits::date(item);
        if (!date) return std::nullopt;
        // The smallest number cannot be negated.
        const std::int64_t time = std::max(date->time_since_epoch().count(), -std::numeric_limits<SortKey>::max());
        return setup_.isAscending ? time : -time;
    }

    /// Reads the next item that the query includes. Returns false at the end. The others pass through the buffer too: a
    /// checkpoint counts the items of the walk.
    bool readNext() {
        while (!buffer_.isEmpty() || refill()) {
            Item item = buffer_.take();
            if (!source_->includes(item)) continue;
            current_ = std::move(item);
            return true;
        }
        return false;
    }

    /// Fetches pages until the buffer has an item. Returns false at the end.
    bool refill() {
        while (!walk_.isDone()) {
            if (walk_.needsRequest()) queue_->submitFirst(walk_.planFirst());
            const PageRequest request = queue_->front();
            std::optional<Fetched> page = takePage();
            if (!page) continue;
            const std::optional<std::vector<std::size_t>> fresh = walk_.take(page->view, page->cost);
            if (fresh) {
                buffer_.fill(pick(std::move(page->docs), *fresh));
            } else {
                queue_->putBack(request, std::move(*page));
            }
            planAhead();
            if (!buffer_.isEmpty()) return true;
        }
        return false;
    }

    /// Number of items to fetch, without those in the buffer.
    std::int64_t wanted() const noexcept {
        return std::max<std::int64_t>(1, maxItems_ - delivered_ - static_cast<std::int64_t>(buffer_.size()));
    }

    void planAhead() {
        while (queue_->size() < prefetch_ && delivered_ + static_cast<std::int64_t>(buffer_.size()) < maxItems_) {
            const std::optional<PageRequest> request = walk_.planAhead(wanted());
            if (!request) return;
            queue_->submit(*request);
        }
    }

    /// Returns the oldest planned page; no value if its request was dropped and must be planned again. If the server
    /// may have failed because of the page size, drops the request once.
    std::optional<Fetched> takePage() {
        try {
            std::optional<Fetched> page = queue_->take();
            failedForSize_ = false;
            return page;
        } catch (const Error& error) {
            const std::optional<SizeFailure> failure = sizeFailure(error);
            if (!failure || !walk_.dropForSize(*failure)) throw;
            queue_->drop();
            if (failure == SizeFailure::failed && std::exchange(failedForSize_, true)) throw;
            return std::nullopt;
        }
    }

    static std::vector<Item> pick(std::vector<Item> docs, const std::vector<std::size_t>& fresh) {
        std::vector<Item> picked;
        picked.reserve(fresh.size());
        for (const std::size_t index : fresh) picked.push_back(std::move(docs[index]));
        return picked;
    }

    const ProcessIdentity process_ = ProcessIdentity::current();
    const std::shared_ptr<Source> source_;
    const ListingSetup setup_;
    const std::int64_t maxItems_;
    const std::size_t prefetch_;
    const CancelToken cancel_;
    const CancelSource ownCancel_ = {};
    const CancelLink link_;
    Walk walk_;
    Buffer buffer_ = {};
    Item current_ = {};
    std::int64_t delivered_ = 0;
    bool started_ = false;
    bool ended_ = false;
    bool failedForSize_ = false;
    /// The last member, because its threads use the others.
    std::unique_ptr<Queue<PageRequest, Fetched>> queue_;
};

}  // namespace refold::internal

#endif
