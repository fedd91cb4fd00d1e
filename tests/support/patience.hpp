// Time limits for tests: generous multiples of the expected time, longer under sanitizers and valgrind, so that correct
// code passes on a loaded machine.
#ifndef REFOLD_TESTS_SUPPORT_PATIENCE_HPP
#define REFOLD_TESTS_SUPPORT_PATIENCE_HPP

#include <chrono>
#include <cstdlib>

namespace refold::test {

#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
inline constexpr bool underSanitizer = true;
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer) || __has_feature(address_sanitizer)
inline constexpr bool underSanitizer = true;
#else
inline constexpr bool underSanitizer = false;
#endif
#else
inline constexpr bool underSanitizer = false;
#endif

/// Returns the factor by which this build is assumed to be slower than a plain one. `REFOLD_TEST_PATIENCE` in the
/// environment overrides it, for valgrind and for slow machines.
inline int patience() {
    if (const char* text = std::getenv("REFOLD_TEST_PATIENCE")) {
        const int factor = std::atoi(text);
        if (factor > 0) return factor;
    }
    return underSanitizer ? 4 : 1;
}

inline std::chrono::milliseconds patient(std::chrono::milliseconds time) {
    return time * patience();
}

/// Measures from its construction, on the monotonic clock.
class Stopwatch {
  public:
    std::chrono::milliseconds elapsed() const {
        return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start_);
    }

  private:
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace refold::test

#endif
