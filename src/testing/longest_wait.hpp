// How long the fakes wait for requests at most: the largest timeouts cannot be added to the time of a clock. Used by the fake server
// and the fake transport.
#ifndef REFOLD_TESTING_LONGEST_WAIT_HPP
#define REFOLD_TESTING_LONGEST_WAIT_HPP

#include <chrono>

namespace refold::internal::fake {

constexpr std::chrono::milliseconds longestWait = std::chrono::hours(24 * 365);

}  // namespace refold::internal::fake

#endif
