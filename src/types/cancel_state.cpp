// Implements CancelState, CancelToken and CancelSource.
#include "types/cancel_state.hpp"

#include <algorithm>
#include <condition_variable>

namespace refold::internal {

void CancelState::cancel() noexcept {
    Listeners& all = listeners();
    const std::lock_guard<std::mutex> lock(all.mutex);
    if (cancelled_.exchange(true, std::memory_order_acq_rel)) return;
    for (CancelListener* listener = all.first; listener != nullptr; listener = listener->next_) listener->onCancel();
}

void CancelState::add(CancelListener& listener) noexcept {
    Listeners& all = listeners();
    const std::lock_guard<std::mutex> lock(all.mutex);
    listener.list_ = &all;
    listener.previous_ = nullptr;
    listener.next_ = all.first;
    if (all.first != nullptr) all.first->previous_ = &listener;
    all.first = &listener;
    if (isCancelled()) listener.onCancel();
}

void CancelState::remove(CancelListener& listener) noexcept {
    Listeners& all = listeners();
    // Registered by the parent process before fork().
    if (listener.list_ != &all) return;
    const std::lock_guard<std::mutex> lock(all.mutex);
    if (listener.previous_ != nullptr) {
        listener.previous_->next_ = listener.next_;
    } else {
        all.first = listener.next_;
    }
    if (listener.next_ != nullptr) listener.next_->previous_ = listener.previous_;
}

namespace {

class Sleeper final : public CancelListener {
  public:
    bool sleep(const CancelToken& token, std::chrono::milliseconds time) {
        // A longer wait would overflow.
        constexpr std::chrono::milliseconds longest = std::chrono::hours(24 * 365 * 10);
        const auto end = std::chrono::steady_clock::now() + std::clamp(time, std::chrono::milliseconds(0), longest);
        const CancelRegistration registration(token, *this);
        std::unique_lock<std::mutex> lock(mutex_);
        return wake_.wait_until(lock, end, [this] { return woken_; });
    }

  private:
    void onCancel() noexcept override {
        const std::lock_guard<std::mutex> lock(mutex_);
        woken_ = true;
        wake_.notify_one();
    }

    std::mutex mutex_;
    std::condition_variable wake_;
    bool woken_ = false;
};

}  // namespace

}  // namespace refold::internal

namespace refold {
inline namespace v0 {

CancelToken::CancelToken(std::shared_ptr<internal::CancelState> state) noexcept : state_(std::move(state)) {
}

bool CancelToken::isCancelled() const noexcept {
    return state_ != nullptr && state_->isCancelled();
}

bool CancelToken::waitFor(std::chrono::milliseconds time) const {
    if (isCancelled()) return true;
    return internal::Sleeper().sleep(*this, time);
}

CancelSource::CancelSource() : state_(std::make_shared<internal::CancelState>()) {
}
void CancelSource::cancel() const noexcept {
    state_->cancel();
}
bool CancelSource::isCancelled() const noexcept {
    return state_->isCancelled();
}
CancelToken CancelSource::token() const noexcept {
    return CancelToken(state_);
}

}  // namespace v0
}  // namespace refold
