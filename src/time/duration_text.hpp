// Formats durations for messages. Used by every layer that reports a time limit.
#ifndef REFOLD_TIME_DURATION_TEXT_HPP
#define REFOLD_TIME_DURATION_TEXT_HPP

#include <chrono>
#include <string>

namespace refold::internal {

/// "1500 ms" or "2 s". Rounds up to whole seconds from ten seconds on.
inline std::string inSeconds(std::chrono::milliseconds time) {
    if (time >= std::chrono::seconds(10)) time = std::chrono::ceil<std::chrono::seconds>(time);
    if (time.count() % 1000 != 0) return std::to_string(time.count()) + " ms";
    return std::to_string(time.count() / 1000) + " s";
}

}  // namespace refold::internal

#endif
