// Remembers refusing paths for a minute, and accepting ones by their hashes.
#include "auth/renewal_limits.hpp"

#include <algorithm>
#include <functional>

namespace refold::internal {

namespace {

using std::chrono::seconds;

// How long a path that refused new credentials is remembered, and the number of such paths at which a 401 no longer
// renews credentials younger than `youth`.
constexpr seconds memory{60};
constexpr std::size_t maxRefused = 3;
constexpr seconds youth{10};
// Renewals of one call; and of a call to a path that has accepted credentials before, if another client may end each
// new token.
constexpr int maxRenewals = 1;
constexpr int maxRenewalsToSettle = 3;

}  // namespace

void RenewalLimits::accepted(std::string_view path) noexcept {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (hasAccepted(path)) return;
    accepted_[nextAccepted_] = std::hash<std::string_view>()(path);
    nextAccepted_ = (nextAccepted_ + 1) % accepted_.size();
}

void RenewalLimits::renewed(TimePoint time) {
    const std::lock_guard<std::mutex> lock(mutex_);
    renewedAt_ = time;
}

bool RenewalLimits::allows(const std::string& path, int renewals, TimePoint now) {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto isOld = [now](const auto& entry) { return now > entry.second; };
    refused_.erase(std::remove_if(refused_.begin(), refused_.end(), isOld), refused_.end());
    const auto isSamePath = [&path](const auto& entry) { return entry.first == path; };
    if (std::any_of(refused_.begin(), refused_.end(), isSamePath)) return false;
    const bool isAccepting = hasAccepted(path);
    if (renewals >= (isAccepting && settles_ ? maxRenewalsToSettle : maxRenewals)) {
        // Another client may have ended the new token, so the path is given another chance soon.
        const bool isInDoubt = isAccepting && !settles_;
        refused_.emplace_back(path, now + (isInDoubt ? youth : memory));
        return false;
    }
    return isAccepting || refused_.size() < maxRefused || now - renewedAt_ >= youth;
}

bool RenewalLimits::hasAccepted(std::string_view path) const noexcept {
    return std::find(accepted_.begin(), accepted_.end(), std::hash<std::string_view>()(path)) != accepted_.end();
}

}  // namespace refold::internal
