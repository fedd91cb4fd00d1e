// Executes requests ahead of the reader on several threads, and returns the results in the order of the requests. Used
// by the page cursor; does not depend on pages.
#ifndef REFOLD_LISTING_PREFETCHER_HPP
#define REFOLD_LISTING_PREFETCHER_HPP

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace refold::internal {

/// A queue of requests whose results one reader takes in order. Threads start when there is work. The destructor waits
/// for them: cancel their requests first. The reader executes a request itself if no thread has started it, so the
/// queue works without threads too.
template <class Request, class Result>
class Prefetcher {
  public:
    using Fetch = std::function<Result(const Request&)>;

    Prefetcher(std::size_t threads, Fetch fetch) : maxThreads_(threads), fetch_(std::move(fetch)) {}
    Prefetcher(const Prefetcher&) = delete;
    Prefetcher& operator=(const Prefetcher&) = delete;
    ~Prefetcher() {
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            stopping_ = true;
        }
        work_.notify_all();
        for (std::thread& thread : threads_) thread.join();
    }

    // Only the reader calls these.

    /// Number of requests that are not taken yet.
    std::size_t size() const noexcept { return queue_.size(); }

    void submit(Request request) {
        bool startThread = false;
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            queue_.push_back(std::make_shared<Ticket>(std::move(request)));
            ++waiting_;
            startThread = waiting_ > idle_ && threads_.size() < maxThreads_;
        }
        if (startThread) {
            try {
                threads_.emplace_back([this] { run(); });
            } catch (const std::system_error&) {
                // The existing threads and the reader suffice.
                maxThreads_ = threads_.size();
            }
        }
        work_.notify_one();
    }

    /// Adds a request before all others, which the reader executes in `take`.
    void submitFirst(Request request) {
        const std::lock_guard<std::mutex> lock(mutex_);
        queue_.push_front(std::make_shared<Ticket>(std::move(request)));
        queue_.front()->state = State::held;
    }
    /// Returns a taken result to the front of the queue.
    void putBack(Request request, Result result) {
        const std::lock_guard<std::mutex> lock(mutex_);
        queue_.push_front(std::make_shared<Ticket>(std::move(request)));
        queue_.front()->state = State::done;
        queue_.front()->result = std::move(result);
    }

    /// The oldest request.
    const Request& front() const { return queue_.front()->request; }

    /// Waits for the oldest request's result and removes it. If the request failed, throws its error; the next call
    /// executes it again.
    Result take() {
        std::unique_lock<std::mutex> lock(mutex_);
        const std::shared_ptr<Ticket> ticket = queue_.front();
        if (ticket->state == State::waiting) --waiting_;
        if (ticket->state == State::waiting || ticket->state == State::held) {
            ticket->state = State::held;
            lock.unlock();
            Result result = fetch_(ticket->request);
            lock.lock();
            queue_.pop_front();
            return result;
        }
        done_.wait(lock, [&] { return ticket->state != State::running; });
        if (ticket->error) {
            ticket->state = State::held;
            std::rethrow_exception(std::exchange(ticket->error, nullptr));
        }
        queue_.pop_front();
        return std::move(*ticket->result);
    }

    /// Removes the oldest request and discards its result.
    void drop() {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (queue_.front()->state == State::waiting) --waiting_;
        queue_.pop_front();
    }

  private:
    enum class State { waiting, running, done, held };

    struct Ticket {
        explicit Ticket(Request wanted) : request(std::move(wanted)) {}
        Request request;
        State state = State::waiting;
        std::optional<Result> result = {};
        std::exception_ptr error = {};
    };

    std::shared_ptr<Ticket> nextWaiting() const {
        for (const auto& ticket : queue_) {
            if (ticket->state == State::waiting) return ticket;
        }
        return nullptr;
    }

    void run() {
        std::unique_lock<std::mutex> lock(mutex_);
        while (true) {
            ++idle_;
            work_.wait(lock, [this] { return stopping_ || waiting_ > 0; });
            --idle_;
            if (stopping_) return;
            const std::shared_ptr<Ticket> ticket = nextWaiting();
            ticket->state = State::running;
            --waiting_;
            lock.unlock();
            std::optional<Result> result;
            std::exception_ptr error;
            try {
                result.emplace(fetch_(ticket->request));
            } catch (...) {
                error = std::current_exception();
            }
            lock.lock();
            ticket->result = std::move(result);
            ticket->error = error;
            ticket->state = State::done;
            done_.notify_all();
        }
    }

    std::size_t maxThreads_;
    const Fetch fetch_;
    std::mutex mutex_ = {};
    std::condition_variable work_ = {};
    std::condition_variable done_ = {};
    std::deque<std::shared_ptr<Ticket>> queue_ = {};
    std::size_t waiting_ = 0;
    std::size_t idle_ = 0;
    bool stopping_ = false;
    std::vector<std::thread> threads_ = {};
};

}  // namespace refold::internal

#endif
