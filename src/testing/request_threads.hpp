// The threads that answer the embedded server's requests. Answering may block (a delay, a hook that waits for another
// request), so each request in progress has a thread of its own; idle threads are reused. Used by HttpServer and its
// connections.
#ifndef REFOLD_TESTING_REQUEST_THREADS_HPP
#define REFOLD_TESTING_REQUEST_THREADS_HPP

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace refold::internal::fake {

class RequestThreads {
  public:
    RequestThreads() = default;
    RequestThreads(const RequestThreads&) = delete;
    RequestThreads& operator=(const RequestThreads&) = delete;
    ~RequestThreads() { stop(); }

    /// Runs the task on one of the threads. Drops it after `stop`.
    void run(std::function<void()> task);
    /// Waits for the accepted tasks.
    void stop();

  private:
    void work();

    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> waiting_;
    std::vector<std::thread> threads_;
    std::size_t idle_ = 0;
    bool stopping_ = false;
};

}  // namespace refold::internal::fake

#endif
