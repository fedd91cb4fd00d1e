// Cancels calls from another thread: keep a `CancelSource`, and pass its `CancelToken` in `CallOptions::cancel`. Custom
// transports watch the token in `HttpRequest::cancel`.
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

/// Tells whether a `CancelSource` was cancelled. A default-constructed token never is. Copies refer to the same source.
/// May be used from any thread.
class REFOLD_EXPORT CancelToken {
  public:
    CancelToken() noexcept = default;
    /// For the library's own use.
    explicit CancelToken(std::shared_ptr<internal::CancelState> state) noexcept;

    /// Once true, stays true.
    [[nodiscard]] bool isCancelled() const noexcept;
    /// False for a default-constructed token.
    [[nodiscard]] bool canBeCancelled() const noexcept { return state_ != nullptr; }
    /// Sleeps for `time`, or until cancelled. Returns true if cancelled. For custom transports and retry loops.
    bool waitFor(std::chrono::milliseconds time) const;

    /// For the library's own use; null for a default-constructed token.
    [[nodiscard]] const std::shared_ptr<internal::CancelState>& state() const noexcept { return state_; }

  private:
    std::shared_ptr<internal::CancelState> state_;
};

/// Cancels the calls that hold one of its tokens. Copies are the same source. May be used from any thread.
class REFOLD_EXPORT CancelSource {
  public:
    CancelSource();
    // No moves: a source that was moved from would have nothing to cancel.
    CancelSource(const CancelSource&) noexcept = default;
    CancelSource& operator=(const CancelSource&) noexcept = default;
    ~CancelSource() = default;

    /// Wakes every call with a token of this source, whether it connects, reads, backs off or waits for pacing; the
    /// calls end with `Cancelled`. Further calls of `cancel` have no effect.
    void cancel() const noexcept;
    /// Once true, stays true.
    [[nodiscard]] bool isCancelled() const noexcept;
    /// Returns a token for `CallOptions::cancel`.
    [[nodiscard]] CancelToken token() const noexcept;

  private:
    std::shared_ptr<internal::CancelState> state_;
};

}  // namespace v0
}  // namespace refold

#endif
