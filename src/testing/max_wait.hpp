// The longest time that the fakes wait for requests: the largest timeouts cannot be added to a time point. Used by
// FakeServer and FakeTransport.
#ifndef REFOLD_TESTING_MAX_WAIT_HPP
#define REFOLD_TESTING_MAX_WAIT_HPP

#include <chrono>

namespace refold::internal::fake {

constexpr std::chrono::milliseconds maxWait = std::chrono::hours(24 * 365);

}  // namespace refold::internal::fake

#endif
