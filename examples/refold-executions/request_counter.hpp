// Counts the requests that a client sends, and remembers why it waits. Read by the progress bar and the summary.
#ifndef REFOLD_EXECUTIONS_REQUEST_COUNTER_HPP
#define REFOLD_EXECUTIONS_REQUEST_COUNTER_HPP

#include <refold/observer.hpp>

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>

namespace cli {

class RequestCounter final : public refold::Observer {
  public:
    void onRequest(const refold::RequestEvent& event) override;
    void onResponse(const refold::ResponseEvent& event) override;
    void onRetry(const refold::RetryEvent& event) override;

    /// Tries included.
    std::int64_t requests() const noexcept { return requests_; }
    /// Why a request is being tried again; empty while all goes well.
    std::string retryReason() const;

  private:
    std::atomic<std::int64_t> requests_{0};
    mutable std::mutex mutex_;
    std::string retryReason_;
};

}  // namespace cli

#endif
