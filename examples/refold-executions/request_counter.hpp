// Counts a client's requests, and records why it waits and how it sends dates. Read by `list`, its progress bar and its
// summary.
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
    /// The reason of the current retry; empty if there is none.
    std::string retryReason() const;

    /// True if the last dates were sent as days: the server accepts nothing else, so its pages also hold runs that the
    /// client drops.
    bool datesAreDays() const noexcept { return datesAreDays_; }

  private:
    std::atomic<std::int64_t> requests_{0};
    std::atomic<bool> datesAreDays_{false};
    mutable std::mutex mutex_;
    std::string retryReason_;
};

}  // namespace cli

#endif
