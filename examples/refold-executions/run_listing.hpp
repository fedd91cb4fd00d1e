// Iterates over the runs that a command's filters select, each once. One status is one listing of the API; several are
// one listing each, merged by date. Used by `list`, `history`, `errors`, `rerun` and `stop`.
#ifndef REFOLD_EXECUTIONS_RUN_LISTING_HPP
#define REFOLD_EXECUTIONS_RUN_LISTING_HPP

#include "filters.hpp"

#include <refold/client.hpp>

#include <cstdint>
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <unordered_set>
#include <vector>

namespace cli {

class RunListing {
  public:
    /// Sends nothing yet. Throws `UsageError` where `options.resumeFrom` does not belong to the filters.
    RunListing(const refold::Client& client, const Filters& filters, const refold::ListingOptions& options,
               const refold::CallOptions& call);

    /// The next run, which lives until the next call; null behind the last.
    const refold::Execution* next();

    /// The number of matching runs according to the server; 0 if it has not said.
    std::int64_t total() const;
    /// True if all that match were delivered, rather than `maxItems` of them.
    bool complete() const;
    /// True if the listing verified that no run is missing.
    bool verified() const;
    /// A text from which `ListingOptions::resumeFrom` continues after the last run; empty before the first.
    std::string checkpoint() const;

  private:
    /// A listing of one status and where it stands.
    struct Stream {
        explicit Stream(refold::ExecutionListing opened) : listing(std::move(opened)) {}

        refold::ExecutionListing listing;
        std::optional<refold::ExecutionListing::Iterator> at = {};
        bool ended = false;
        /// Runs that may still change their status are read ahead, all of them.
        bool readsAhead = false;
        std::deque<refold::Execution> ahead = {};
        /// Of its latest run; what a run without a date counts as.
        std::optional<refold::Timestamp> date = {};
    };

    void resume(const std::string& position, refold::ExecutionQuery& query);
    bool isMerged() const noexcept { return streams_.size() > 1; }
    bool start(Stream& stream);
    void readAhead(Stream& stream);
    const refold::Execution* headOf(Stream& stream);
    void step(Stream& stream);
    refold::Timestamp dateOf(Stream& stream, const refold::Execution& run) const;
    bool wasDelivered(const refold::Execution& run) const;
    const refold::Execution* nextMerged();

    std::vector<Stream> streams_;
    std::string statuses_;
    bool ascending_ = false;
    std::optional<std::int64_t> maxItems_;
    /// Runs of earlier pages of several statuses.
    std::int64_t skip_ = 0;
    std::int64_t delivered_ = 0;
    bool started_ = false;
    bool reachedEnd_ = false;
    refold::Execution current_;
    /// Of the run that was delivered last, over all attempts.
    std::optional<refold::Timestamp> frontier_;
    /// The runs of that date.
    std::set<std::string> atFrontier_;
    /// All without a date: no date says that they were delivered.
    std::set<std::string> undated_;
    std::optional<refold::Timestamp> resumedAt_;
    std::unordered_set<std::string> seen_;
};

}  // namespace cli

#endif
