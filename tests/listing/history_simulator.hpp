// A history that moves while it is read, as a page source: the server that the listing's tests run against. Everything
// comes from a seed. It keeps book of which runs matched throughout, so that what was delivered can be judged.
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

/// What the server makes of `start_date` and `end_date`.
enum class DateMode { millisecond, secondFloor, secondCeiling, dayFloor, dayCeiling, exclusive, ignored };

/// Which runs have a `createdAt`.
enum class DateField {
    present,
    /// Some runs have none; they come last, or first when ascending, and no date bound finds them.
    missingSorted,
    /// Some runs have none and still stand among the others; no date bound finds them.
    missingAmong,
    /// Some runs do not show theirs, though the server sorts by it.
    hidden,
    /// None shows it.
    absent
};

/// Which of the envelope's numbers are wrong, in another way in each answer.
enum class Envelope { right, wrongPage, wrongLimit, wrongTotal, wrong };

struct ServerTraits {
    DateMode dates = DateMode::millisecond;
    DateField field = DateField::present;
    /// The most that a page holds.
    std::optional<std::int64_t> cap = {};
    /// What every page holds.
    std::optional<std::int64_t> fixedSize = {};
    bool namesTotal = true;
    bool namesLimit = true;
    bool namesPage = true;
    /// Cuts pages out of all runs and leaves out of them what does not match, so that they are short, or empty.
    bool filtersPages = false;
    /// Runs at one date come in another order each time.
    bool shufflesTies = false;
    /// Counts, moves on, and reads: totals and `hasNextPage` are from before.
    bool countsFirst = false;
    Envelope envelope = Envelope::right;
    /// Refuses larger limits with a 400, and fails at them with a timeout.
    std::optional<std::int64_t> refusesAbove = {};
    std::optional<std::int64_t> timesOutAbove = {};
};

struct Churn {
    /// Expected number of each per request.
    double arrivals = 0;
    double insertions = 0;
    double removals = 0;
    double flipsIn = 0;
    double flipsOut = 0;
    /// Oldest runs that vanish.
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
    /// Greatest distance between two runs, in milliseconds; small ones make ties.
    std::int64_t spacing = 3000;
    /// So many runs in a row share each date.
    int sharing = 1;
    /// The query's own dates leave out so many runs at the far end. A server that ignores dates answers them all the
    /// same.
    int outside = 0;
    bool ascending = false;
    ServerTraits server = {};
    Churn churn = {};
    /// After so many requests the history rests, or a slow reader of the oldest first would never come to the end.
    int restAfter = 300;
    /// Sleeps a little, so that answers overtake each other.
    bool slow = false;
    /// Fails this share of the requests.
    double failures = 0;
};

class HistorySimulator final : public internal::PageSource {
  public:
    explicit HistorySimulator(const HistorySetup& setup);

    Page<Execution> fetch(const internal::PageRequest& request, const CancelToken& cancel) override;

    /// Moves the history on as `requests` requests would.
    void moveOn(int requests);
    void setChurn(const Churn& churn);
    void setFailures(double failures);

    ExecutionQuery query() const;
    int requests() const;
    /// The largest number of runs that have ever shared one date.
    int maxSharing() const;
    /// Ids that matched from the beginning to now, in the listing's order.
    std::vector<std::string> matchedThroughout() const;
    /// What is wrong with these ids having been delivered in this order; empty if nothing is.
    /// Those that came or left meanwhile may be there, once. Without `mustBeAll`, runs may be missing.
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
    /// In the listing's order, those that do not match included.
    std::vector<Run> runs_ = {};
    std::int64_t numbers_ = 0;
    std::int64_t newest_ = 1'700'000'000'123;
    int atNewest_ = 0;
    std::optional<std::int64_t> earliest_ = {};
    std::optional<std::int64_t> latest_ = {};
    std::size_t readingAt_ = 0;
    int requests_ = 0;
    std::vector<Run> everKnown_ = {};
};

}  // namespace refold::tests

#endif
