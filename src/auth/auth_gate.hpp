// Access to one AuthStrategy for all threads of a client: one member call at a time, and one refresh for all who meet a 401
// at the same time. Used by the pipeline.
#ifndef REFOLD_AUTH_AUTH_GATE_HPP
#define REFOLD_AUTH_AUTH_GATE_HPP

#include <refold/auth.hpp>
#include <refold/cancel.hpp>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace refold::internal {

/// The strategy threw. The text is its reason, without whatever looks like a secret.
class AuthFailure : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

class AuthGate {
  public:
    using TimePoint = std::chrono::steady_clock::time_point;

    struct Credentials {
        std::vector<HttpHeader> headers;
        /// Tells which refresh they are from.
        std::uint64_t generation = 0;
    };

    explicit AuthGate(std::shared_ptr<AuthStrategy> strategy);

    /// Throws AuthFailure, Cancelled, or TransportError (timeout) when another thread holds the strategy for too long. The strategy
    /// itself is the user's code and cannot be interrupted.
    Credentials credentials(TimePoint deadline, const CancelToken& cancel);

    /// After a 401 that was met with credentials of `generation`: gets new ones unless another thread has already done so.
    /// False when there are none to be had. Throws as above.
    bool refresh(std::uint64_t generation, TimePoint deadline, const CancelToken& cancel);

  private:
    class Turn;
    class Waiter;
    template <class Work>
    auto inTurn(TimePoint deadline, const CancelToken& cancel, Work work);

    const std::shared_ptr<AuthStrategy> strategy_;
    std::mutex mutex_;
    std::condition_variable turnEnded_;
    bool taken_ = false;
    std::uint64_t turns_ = 0;
    std::uint64_t generation_ = 0;
    // How the last turn failed; those who waited for it share its fate instead of asking a failing provider one by one.
    std::string lastFailure_;
};

}  // namespace refold::internal

#endif
