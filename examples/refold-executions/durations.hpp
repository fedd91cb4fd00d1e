// Collects the durations of runs and computes the median, the 95th percentile and the slowest. Used by the summary of
// `history`.
#ifndef REFOLD_EXECUTIONS_DURATIONS_HPP
#define REFOLD_EXECUTIONS_DURATIONS_HPP

#include <refold/execution.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace cli {

class Durations {
  public:
    /// Counts a run that has a date and a completion time; any other changes nothing.
    void add(const refold::Execution& run);

    std::size_t count() const noexcept { return milliseconds_.size(); }
    /// Returns the smallest duration that a share (0 to 1) of the runs does not exceed; empty if there are no
    /// durations.
    std::optional<std::chrono::milliseconds> quantile(double share) const;

  private:
    /// Sorted as far as `quantile` needs them.
    mutable std::vector<std::uint32_t> milliseconds_;
};

}  // namespace cli

#endif
