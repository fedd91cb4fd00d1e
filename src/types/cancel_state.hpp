// The state shared by a CancelSource and its tokens: a flag, and listeners that are called when it is set. Everything
// that waits (transport, clock, rate limiter, auth gate, prefetcher) registers a listener while it waits.
#ifndef REFOLD_TYPES_CANCEL_STATE_HPP
#define REFOLD_TYPES_CANCEL_STATE_HPP

#include <refold/cancel.hpp>

#include "types/per_process.hpp"

#include <atomic>
#include <memory>
#include <mutex>

namespace refold::internal {

/// Called once, on the cancelling thread. May lock its waiter's mutex and wake it, but must not register or unregister
/// listeners.
class CancelListener {
  public:
    CancelListener() = default;
    CancelListener(const CancelListener&) = delete;
    CancelListener& operator=(const CancelListener&) = delete;
    virtual void onCancel() noexcept = 0;

  protected:
    // Never deleted through this class; virtual because CancelState, a friend, could.
    virtual ~CancelListener() = default;

  private:
    friend class CancelState;
    const void* list_ = nullptr;
    CancelListener* previous_ = nullptr;
    CancelListener* next_ = nullptr;
};

/// Listeners form an intrusive list, so registering cannot fail. They are called under the lock: once `remove` has
/// returned, the listener is not running and will not run. A child of fork() has a list of its own, because the threads
/// that registered the parent's listeners do not exist there.
class CancelState {
  public:
    CancelState() = default;
    CancelState(const CancelState&) = delete;
    CancelState& operator=(const CancelState&) = delete;
    ~CancelState() = default;

    bool isCancelled() const noexcept { return cancelled_.load(std::memory_order_acquire); }
    void cancel() noexcept;
    /// Calls the listener at once if already cancelled.
    void add(CancelListener& listener) noexcept;
    void remove(CancelListener& listener) noexcept;

  private:
    struct Listeners {
        std::mutex mutex;
        CancelListener* first = nullptr;
    };
    Listeners& listeners() {
        return listeners_.get([] { return std::make_unique<Listeners>(); });
    }

    std::atomic<bool> cancelled_{false};
    PerProcess<Listeners> listeners_{std::make_unique<Listeners>()};
};

/// Registers a listener for its own lifetime. Must not be constructed or destroyed while holding a mutex that the
/// listener locks.
class CancelRegistration {
  public:
    CancelRegistration(const CancelToken& token, CancelListener& listener) noexcept
        : state_(token.state().get()), listener_(listener), keepAlive_(token) {
        if (state_ != nullptr) state_->add(listener_);
    }
    CancelRegistration(const CancelRegistration&) = delete;
    CancelRegistration& operator=(const CancelRegistration&) = delete;
    ~CancelRegistration() {
        if (state_ != nullptr) state_->remove(listener_);
    }

  private:
    CancelState* state_;
    CancelListener& listener_;
    CancelToken keepAlive_;
};

/// Passes a parent's cancellation on to a child source during its lifetime.
class CancelLink final : private CancelListener {
  public:
    CancelLink(const CancelToken& parent, const CancelSource& child) noexcept
        : child_(child), registration_(parent, *this) {}

  private:
    void onCancel() noexcept override { child_.cancel(); }

    CancelSource child_;
    CancelRegistration registration_;
};

}  // namespace refold::internal

#endif
