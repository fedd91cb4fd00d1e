// Ending a call from another thread. A `CancelSource` is kept by whoever may want to stop the work, its `CancelToken`s go with
// the calls (`CallOptions::cancel`). Custom transports look at the token they are given.
#ifndef REFOLD_CANCEL_HPP
#define REFOLD_CANCEL_HPP

#include <refold/export.hpp>

#include <chrono>
#include <memory>

namespace refold {

namespace internal {
class CancelState;
}

inline namespace v0 {

/// Asks whether the work is still wanted. A default-made token is never cancelled and costs nothing. Copies ask the same
/// source; safe from any thread.
class REFOLD_EXPORT CancelToken {
  public:
    CancelToken() noexcept = default;
    /// For the library's own use: a token of a source's state.
    /// \param state  what the source raises
    explicit CancelToken(std::shared_ptr<internal::CancelState> state) noexcept;

    /// \return whether the source was cancelled; once true, true for good
    bool isCancelled() const noexcept;
    /// Whether there is a source that could cancel it.
    /// \return false for a default-made token
    bool canBeCancelled() const noexcept { return state_ != nullptr; }
    /// Waits for `time` or until cancelled, whichever is first; true when cancelled. What a transport or a retry
    /// written by a user sleeps with.
    /// \param time  how long at most
    /// \return whether it was cancelled
    bool waitFor(std::chrono::milliseconds time) const;

    /// For the library's own use.
    /// \return the source's state; null for a default-made token
    const std::shared_ptr<internal::CancelState>& state() const noexcept { return state_; }

  private:
    std::shared_ptr<internal::CancelState> state_;
};

/// Cancels every call that holds one of its tokens, at once and for good. Copies are the same source; safe from any thread.
class REFOLD_EXPORT CancelSource {
  public:
    CancelSource();

    /// Wakes whatever waits on a token of this source: a connect, a read, a back-off, a wait for pacing. The calls end
    /// with `Cancelled`. Calling it again does nothing.
    void cancel() const noexcept;
    /// \return whether `cancel` was called; once true, true for good
    bool isCancelled() const noexcept;
    /// \return a token of this source, for `CallOptions::cancel`
    CancelToken token() const noexcept;

  private:
    std::shared_ptr<internal::CancelState> state_;
};

}  // namespace v0
}  // namespace refold

#endif
