// Judges errors by their own `isTransient()` and by the polls before.
#include "types/outage.hpp"

#include <utility>

namespace refold::internal {

using std::chrono::milliseconds;

Outage::Outage(const Clock& clock, std::shared_ptr<Observer> observer) : clock_(clock), observer_(std::move(observer)) {
}

bool Outage::tolerates(const Error& error) const noexcept {
    if (const auto* const transport = dynamic_cast<const TransportError*>(&error)) {
        const bool wasResolved = transport->kind() == TransportError::Kind::resolve && hasSucceeded_;
        return error.isTransient() || transport->kind() == TransportError::Kind::timeout || wasResolved;
    }
    return error.isTransient();
}

void Outage::failed(const Error& error, milliseconds wait) {
    if (failures_ == 0) {
        began_ = clock_.now();
        ++count_;
    }
    ++failures_;
    OutageEvent event;
    event.reason = error.what();
    event.failures = failures_;
    event.wait = wait;
    event.lasted = duration();
    report(event);
}

void Outage::succeeded() noexcept {
    hasSucceeded_ = true;
    if (failures_ == 0) return;
    OutageEvent event;
    event.over = true;
    event.failures = failures_;
    event.lasted = duration();
    failures_ = 0;
    report(event);
}

milliseconds Outage::duration() const {
    if (failures_ == 0) return milliseconds(0);
    return std::chrono::duration_cast<milliseconds>(clock_.now() - began_);
}

void Outage::report(const OutageEvent& event) const noexcept {
    if (observer_ == nullptr) return;
    try {
        observer_->onOutage(event);
    } catch (...) {
        // Observing never changes what happens.
    }
}

milliseconds requestedWait(const Error& error) noexcept {
    const auto* const refusal = dynamic_cast<const ApiError*>(&error);
    return refusal == nullptr ? milliseconds(0) : refusal->retryAfter().value_or(milliseconds(0));
}

}  // namespace refold::internal
