// The embedded server's runs, sorted, with the filters and the order of the API. Not synchronised: FakeServer locks
// around it.
#ifndef REFOLD_TESTING_HISTORY_HPP
#define REFOLD_TESTING_HISTORY_HPP

#include "testing/run.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace refold::internal::fake {

/// Selects runs. Empty texts are ignored.
struct RunFilter {
    std::string status;
    std::vector<std::string> slugs;
    std::string workflowId;
    std::string workflowName;
    std::string executionId;
    std::string type;
    std::string source;
    /// Inclusive bounds on `createdAt`.
    std::int64_t from = std::numeric_limits<std::int64_t>::min();
    std::int64_t to = std::numeric_limits<std::int64_t>::max();

    bool operator==(const RunFilter& other) const;
    /// True if the filter has nothing but dates.
    bool onlyDates() const;
};

class History {
  public:
    /// `runs` sorted by `createdAt`, then by id; `now` in milliseconds since 1970, where the clock of this history
    /// begins.
    History(RunTables tables, std::vector<Run> runs, std::uint64_t seed, std::int64_t now);

    std::size_t size() const noexcept { return runs_.size(); }
    bool contains(std::string_view id) const { return find(id).has_value(); }
    std::string add(refold::testing::FakeRun run);
    bool remove(std::string_view id);
    bool setStatus(std::string_view id, std::string_view status);
    bool has(std::string_view id) const { return find(id).has_value(); }
    // Throw std::out_of_range if there is no such run.
    std::string runJson(std::string_view id) const;
    std::string statusOf(std::string_view id) const;
    /// True if a test has set the run's JSON.
    bool isWrittenByTest(std::string_view id) const;
    /// Adds a run of the same workflow that begins now. Returns its id.
    std::string rerun(std::string_view id);

    /// Returns the number of runs that match.
    std::size_t count(const RunFilter& filter) const;
    /// Appends the JSON of at most `count` matching runs from `first` on, separated by commas.
    void appendRuns(std::string& out, const RunFilter& filter, bool ascending, std::size_t first,
                    std::size_t count) const;
    std::vector<std::string> ids(const RunFilter& filter, bool ascending) const;

  private:
    /// The matching runs, oldest first: a range of `runs_`, or a list of positions.
    struct Selection {
        std::size_t begin = 0;
        std::size_t end = 0;
        std::shared_ptr<const std::vector<std::uint32_t>> picked;

        std::size_t size() const { return picked ? picked->size() : end - begin; }
        std::size_t position(std::size_t index) const { return picked ? (*picked)[index] : begin + index; }
    };
    struct CachedSelection {
        RunFilter filter;
        Selection selection;
    };

    Selection select(const RunFilter& filter) const;
    std::vector<std::uint32_t> pick(const RunFilter& filter, std::size_t begin, std::size_t end) const;
    std::optional<std::size_t> find(std::string_view id) const;
    const Run& at(std::string_view id) const;
    std::uint16_t workflowOf(const refold::testing::FakeRun& run);
    ObjectId newId(std::int64_t createdAt);
    std::int64_t now() const;

    RunTables tables_;
    std::vector<Run> runs_;
    std::int64_t startedAt_;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
    std::uint64_t idState_;
    /// The latest selections, until the history changes, so that reading page after page does not filter each time.
    mutable std::vector<CachedSelection> cache_;
};

}  // namespace refold::internal::fake

#endif
