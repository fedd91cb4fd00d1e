// The embedded server's threads.
#include "testing/connection_threads.hpp"

#include <utility>

namespace refold::internal::fake {

void ConnectionThreads::enqueue(std::function<void()> serve) {
    const std::lock_guard<std::mutex> lock(mutex_);
    waiting_.push_back(std::move(serve));
    if (idle_ < waiting_.size()) threads_.emplace_back([this] { work(); });
    wake_.notify_one();
}

void ConnectionThreads::shutdown() {
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        stopping_ = true;
        wake_.notify_all();
    }
    for (std::thread& thread : threads_) {
        if (thread.joinable()) thread.join();
    }
}

void ConnectionThreads::work() {
    std::unique_lock<std::mutex> lock(mutex_);
    while (true) {
        ++idle_;
        wake_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
        --idle_;
        if (waiting_.empty()) return;
        const std::function<void()> serve = std::move(waiting_.front());
        waiting_.pop_front();
        lock.unlock();
        serve();
        lock.lock();
    }
}

}  // namespace refold::internal::fake
