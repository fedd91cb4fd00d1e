// Counts the runs of `history` in one pass: by outcome, workflow, application and time, with the latest failures.
// Memory grows with the number of groups, and by four bytes per duration.
#ifndef REFOLD_EXECUTIONS_HISTORY_SUMMARY_HPP
#define REFOLD_EXECUTIONS_HISTORY_SUMMARY_HPP

#include "durations.hpp"
#include "run_outcome.hpp"
#include "time_buckets.hpp"

#include <refold/execution.hpp>
#include <refold/timestamp.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace cli {

/// The runs of a workflow, an application or an account. Groups are told apart by id, and by name if there is no id.
struct RunGroup {
    std::string id = {};
    /// The name in its latest run, since workflows are renamed.
    std::string name = {};
    OutcomeCounts counts = {};
    Durations durations = {};
    std::optional<refold::Timestamp> latest = {};
};

struct StatusCount {
    refold::ExecutionStatus status = {};
    std::int64_t runs = 0;
};

struct FailedRun {
    std::string id = {};
    refold::ExecutionStatus status = {};
    std::optional<refold::Timestamp> createdAt = {};
    std::string workflowId = {};
    std::string workflowName = {};
    std::string applicationId = {};
    std::string applicationName = {};
    std::string account = {};
};

/// Groups in the order in which they were first seen, found by their key.
class RunGroups {
  public:
    /// Counts a run; returns the group's index.
    std::size_t add(const std::string& id, const std::string& name, const refold::Execution& run);

    const std::vector<RunGroup>& all() const noexcept { return groups_; }
    /// The highest failure rate first, then the most failures, then the most runs, then by name and id. Groups of which
    /// nothing has ended yet come last.
    std::vector<const RunGroup*> worstFirst() const;

  private:
    std::vector<RunGroup> groups_;
    std::unordered_map<std::string, std::size_t> indices_;
};

class HistorySummary {
  public:
    static constexpr std::size_t maxFailures = 10;

    /// Indices of a run's groups in `statuses()`, `workflows().all()` and `applications().all()`.
    struct RunIndices {
        std::size_t status = 0;
        std::size_t workflow = 0;
        std::size_t application = 0;
    };

    RunIndices add(const refold::Execution& run);

    const OutcomeCounts& totals() const noexcept { return totals_; }
    /// In the order in which they were first seen.
    const std::vector<StatusCount>& statuses() const noexcept { return statuses_; }
    /// The statuses of one outcome, the most frequent first.
    std::vector<StatusCount> statusesOf(RunOutcome outcome) const;
    const RunGroups& workflows() const noexcept { return workflows_; }
    const RunGroups& applications() const noexcept { return applications_; }
    const RunGroups& accounts() const noexcept { return accounts_; }
    const RunGroups& environments() const noexcept { return environments_; }
    /// The durations of the runs that have ended.
    const Durations& durations() const noexcept { return durations_; }
    const TimeBuckets& buckets() const noexcept { return buckets_; }
    /// The number of runs with a missing or invalid date; they are in every count except the buckets.
    std::int64_t undated() const noexcept { return undated_; }
    /// At most `maxFailures`, the latest first.
    const std::vector<FailedRun>& latestFailures() const noexcept { return latestFailures_; }

  private:
    void noteFailure(const refold::Execution& run);

    OutcomeCounts totals_;
    std::vector<StatusCount> statuses_;
    std::unordered_map<refold::ExecutionStatus, std::size_t> statusIndices_;
    RunGroups workflows_;
    RunGroups applications_;
    RunGroups accounts_;
    RunGroups environments_;
    Durations durations_;
    TimeBuckets buckets_;
    std::int64_t undated_ = 0;
    std::vector<FailedRun> latestFailures_;
};

}  // namespace cli

#endif
