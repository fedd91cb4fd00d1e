// The event loop around curl_multi, shared by all threads of a client without a thread of its own: whichever caller
// finds it idle drives the transfers of everybody until its own is done, then passes the wheel on. A single caller pays
// for no hand-over between threads; many callers share connections and HTTP/2 streams. Used by CurlTransport.
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

    /// Runs a configured easy handle to its end and returns libcurl's verdict. Throws Cancelled soon after `cancel` is
    /// cancelled. Either way the handle is the caller's again. Its time limits are its own (CURLOPT_TIMEOUT_MS), but
    /// libcurl forgets them while a transfer waits for another one's connection: what is not over a moment after
    /// `timeout` ends with CURLE_OPERATION_TIMEDOUT and without an error text.
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
    // All below is guarded by mutex_; multi_ itself belongs to the driver.
    std::vector<Job*> jobs_;
    bool driven_ = false;
    bool changed_ = false;
};

}  // namespace refold::internal

#endif
