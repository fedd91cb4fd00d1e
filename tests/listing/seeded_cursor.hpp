// The page cursor without threads: requests are answered on the reader's thread, at times and in an order that a seed
// determines. Makes failures found with a simulator reproducible.
#ifndef REFOLD_TESTS_LISTING_SEEDED_CURSOR_HPP
#define REFOLD_TESTS_LISTING_SEEDED_CURSOR_HPP

#include "listing/execution_cursor.hpp"
#include "listing/page_cursor.hpp"

#include <refold/execution_listing.hpp>

#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <utility>

namespace refold::tests {

/// Replaces `internal::Prefetcher`. Answers a request at any time from its submission until its result is taken, before
/// or after its neighbours.
template <class Request, class Result>
class SeededQueue {
  public:
    using Fetch = std::function<Result(const Request&)>;

    SeededQueue(std::size_t threads, Fetch fetch)
        : random_(static_cast<std::mt19937::result_type>(threads)), fetch_(std::move(fetch)) {}

    std::size_t size() const noexcept { return queue_.size(); }

    void submit(const Request& request) {
        queue_.push_back({request});
        random_.discard(static_cast<unsigned long long>(request.page % 3));
        if (random_() % 2 == 0) answer(queue_.back());
    }
    void submitFirst(const Request& request) { queue_.push_front({request}); }
    void putBack(const Request& request, Result result) { queue_.push_front({request, std::move(result)}); }
    const Request& front() const { return queue_.front().request; }

    Result take() {
        while (!queue_.front().isAnswered()) {
            Ticket& ticket = queue_[random_() % queue_.size()];
            if (!ticket.isAnswered()) answer(ticket);
        }
        Ticket& ticket = queue_.front();
        if (ticket.error) std::rethrow_exception(std::exchange(ticket.error, nullptr));
        Result result = std::move(*ticket.result);
        queue_.pop_front();
        return result;
    }

    void drop() { queue_.pop_front(); }

  private:
    struct Ticket {
        Request request;
        std::optional<Result> result = {};
        std::exception_ptr error = {};

        bool isAnswered() const noexcept { return result || error; }
    };

    void answer(Ticket& ticket) {
        try {
            ticket.result = fetch_(ticket.request);
        } catch (...) {
            ticket.error = std::current_exception();
        }
    }

    std::mt19937 random_;
    const Fetch fetch_;
    std::deque<Ticket> queue_ = {};
};

struct RunTraits {
    static std::uint64_t key(const Execution& run) noexcept { return internal::executionKey(run); }
    static std::optional<Timestamp> date(const Execution& run) noexcept { return run.createdAt; }
    static std::int64_t bytes(const Execution& run) noexcept { return static_cast<std::int64_t>(run.rawJson.size()); }
};

/// Lists `source` as `client.executions()` would, without threads.
inline ExecutionListing openSeeded(std::shared_ptr<internal::PageSource> source, const ExecutionQuery& query,
                                   const ListingOptions& options) {
    internal::ListingSetup setup;
    setup.firstPage = query.page.value_or(1);
    setup.limit = query.limit;
    setup.isAscending = query.sortAsc.value_or(false);
    setup.identity = internal::queryIdentity(query);
    using Cursor = internal::PageCursor<Execution, RunTraits, SeededQueue>;
    return ExecutionListing(std::make_unique<Cursor>(std::move(source), setup, options, CancelToken()));
}

}  // namespace refold::tests

#endif
