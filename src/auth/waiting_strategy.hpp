// The interface of a strategy that may wait for another client which shares it, within the call's time limit. Used by
// the auth gate in place of the members of AuthStrategy.
#ifndef REFOLD_AUTH_WAITING_STRATEGY_HPP
#define REFOLD_AUTH_WAITING_STRATEGY_HPP

#include <refold/cancel.hpp>
#include <refold/transport.hpp>

#include <chrono>
#include <vector>

namespace refold::internal {

class WaitingStrategy {
  public:
    using TimePoint = std::chrono::steady_clock::time_point;
    using Headers = std::vector<HttpHeader>;

    WaitingStrategy() = default;
    WaitingStrategy(const WaitingStrategy&) = delete;
    WaitingStrategy& operator=(const WaitingStrategy&) = delete;

    /// As `AuthStrategy::headers()`. Throws Cancelled, or a TransportError (timeout) at `deadline`.
    virtual Headers headersBy(TimePoint deadline, const CancelToken& cancel) = 0;
    /// As `AuthStrategy::refresh()`, after `refused` were refused. Throws like `headersBy`.
    virtual bool refreshBy(const Headers& refused, TimePoint deadline, const CancelToken& cancel) = 0;

  protected:
    ~WaitingStrategy() = default;
};

}  // namespace refold::internal

#endif
