// Groups failed runs by the node that failed and its message, without the parts of it that differ from run to run. Used
// by `errors` and `history --why`.
#ifndef REFOLD_EXECUTIONS_ERROR_GROUPS_HPP
#define REFOLD_EXECUTIONS_ERROR_GROUPS_HPP

#include "failure_reason.hpp"

#include <refold/execution.hpp>
#include <refold/timestamp.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cli {

/// An example of a group.
struct ErrorExample {
    std::string id = {};
    std::optional<refold::Timestamp> createdAt = {};
    /// The unfolded message.
    std::string message = {};
};

/// Names with their numbers of runs, the most frequent first.
using NameCounts = std::vector<std::pair<std::string, std::int64_t>>;

struct ErrorGroup {
    std::string node = {};
    /// Folded.
    std::string message = {};
    std::int64_t runs = 0;
    std::map<std::string, std::int64_t> workflows = {};
    std::map<std::string, std::int64_t> accounts = {};
    std::map<std::string, std::int64_t> statuses = {};
    ErrorExample first = {};
    ErrorExample last = {};
};

class ErrorGroups {
  public:
    void add(const refold::Execution& run, const FailureReason& reason);

    /// By number of runs, then by the latest run.
    std::vector<const ErrorGroup*> mostFrequentFirst() const;
    std::int64_t runs() const noexcept { return runs_; }

  private:
    std::map<std::pair<std::string, std::string>, ErrorGroup> groups_;
    std::int64_t runs_ = 0;
};

NameCounts sortedCounts(const std::map<std::string, std::int64_t>& counts);

}  // namespace cli

#endif
