// A client's retry quota: a bucket of retries that successes refill, so that retries do not multiply the load of a wide
// outage. Used by the pipeline.
#ifndef REFOLD_PIPELINE_RETRY_QUOTA_HPP
#define REFOLD_PIPELINE_RETRY_QUOTA_HPP

#include <algorithm>
#include <mutex>

namespace refold::internal {

class RetryQuota {
  public:
    explicit RetryQuota(int capacity) noexcept : capacity_(capacity), left_(capacity) {}

    /// Takes one retry. Returns false if none is left.
    bool take() noexcept {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (left_ < 1) return false;
        left_ -= 1;
        return true;
    }

    void onSuccess() noexcept {
        constexpr double earned = 0.1;
        const std::lock_guard<std::mutex> lock(mutex_);
        left_ = std::min(left_ + earned, capacity_);
    }

  private:
    std::mutex mutex_;
    const double capacity_;
    double left_;
};

}  // namespace refold::internal

#endif
