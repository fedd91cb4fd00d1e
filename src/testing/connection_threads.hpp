// A thread for each open connection of the embedded server, kept for the next one. cpp-httplib's own pool has a fixed size, and a
// client with more kept-alive connections than that would wait for ever. Used by HttpServer.
#ifndef REFOLD_TESTING_CONNECTION_THREADS_HPP
#define REFOLD_TESTING_CONNECTION_THREADS_HPP

#include <httplib.h>

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace refold::internal::fake {

class ConnectionThreads final : public httplib::TaskQueue {
  public:
    ConnectionThreads() = default;
    ConnectionThreads(const ConnectionThreads&) = delete;
    ConnectionThreads& operator=(const ConnectionThreads&) = delete;
    ~ConnectionThreads() override { shutdown(); }

    void enqueue(std::function<void()> serve) override;
    void shutdown() override;

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
