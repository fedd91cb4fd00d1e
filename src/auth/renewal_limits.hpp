// Decides after a 401 whether renewing the credentials can help, from the paths that accepted and refused them. Used by
// the auth gate.
#ifndef REFOLD_AUTH_RENEWAL_LIMITS_HPP
#define REFOLD_AUTH_RENEWAL_LIMITS_HPP

#include <array>
#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace refold::internal {

/// May be used from any thread.
class RenewalLimits {
  public:
    using TimePoint = std::chrono::steady_clock::time_point;

    /// `settles`: the strategy settles with other clients on one token, so that further renewals help.
    explicit RenewalLimits(bool settles) noexcept : settles_(settles) {}

    /// A request to this path succeeded.
    void accepted(std::string_view path) noexcept;
    /// The credentials are new since `time`.
    void renewed(TimePoint time);
    /// Returns whether to renew after a path refused the credentials that its call has renewed `renewals` times.
    /// Remembers a path that refuses new ones: it refuses what other paths accept.
    bool allows(const std::string& path, int renewals, TimePoint now);

  private:
    bool hasAccepted(std::string_view path) const noexcept;

    const bool settles_;
    mutable std::mutex mutex_;
    TimePoint renewedAt_ = {};
    // Paths that refused new credentials recently, and until when that is remembered.
    std::vector<std::pair<std::string, TimePoint>> refused_;
    // The hashes of the last paths that accepted credentials, and where the next one is stored.
    std::array<std::size_t, 16> accepted_ = {};
    std::size_t nextAccepted_ = 0;
};

}  // namespace refold::internal

#endif
