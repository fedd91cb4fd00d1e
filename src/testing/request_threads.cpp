#include "testing/request_threads.hpp"

#include <utility>

namespace refold::internal::fake {

void RequestThreads::run(std::function<void()> task) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (stopping_) return;
    waiting_.push_back(std::move(task));
    if (idle_ < waiting_.size()) threads_.emplace_back([this] { work(); });
    wake_.notify_one();
}

void RequestThreads::stop() {
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        stopping_ = true;
        wake_.notify_all();
    }
    for (std::thread& thread : threads_) {
        if (thread.joinable()) thread.join();
    }
}

void RequestThreads::work() {
    std::unique_lock<std::mutex> lock(mutex_);
    while (true) {
        ++idle_;
        wake_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
        --idle_;
        if (waiting_.empty()) return;
        std::function<void()> task = std::move(waiting_.front());
        waiting_.pop_front();
        lock.unlock();
        task();
        task = nullptr;
        lock.lock();
    }
}

}  // namespace refold::internal::fake
