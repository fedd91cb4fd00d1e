// Simulates a server whose history changes while it is read, as a page source for the listing's tests. A seed
// determines everything. Records which runs matched throughout, so that tests can check what was delivered.
#ifndef REFOLD_TESTS_LISTING_HISTORY_SIMULATOR_HPP
#define REFOLD_TESTS_LISTING_HISTORY_SIMULATOR_HPP

#include "listing/page_source.hpp"

#include <refold/execution_query.hpp>

#include <cstdint>
#include <mutex>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace refold::tests {

/// The server's interpretation of `start_date` and `end_date`.
enum class DateMode { millisecond, secondFloor, secondCeiling, dayFloor, dayCeiling, exclusive, ignored };

/// The runs that have a `createdAt`.
enum class DateField {
    present,
    /// Some runs have none; they come last, or first when ascending, and no date bound finds them.
    missingSorted,
    /// Some runs have none and are ordered among the others; no date bound finds them.
    missingAmong,
    /// Responses omit it for some runs, although the server sorts and filters by it.
    hidden,
    /// Responses omit it for every run.
    absent
};

/// The numbers of the envelope that are wrong, differently in each response.
enum class Envelope { right, wrongPage, wrongLimit, wrongTotal, wrong };

struct ServerTraits {
    DateMode dates = DateMode::millisecond;
    DateField field = DateField::present;
    /// Maximum page size.
    std::optional<std::int64_t> cap = {};
    /// Size of every page, whatever limit is requested.
    std::optional<std::int64_t> fixedSize = {};
    bool namesTotal = true;
    bool namesLimit = true;
    bool namesPage = true;
    /// Filters after paging, so that pages can be short or empty.
    bool filtersPages = false;
    /// Orders runs of the same date differently in each response.
    bool shufflesTies = false;
    /// Computes totals and `hasNextPage`, changes the history, then reads the items.
    bool countsFirst = false;
    Envelope envelope = Envelope::right;
    /// Answers larger limits with a 400, or with a timeout.
    std::optional<std::int64_t> refusesAbove = {};
    std::optional<std::int64_t> timesOutAbove = {};
};

struct Churn {
    /// Expected number of events per request.
    double arrivals = 0;
    double insertions = 0;
    double removals = 0;
    double flipsIn = 0;
    double flipsOut = 0;
    /// Removals of the oldest runs.
    double expiries = 0;

    static Churn none() { return {}; }
    static Churn light() { return {0.5, 0.1, 0.2, 0.1, 0.1}; }
    static Churn heavy() { return {2.0, 0.7, 1.0, 0.5, 0.7}; }
    static Churn balanced() { return {0.0, 0.8, 0.8, 0.4, 0.4}; }
    static Churn draining() { return {0.2, 0.0, 1.5, 0.0, 0.8}; }
};

struct HistorySetup {
    std::uint32_t seed = 1;
    int runs = 200;
    /// Maximum distance between two runs in milliseconds; small values produce ties.
    std::int64_t spacing = 3000;
    /// Number of consecutive runs that share a date.
    int sharing = 1;
    /// Number of runs at the far end that the query's dates exclude. A server that ignores dates returns them
    /// nevertheless.
    int outside = 0;
    bool ascending = false;
    ServerTraits server = {};
    Churn churn = {};
    /// Stops changes after this many requests, so that a slow reader in ascending order reaches the end.
    int restAfter = 300;
    /// Delays responses, so that they arrive out of order.
    bool slow = false;
    /// Fails this share of the requests.
    double failures = 0;
};

class HistorySimulator final : public internal::PageSource {
  public:
    explicit HistorySimulator(const HistorySetup& setup);

    Page<Execution> fetch(const internal::PageRequest& request, const CancelToken& cancel) override;

    /// Applies the changes of `requests` requests.
    void moveOn(int requests);
    void setChurn(const Churn& churn);
    void setFailures(double failures);

    ExecutionQuery query() const;
    int requests() const;
    /// The largest limit requested.
    std::int64_t largestLimit() const;
    /// Maximum number of runs that ever shared a date.
    int maxSharing() const;
    /// Ids of the runs that have matched since the start, in the listing's order.
    std::vector<std::string> matchedThroughout() const;
    /// Describes the first fault of a delivery of these ids in this order; empty if there is none. Runs that appeared
    /// or disappeared meanwhile may be delivered once. Without `mustBeAll`, runs may be missing.
    std::string complaint(const std::vector<std::string>& delivered, bool mustBeAll = true) const;

  private:
    struct Run {
        std::int64_t number = 0;
        std::int64_t time = 0;
        bool matches = true;
        bool steady = true;
        bool showsDate = true;
        bool hasDate = true;
    };

    bool before(const Run& a, const Run& b) const;
    Run make(std::int64_t time, bool steady);
    void insert(const Run& run);
    void moveOnce();
    std::int64_t nextTime();
    bool asked(const Run& run) const;
    int draw(double expected);
    std::size_t pick();
    bool withinDates(const Run& run) const;
    std::vector<const Run*> found() const;
    Page<Execution> answer(const internal::PageRequest& request);
    void distort(Page<Execution>& page);

    HistorySetup setup_;
    mutable std::mutex mutex_ = {};
    std::mt19937 random_;
    /// In the listing's order, including runs that do not match.
    std::vector<Run> runs_ = {};
    std::int64_t numbers_ = 0;
    std::int64_t newest_ = 1'700'000'000'123;
    int atNewest_ = 0;
    std::optional<std::int64_t> earliest_ = {};
    std::optional<std::int64_t> latest_ = {};
    std::size_t readingAt_ = 0;
    int requests_ = 0;
    std::int64_t largestLimit_ = 0;
    std::vector<Run> everKnown_ = {};
};

}  // namespace refold::tests

#endif
