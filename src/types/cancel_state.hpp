// What stands behind CancelSource and CancelToken: a flag and the listeners that are told when it is raised. Whatever
// waits in the library (transport, clock, rate limiter, auth gate, prefetcher) registers a listener for as long as it
// waits.
#ifndef REFOLD_TYPES_CANCEL_STATE_HPP
#define REFOLD_TYPES_CANCEL_STATE_HPP

#include <refold/cancel.hpp>

#include "types/per_process.hpp"

#include <atomic>
#include <memory>
#include <mutex>

namespace refold::internal {

/// Told of a cancellation, once, on the thread that cancels. It must only wake its waiter: it may take the waiter's
/// mutex, but neither register nor unregister listeners.
class CancelListener {
  public:
    CancelListener() = default;
    CancelListener(const CancelListener&) = delete;
    CancelListener& operator=(const CancelListener&) = delete;
    virtual void onCancel() noexcept = 0;

  protected:
    // Nobody deletes a listener by this class. Virtual all the same: to CancelState, a friend, it is not out of reach.
    virtual ~CancelListener() = default;

  private:
    friend class CancelState;
    const void* list_ = nullptr;
    CancelListener* previous_ = nullptr;
    CancelListener* next_ = nullptr;
};

/// Listeners form an intrusive list, so that registering cannot fail. They are told under the lock: once `remove`
/// has returned, the listener is not running and never will. A child process of fork() has a list of its own: the
/// threads that registered the parent's listeners do not exist there.
class CancelState {
  public:
    CancelState() = default;
    CancelState(const CancelState&) = delete;
    CancelState& operator=(const CancelState&) = delete;
    ~CancelState() = default;

    bool isCancelled() const noexcept { return cancelled_.load(std::memory_order_acquire); }
    void cancel() noexcept;
    /// Tells the listener at once if the cancellation has already happened.
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

/// Registers a listener for the time of its life. Must not be made or destroyed while a mutex is held that the listener
/// takes.
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

/// Passes a parent's cancellation on to a child source, for the time of its life.
class CancelLink final : private CancelListener {
  public:
    CancelLink(const CancelToken& parent, CancelSource child) noexcept
        : child_(std::move(child)), registration_(parent, *this) {}

  private:
    void onCancel() noexcept override { child_.cancel(); }

    CancelSource child_;
    CancelRegistration registration_;
};

}  // namespace refold::internal

#endif
