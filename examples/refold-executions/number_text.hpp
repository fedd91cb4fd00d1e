// Formats numbers and durations for people. Used by the progress bar and the summaries.
#ifndef REFOLD_EXECUTIONS_NUMBER_TEXT_HPP
#define REFOLD_EXECUTIONS_NUMBER_TEXT_HPP

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace cli {

/// `24,742`
std::string grouped(std::int64_t number);

/// `1 run`, `24,742 runs`: the plural by an s.
std::string counted(std::int64_t number, std::string_view noun);

/// `0.35 s`, `12.4 s`, `3m20s`, `1h05m`
std::string durationText(std::chrono::milliseconds duration);

}  // namespace cli

#endif
