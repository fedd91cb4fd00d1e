// Watches a changing history on the embedded server: runs start, end and fail in bursts, some in the same millisecond;
// answers fail, connections break, the server's clock differs by months, and the watch is resumed from its checkpoint.
// Compares what it reports with what happened.
#include "client/client_fixture.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace refold::test;
using namespace std::chrono_literals;
using refold::CallOptions;
using refold::Cancelled;
using refold::CancelSource;
using refold::Client;
using refold::ExecutionChange;
using refold::ExecutionWatch;
using refold::WatchOptions;
using refold::testing::FakeRun;
using refold::testing::FakeServer;

/// Changes the history, and records each run's statuses in order.
class LivingHistory {
  public:
    LivingHistory(FakeServer& server, unsigned seed) : server_(server), random_(seed) {}

    void step() {
        switch (pick(8)) {
            case 0:
                start(1 + pick(3));
                break;
            case 1:
                if (pick(3) == 0) start(25);  // a burst of more than a page
                break;
            case 2:
                if (pick(2) == 0) server_.failNext(1 + pick(2), 503);
                break;
            case 3:
                if (pick(2) == 0) server_.closeConnections();
                break;
            default:
                proceed();
        }
    }

    void endAll() {
        while (!open_.empty()) proceed();
    }

    const std::map<std::string, std::vector<std::string>>& statuses() const noexcept { return statuses_; }

  private:
    int pick(int count) { return static_cast<int>(random_() % static_cast<unsigned>(count)); }

    void start(int count) {
        for (int i = 0; i < count; ++i) {
            FakeRun run;
            run.id = "run-" + std::to_string(statuses_.size());
            run.status = pick(4) == 0 ? "COMPLETED" : "RUNNING";
            // Some runs share a millisecond; no run gets the server's own time.
            now_ += std::chrono::milliseconds(pick(3) == 0 ? 0 : 1 + pick(2000));
            run.createdAt = now_;
            server_.addRun(run);
            statuses_[run.id] = {run.status};
            if (run.status == "RUNNING") open_.push_back(run.id);
        }
    }

    void proceed() {
        if (open_.empty()) return;
        const std::size_t which = static_cast<std::size_t>(pick(static_cast<int>(open_.size())));
        const std::string id = open_[which];
        static const char* const next[] = {"STOPPING", "COMPLETED", "FAILED", "TIMED_OUT"};
        std::string status = next[pick(4)];
        if (status == statuses_[id].back()) status = "STOPPED";
        statuses_[id].push_back(status);
        server_.setStatus(id, status);
        if (status != "STOPPING") open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(which));
    }

    FakeServer& server_;
    std::mt19937 random_;
    refold::Timestamp now_ = *refold::parseTimestamp("2026-06-16T14:00:00Z");
    std::vector<std::string> open_;
    std::map<std::string, std::vector<std::string>> statuses_;
};

/// Reads a watch on its own thread.
class Reader {
  public:
    explicit Reader(Client client) : client_(std::move(client)) {}
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;
    ~Reader() { leave(); }

    void begin() {
        stop_ = CancelSource();
        thread_ = std::thread([this, token = stop_.token()] { read(token); });
    }

    /// Ends the watch, keeping its checkpoint.
    void leave() {
        stop_.cancel();
        if (thread_.joinable()) thread_.join();
    }

    /// Returns the last reported status of each run.
    std::map<std::string, std::string> latest() const {
        const std::lock_guard<std::mutex> lock(mutex_);
        std::map<std::string, std::string> latest;
        for (const auto& [id, told] : told_) latest[id] = told.back();
        return latest;
    }
    std::map<std::string, std::vector<std::string>> told() const {
        const std::lock_guard<std::mutex> lock(mutex_);
        return told_;
    }
    std::string complaint() const {
        const std::lock_guard<std::mutex> lock(mutex_);
        return complaint_;
    }

  private:
    void read(const refold::CancelToken& token) {
        WatchOptions options;
        options.interval = 1ms;
        options.maxInterval = 4ms;
        // Starts before the first run, so that the time of the first poll does not matter.
        options.since = *refold::parseTimestamp("2026-06-16T13:59:00Z");
        options.resumeFrom = checkpoint_;
        CallOptions call;
        call.cancel = token;
        ExecutionWatch watch = client_.watchExecutions({}, options, call);
        try {
            for (const ExecutionChange& change : watch) note(change);
        } catch (const Cancelled&) {
            checkpoint_ = watch.checkpoint();
        } catch (const std::exception& error) {
            const std::lock_guard<std::mutex> lock(mutex_);
            complaint_ = error.what();
        }
    }

    void note(const ExecutionChange& change) {
        const std::lock_guard<std::mutex> lock(mutex_);
        std::vector<std::string>& told = told_[change.execution.id];
        const std::string before = change.previousStatus ? change.previousStatus->value() : "";
        if (before != (told.empty() ? "" : told.back())) {
            complaint_ = change.execution.id + " is said to have been '" + before + "'";
        }
        told.push_back(change.execution.status.value());
    }

    const Client client_;
    CancelSource stop_;
    std::thread thread_;
    std::string checkpoint_;
    mutable std::mutex mutex_;
    std::map<std::string, std::vector<std::string>> told_;
    std::string complaint_;
};

std::map<std::string, std::string> endsOf(const LivingHistory& history) {
    std::map<std::string, std::string> ends;
    for (const auto& [id, statuses] : history.statuses()) ends[id] = statuses.back();
    return ends;
}

/// True if the reported statuses are a subsequence of the actual ones, without repetitions.
bool isSubsequence(const std::vector<std::string>& told, const std::vector<std::string>& happened) {
    auto at = happened.begin();
    for (const std::string& status : told) {
        at = std::find(at, happened.end(), status);
        if (at == happened.end()) return false;
        ++at;
    }
    return true;
}

void followOneHistory(unsigned seed) {
    auto serverOptions = historyOf(30);
    serverOptions.defaultLimit = 10;
    FakeServer server(serverOptions);
    auto options = quickOptions(server.baseUrl());
    options.retry.maxAttempts = 1;
    options.retry.initialBackoff = 1ms;
    options.retry.maxBackoff = 2ms;
    Reader reader{Client(keyOf(server), options)};
    LivingHistory history(server, seed);
    std::mt19937 random(seed + 1);
    reader.begin();
    for (int i = 0; i < 40; ++i) {
        history.step();
        if (random() % 4 == 0) std::this_thread::sleep_for(1ms);
        if (random() % 12 == 0) {
            reader.leave();
            if (random() % 2 == 0) history.step();
            reader.begin();
        }
    }
    history.endAll();
    const std::map<std::string, std::string> ends = endsOf(history);
    const auto patience = std::chrono::steady_clock::now() + 30s;
    while (reader.latest() != ends && reader.complaint().empty() && std::chrono::steady_clock::now() < patience) {
        std::this_thread::sleep_for(1ms);
    }
    reader.leave();
    EXPECT_EQ(reader.complaint(), "");
    EXPECT_EQ(reader.latest(), ends) << "every run is reported up to its end";
    for (const auto& [id, told] : reader.told()) {
        EXPECT_TRUE(isSubsequence(told, history.statuses().at(id)))
            << id << ": a status was repeated or never occurred";
    }
}

TEST(LivingHistory, IsReportedAsItHappens) {
    for (unsigned seed = 1; seed <= 200 && !::testing::Test::HasFailure(); ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        followOneHistory(seed);
    }
}

}  // namespace
