// The interface of a strategy that several clients may share. It is told which credentials were refused, and may wait
// for another client within the call's time limit. Used by the auth gate in place of the members of AuthStrategy.
#ifndef REFOLD_AUTH_WAITING_STRATEGY_HPP
#define REFOLD_AUTH_WAITING_STRATEGY_HPP

#include <refold/cancel.hpp>
#include <refold/transport.hpp>

#include <chrono>
#include <vector>

namespace refold::internal {

/// The result of a renewal.
enum class Renewal {
    none,      ///< there are no new credentials; the 401 stands
    renewed,   ///< this call has renewed them
    replaced,  ///< another call has, in the meantime
};

class WaitingStrategy {
  public:
    using TimePoint = std::chrono::steady_clock::time_point;
    using Headers = std::vector<HttpHeader>;

    WaitingStrategy() = default;
    WaitingStrategy(const WaitingStrategy&) = delete;
    WaitingStrategy& operator=(const WaitingStrategy&) = delete;

    /// As `AuthStrategy::headers()`. Throws Cancelled, or a TransportError (timeout) at `deadline`.
    virtual Headers headersBy(TimePoint deadline, const CancelToken& cancel) = 0;
    /// As `AuthStrategy::refresh()`, after `refused` were refused. Keeps credentials that another client has obtained
    /// since. Throws like `headersBy`.
    virtual Renewal refreshBy(const Headers& refused, TimePoint deadline, const CancelToken& cancel) = 0;

  protected:
    ~WaitingStrategy() = default;
};

}  // namespace refold::internal

#endif
