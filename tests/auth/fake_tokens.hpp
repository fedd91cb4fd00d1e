// A token source without a network and a manual clock. Used by the tests of renewing strategies and of the auth gate.
#ifndef REFOLD_TESTS_AUTH_FAKE_TOKENS_HPP
#define REFOLD_TESTS_AUTH_FAKE_TOKENS_HPP

#include <refold/auth.hpp>
#include <refold/error.hpp>

#include "auth/auth_failure.hpp"
#include "auth/token_source.hpp"

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace refold::test {

/// Returns the status of the public error that a failure becomes; -1 if it has another class.
template <class ErrorClass>
int statusOf(const internal::AuthFailure& failure) {
    try {
        failure.raise("", 0);
    } catch (const ErrorClass& error) {
        return error.status();
    } catch (const Error&) {
        return -1;
    }
}

/// Issues `token-1-not-real`, `token-2-not-real`, … Safe from any thread.
class FakeTokens final : public internal::TokenSource {
  public:
    struct Asked {
        std::string apiKey;
        std::string linkedAccountId;
        TimePoint deadline;
        bool forceRefresh;
    };

    TimePoint now() const override { return start_ + std::chrono::milliseconds(elapsed_); }
    void advance(std::chrono::milliseconds time) { elapsed_ += time.count(); }

    SessionToken issue(const std::string& apiKey, const std::string& linkedAccountId,
                       const SessionTokenOptions& options, const std::vector<std::string>& /*known*/,
                       TimePoint deadline, const CancelToken& cancel) override {
        int number = 0;
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            asked_.push_back({apiKey, linkedAccountId, deadline, options.forceRefresh});
            number = static_cast<int>(asked_.size());
        }
        if (instead) instead(cancel);
        return {"token-" + std::to_string(number) + "-not-real", "refresh-token-not-real", lifetime, {}};
    }

    int count() const { return static_cast<int>(asked().size()); }
    std::vector<Asked> asked() const {
        const std::lock_guard<std::mutex> lock(mutex_);
        return asked_;
    }

    /// Called before each response; may throw or wait.
    std::function<void(const CancelToken&)> instead;
    std::optional<std::chrono::seconds> lifetime = std::chrono::seconds(1000);

  private:
    const TimePoint start_ = std::chrono::steady_clock::now();
    std::atomic<std::chrono::milliseconds::rep> elapsed_{0};
    mutable std::mutex mutex_;
    std::vector<Asked> asked_;
};

}  // namespace refold::test

#endif
