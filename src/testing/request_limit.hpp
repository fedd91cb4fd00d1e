// The embedded server's rate limit, a token bucket. Used by FakeServer, under its lock.
#ifndef REFOLD_TESTING_REQUEST_LIMIT_HPP
#define REFOLD_TESTING_REQUEST_LIMIT_HPP

#include <refold/client_options.hpp>

#include <algorithm>
#include <chrono>

namespace refold::internal::fake {

class RequestLimit {
  public:
    using Clock = std::chrono::steady_clock;

    explicit RequestLimit(RateLimit limit) : limit_(limit), tokens_(limit.burst) {}

    /// True if a request may pass at `now`, which must not go backwards.
    bool pass(Clock::time_point now) {
        if (limit_.isNone()) return true;
        const double seconds = std::chrono::duration<double>(now - last_).count();
        tokens_ = std::min<double>(limit_.burst, tokens_ + seconds * limit_.perSecond);
        last_ = now;
        if (tokens_ < 1) return false;
        tokens_ -= 1;
        return true;
    }

    /// Returns the whole seconds after which the next request passes, for `Retry-After`.
    long secondsToWait() const {
        const double seconds = (1 - tokens_) / limit_.perSecond;
        const auto whole = static_cast<long>(seconds);
        return std::max(1L, static_cast<double>(whole) < seconds ? whole + 1 : whole);
    }

  private:
    RateLimit limit_;
    double tokens_;
    Clock::time_point last_ = Clock::now();
};

}  // namespace refold::internal::fake

#endif
