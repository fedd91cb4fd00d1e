// Logs each request and its result to stderr (`--verbose`), and combines two observers of one client.
#ifndef REFOLD_EXECUTIONS_REQUEST_LOG_HPP
#define REFOLD_EXECUTIONS_REQUEST_LOG_HPP

#include <refold/observer.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace cli {

/// A line for each answer, retry and failed call; without credentials, as all events.
class RequestLog final : public refold::Observer {
  public:
    void onRequest(const refold::RequestEvent& event) override;
    void onResponse(const refold::ResponseEvent& event) override;
    void onRetry(const refold::RetryEvent& event) override;
    void onCallEnd(const refold::CallEvent& event) override;

  private:
    std::string requestOf(std::uint64_t callId) const;

    mutable std::mutex mutex_;
    /// Method and URL of the calls that are under way.
    std::map<std::uint64_t, std::string> requests_;
};

/// Returns an observer that forwards all events to both. `first` may be null.
std::shared_ptr<refold::Observer> observerOf(std::shared_ptr<refold::Observer> first,
                                             std::shared_ptr<refold::Observer> second);

}  // namespace cli

#endif
