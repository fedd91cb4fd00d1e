// The event loop around curl_multi, shared by all threads of a client. It has no thread of its own: a caller that finds
// it idle becomes the driver and runs all transfers until its own is done, then hands over to another caller. A single
// caller pays for no thread switch; many callers share connections and HTTP/2 streams. Used by CurlTransport.
#ifndef REFOLD_TRANSPORT_MULTI_LOOP_HPP
#define REFOLD_TRANSPORT_MULTI_LOOP_HPP

#include "transport/curl_handles.hpp"
#include "types/cancel_state.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <vector>

namespace refold::internal {

class MultiLoop {
  public:
    MultiLoop();
    MultiLoop(const MultiLoop&) = delete;
    MultiLoop& operator=(const MultiLoop&) = delete;
    ~MultiLoop();

    /// Runs a configured easy handle and returns libcurl's result. Throws Cancelled soon after `cancel` is cancelled.
    /// The caller then owns the handle again. `timeout` equals the handle's CURLOPT_TIMEOUT_MS, which libcurl ignores
    /// while a transfer waits for another one's connection: such a transfer ends soon after `timeout` with
    /// CURLE_OPERATION_TIMEDOUT and an empty error text.
    CURLcode run(CURL* easy, std::chrono::milliseconds timeout, const CancelToken& cancel);

  private:
    class Job;

    void drive(std::unique_lock<std::mutex>& lock, const Job& own);
    void attachAndFinish();
    int pollTime() const;
    void collectFinished();
    void finish(Job& job, CURLcode result) noexcept;
    void cancelJob(Job& job) noexcept;

    MultiHandle multi_;
    std::mutex mutex_;
    // Guarded by mutex_. multi_ belongs to the driver.
    std::vector<Job*> jobs_;
    bool driven_ = false;
    bool changed_ = false;
};

}  // namespace refold::internal

#endif
