// Turns are taken under a flag rather than a mutex, so that waiting for one can be cancelled and has a deadline.
#include "auth/auth_gate.hpp"

#include <refold/error.hpp>

#include "auth/redactor.hpp"
#include "types/cancel_state.hpp"

#include <new>

namespace refold::internal {

class AuthGate::Waiter final : public CancelListener {
  public:
    explicit Waiter(AuthGate& gate) : gate_(gate) {}
    void onCancel() noexcept override {
        const std::lock_guard<std::mutex> lock(gate_.mutex_);
        gate_.turnEnded_.notify_all();
    }

  private:
    AuthGate& gate_;
};

class AuthGate::Turn {
  public:
    explicit Turn(AuthGate& gate) noexcept : gate_(gate) {}
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    ~Turn() {
        const std::lock_guard<std::mutex> lock(gate_.mutex_);
        gate_.taken_ = false;
        ++gate_.turns_;
        gate_.turnEnded_.notify_all();
    }

  private:
    AuthGate& gate_;
};

AuthGate::AuthGate(std::shared_ptr<AuthStrategy> strategy) : strategy_(std::move(strategy)) {
}

template <class Work>
auto AuthGate::inTurn(TimePoint deadline, const CancelToken& cancel, Work work) {
    Waiter waiter(*this);
    const CancelRegistration registration(cancel, waiter);
    {
        std::unique_lock<std::mutex> lock(mutex_);
        while (taken_) {
            const std::uint64_t awaited = turns_;
            const auto ended = [&] { return turns_ != awaited || cancel.isCancelled(); };
            if (!turnEnded_.wait_until(lock, deadline, ended)) {
                throw TransportError(TransportError::Kind::timeout,
                                     "the call's timeout passed while another thread was getting credentials");
            }
            if (cancel.isCancelled()) throw Cancelled();
            if (!lastFailure_.empty()) throw AuthFailure(lastFailure_);
        }
        taken_ = true;
        lastFailure_.clear();
    }
    const Turn turn(*this);
    std::string failure;
    try {
        return work();
    } catch (const std::bad_alloc&) {
        throw;
    } catch (const std::exception& error) {
        failure = withoutSecretLookalikes(error.what());
        if (failure.empty()) failure = "it gave no reason";
    } catch (...) {
        failure = "it threw something that is not a std::exception";
    }
    const std::lock_guard<std::mutex> lock(mutex_);
    lastFailure_ = failure;
    throw AuthFailure(failure);
}

AuthGate::Credentials AuthGate::credentials(TimePoint deadline, const CancelToken& cancel) {
    return inTurn(deadline, cancel, [this] { return Credentials{strategy_->headers(), generation_}; });
}

bool AuthGate::refresh(std::uint64_t generation, TimePoint deadline, const CancelToken& cancel) {
    return inTurn(deadline, cancel, [this, generation] {
        if (generation != generation_) return true;
        if (!strategy_->refresh()) return false;
        ++generation_;
        return true;
    });
}

}  // namespace refold::internal
