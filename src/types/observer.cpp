// Defines what an observer does that overrides nothing, and anchors its vtable in one object file.
#include <refold/observer.hpp>

namespace refold {
inline namespace v0 {

Observer::~Observer() = default;
void Observer::onRequest(const RequestEvent& /*event*/) {
}
void Observer::onResponse(const ResponseEvent& /*event*/) {
}
void Observer::onRetry(const RetryEvent& /*event*/) {
}
void Observer::onPacing(const PacingEvent& /*event*/) {
}
void Observer::onCallEnd(const CallEvent& /*event*/) {
}
void Observer::onOutage(const OutageEvent& /*event*/) {
}
void Observer::onPoll(const PollEvent& /*event*/) {
}

}  // namespace v0
}  // namespace refold
