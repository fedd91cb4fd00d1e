// Simulates a changing history as page sources with a manual clock: while a watch sleeps, runs start, continue, end,
// fail and disappear, in bursts and in the same millisecond. A seed determines everything. Used by the watch's tests,
// which compare with its record.
#ifndef REFOLD_TESTS_WATCH_LIVING_SIMULATOR_HPP
#define REFOLD_TESTS_WATCH_LIVING_SIMULATOR_HPP

#include "time/clock.hpp"
#include "watch/page_sources.hpp"

#include <refold/error.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace refold::tests {

struct LivingSetup {
    enum class Dates { exact, day, roundedUp, exclusive, ignored };

    std::uint32_t seed = 1;
    int runs = 60;
    /// Maximum distance between two runs in milliseconds; 0 and 1 produce ties.
    int spacing = 3000;
    Dates dates = Dates::exact;
    std::optional<std::int64_t> cap = {};
    bool honoursStatus = true;
    bool honoursId = true;
    /// Fails this share of the requests.
    double failures = 0;
    bool vanishing = true;
    /// Some responses come from a replica that does not show the latest runs yet.
    bool lagging = false;
};

class LivingSimulator {
  public:
    struct Run {
        std::string id = {};
        std::int64_t time = 0;
        std::string status = {};
        /// Has a completion time, whatever its status.
        bool completed = false;
        bool isDated = true;
    };

    explicit LivingSimulator(const LivingSetup& setup) : setup_(setup), random_(setup.seed) {
        for (int i = 0; i < setup_.runs; ++i) start();
        for (Run& run : runs) {
            if (random_() % 6 != 0) end(run);
        }
    }

    /// Changes the history between two polls: often not at all, sometimes by more than a page.
    void move() {
        // A replica that lags for longer than a watch tolerates is not simulated.
        const std::set<std::string> lagged = std::exchange(laggingIds, {});
        if (random_() % 4 == 0) return;
        for (const Run& run : runs) {
            if (setup_.lagging && lagged.count(run.id) == 0 && random_() % 6 == 0) laggingIds.insert(run.id);
        }
        const auto starts = random_() % 12 == 0 ? 120 + random_() % 200 : random_() % 4;
        for (auto i = starts; i > 0; --i) start();
        for (Run& run : runs) {
            if (run.status != "RUNNING" && run.status != "STOPPING" && run.status != "QUEUED") continue;
            const unsigned chance = static_cast<unsigned>(random_() % 12);
            if (chance < 4) end(run);
            if (chance == 4) run.status = "STOPPING";
            if (chance == 5 && run.status == "QUEUED") run.status = "RUNNING";
        }
        if (!setup_.vanishing || random_() % 3 != 0) return;
        for (unsigned i = 0; i < 2 && runs.size() > 30; ++i) {
            runs.erase(runs.begin() + static_cast<std::ptrdiff_t>(random_() % runs.size()));
        }
    }

    Page<Execution> answer(const ExecutionQuery& query, const internal::PageRequest& request) {
        ++requests;
        onRequest();
        lastFailed = setup_.failures > 0 && std::bernoulli_distribution(setup_.failures)(random_);
        if (lastFailed) throw TransportError(TransportError::Kind::reset, "the simulated connection was lost");
        datesSent = datesSent || query.startDate || query.endDate;
        // Refuses such a query, as the client does before it sends a request.
        if (query.startDate && query.endDate && *query.startDate > *query.endDate)
            throw InvalidArgument("startDate", "startDate is after endDate");
        if (query.executionId && lostIds.count(*query.executionId) > 0) refuse(lostIds[*query.executionId]);
        std::vector<const Run*> matching;
        for (const Run& run : runs) {
            if (matches(run, query)) matching.push_back(&run);
        }
        std::reverse(matching.begin(), matching.end());
        const std::int64_t limit = setup_.cap ? std::min(*setup_.cap, request.limit) : request.limit;
        const auto total = static_cast<std::int64_t>(matching.size());
        const std::int64_t from = std::min(total, (request.page - 1) * limit);
        const std::int64_t to = std::min(total, from + limit);
        Page<Execution> page;
        for (std::int64_t i = from; i < to; ++i) {
            const Run& run = *matching[static_cast<std::size_t>(i)];
            Execution execution;
            execution.id = run.id;
            execution.status = run.status;
            const Timestamp time(std::chrono::milliseconds(run.time));
            if (run.isDated) execution.createdAt = time;
            if (run.completed) execution.completionTime = time;
            page.docs.push_back(execution);
        }
        page.totalDocs = total;
        page.limit = limit;
        page.page = request.page;
        page.hasNextPage = to < total;
        return page;
    }

    std::mt19937& random() { return random_; }

    /// Oldest first.
    std::vector<Run> runs = {};
    int requests = 0;
    bool lastFailed = false;
    /// Called for each request; an exception from it is the response.
    std::function<void()> onRequest = [] {};
    /// True once a request has carried a date.
    bool datesSent = false;
    /// Runs that a replica does not show yet.
    std::set<std::string> laggingIds = {};
    /// Runs that the server refuses to return by id, with the status of the refusal.
    std::map<std::string, int> lostIds = {};

  private:
    void start() {
        newest_ += static_cast<std::int64_t>(random_() % static_cast<unsigned>(setup_.spacing + 1));
        runs.push_back({"run_" + std::to_string(++numbers_), newest_, random_() % 5 == 0 ? "QUEUED" : "RUNNING"});
        // Some runs end before the first poll.
        if (random_() % 4 == 0) end(runs.back());
    }
    void end(Run& run) {
        const char* const statuses[] = {"COMPLETED", "COMPLETED", "FAILED", "ERRORED", "STOPPED", "TERMINATED"};
        run.status = statuses[random_() % 6];
    }
    [[noreturn]] static void refuse(int status) {
        ApiErrorDetails details;
        details.status = status;
        if (status == 404) throw NotFoundError("not found", details);
        throw ApiError("refused", details);
    }
    bool matches(const Run& run, const ExecutionQuery& query) const {
        if (laggingIds.count(run.id) > 0) return false;
        if (query.executionId && setup_.honoursId && run.id != *query.executionId) return false;
        if (query.status && setup_.honoursStatus && ExecutionStatus(run.status) != *query.status) return false;
        constexpr std::int64_t day = 86'400'000;
        if (setup_.dates == LivingSetup::Dates::ignored) return true;
        if (query.startDate) {
            std::int64_t from = query.startDate->time_since_epoch().count();
            if (setup_.dates == LivingSetup::Dates::day) from -= from % day;
            if (setup_.dates == LivingSetup::Dates::roundedUp) from += 1000 - from % 1000;
            if (run.time < from || (setup_.dates == LivingSetup::Dates::exclusive && run.time == from)) return false;
        }
        if (query.endDate) {
            std::int64_t to = query.endDate->time_since_epoch().count();
            if (setup_.dates == LivingSetup::Dates::day) to += day - 1 - to % day;
            if (setup_.dates == LivingSetup::Dates::roundedUp) to -= to % 1000;
            if (run.time > to || (setup_.dates == LivingSetup::Dates::exclusive && run.time == to)) return false;
        }
        return true;
    }

    LivingSetup setup_;
    std::mt19937 random_;
    /// Far from this machine's time, because a watch must use the server's dates only.
    std::int64_t newest_ = 1'900'000'000'123;
    int numbers_ = 0;
};

class LivingSources final : public internal::PageSources {
  public:
    explicit LivingSources(LivingSimulator& history) : history_(history) {}

    std::shared_ptr<internal::PageSource> of(const ExecutionQuery& query) override {
        class Source final : public internal::PageSource {
          public:
            Source(LivingSimulator& history, ExecutionQuery query) : history_(history), query_(std::move(query)) {}
            Page<Execution> fetch(const internal::PageRequest& request, const CancelToken&) override {
                return history_.answer(query_, request);
            }

          private:
            LivingSimulator& history_;
            const ExecutionQuery query_;
        };
        return std::make_shared<Source>(history_, query);
    }

  private:
    LivingSimulator& history_;
};

/// A clock that sleeping advances.
class JumpingClock final : public internal::Clock {
  public:
    /// Called for each sleep with its duration; false cancels.
    using OnSleep = std::function<bool(std::chrono::milliseconds)>;

    JumpingClock(TimePoint& now, OnSleep onSleep, Timestamp calendar = {})
        : now_(now), onSleep_(std::move(onSleep)), calendar_(calendar) {}

    TimePoint now() const override { return now_; }
    Timestamp calendarNow() const override { return calendar_; }
    bool sleepUntil(TimePoint time, const CancelToken&) override {
        if (time <= now_) return true;
        const auto length = std::chrono::duration_cast<std::chrono::milliseconds>(time - now_);
        now_ = time;
        return onSleep_(length);
    }

  private:
    TimePoint& now_;
    OnSleep onSleep_;
    const Timestamp calendar_;
};

}  // namespace refold::tests

#endif
