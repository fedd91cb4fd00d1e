// Maps statuses to five outcomes and counts them. Statuses are an open set, but a chart or a rate needs a closed one.
// Used by `history`.
#ifndef REFOLD_EXECUTIONS_RUN_OUTCOME_HPP
#define REFOLD_EXECUTIONS_RUN_OUTCOME_HPP

#include "terminal.hpp"

#include <refold/execution.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cli {

enum class RunOutcome : std::size_t {
    completed,
    failed,   ///< FAILED, ERRORED, TIMED_OUT
    running,  ///< RUNNING, QUEUED
    stopped,  ///< STOPPED, STOPPING
    other     ///< DUPLICATE, TERMINATED, and unknown ones
};

inline constexpr std::size_t runOutcomeCount = 5;

/// The order in reports.
inline constexpr std::array<RunOutcome, runOutcomeCount> runOutcomes = {
    RunOutcome::completed, RunOutcome::failed, RunOutcome::running, RunOutcome::stopped, RunOutcome::other};

/// The order in which charts stack them, from the base line up: failures are at the base line, where they can be
/// compared.
inline constexpr std::array<RunOutcome, runOutcomeCount> stackOrder = {
    RunOutcome::failed, RunOutcome::stopped, RunOutcome::running, RunOutcome::other, RunOutcome::completed};

RunOutcome runOutcomeOf(const refold::ExecutionStatus& status) noexcept;

/// `completed`, `failed`, …
std::string_view nameOf(RunOutcome outcome) noexcept;

/// The sign and the colour that the outcome's statuses have in a table.
std::string_view signOf(RunOutcome outcome, Charset charset);
Colour colourOf(RunOutcome outcome);

class OutcomeCounts {
  public:
    /// \param ended  whether the run has ended, for the run to say
    void add(const refold::ExecutionStatus& status, bool ended) noexcept;
    void add(const refold::ExecutionStatus& status) noexcept { add(status, status.isTerminal()); }
    void add(const OutcomeCounts& others) noexcept;

    std::int64_t of(RunOutcome outcome) const noexcept { return counts_[static_cast<std::size_t>(outcome)]; }
    std::int64_t failed() const noexcept { return of(RunOutcome::failed); }
    std::int64_t total() const noexcept;
    /// Runs whose status will not change any more.
    std::int64_t ended() const noexcept;
    /// The runs of an outcome that have ended, as a share of all that have ended, 0 to 1; none if none has.
    std::optional<double> shareOf(RunOutcome outcome) const noexcept;
    /// The share of failed runs.
    std::optional<double> failureRate() const noexcept { return shareOf(RunOutcome::failed); }

  private:
    std::array<std::int64_t, runOutcomeCount> counts_ = {};
    /// Of `counts_`, those that have ended.
    std::array<std::int64_t, runOutcomeCount> ended_ = {};
};

/// In percent, rounded to tenths as it is shown.
double shownPercent(double share) noexcept;

/// `4.9%`; `<0.1%` and `>99.9%` where rounding would claim none or all; `-` for none.
std::string percentText(std::optional<double> share);

}  // namespace cli

#endif
