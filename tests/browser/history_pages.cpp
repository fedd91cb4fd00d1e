// Writes pages of `history` for the browser test, without a server: history_pages DIRECTORY. Covers each state that the
// page describes, several accounts, a comparison with the previous period, and a history of 200,000 runs.
#include "atomic_file.hpp"
#include "history_page.hpp"

#include <refold/execution.hpp>
#include <refold/timestamp.hpp>

#include <chrono>
#include <cstddef>
#include <cstdio>
#include <iostream>
#include <memory>
#include <random>
#include <string>

namespace {

using std::chrono::minutes;
using std::chrono::seconds;

const refold::Timestamp readAt = refold::parseTimestamp("2026-06-16T13:20:00Z").value();

class PageMaker {
  public:
    explicit PageMaker(minutes period = minutes(7 * 24 * 60)) {
        history_.from = readAt - period;
        history_.to = readAt;
        history_.readAt = readAt;
        history_.verified = true;
    }

    void add(const std::string& status, seconds age, const std::string& workflow, const std::string& application,
             const std::string& account) {
        refold::Execution run;
        char id[25];
        std::snprintf(id, sizeof id, "6a31%020zx", count_++);
        run.id = id;
        run.status = status;
        run.createdAt = history_.to - age;
        run.associatedWorkflow = {"id of " + workflow, workflow, ""};
        run.associatedApplication = {"id of " + application, application, ""};
        run.linkedAccountId = account;
        page_.add(run, history_.summary.add(run));
    }

    /// Adds runs spread evenly over the period; one in `failing` of them failed.
    void addMany(std::size_t runs, unsigned failing, std::size_t accounts) {
        std::mt19937 random(7);
        const auto period = std::chrono::duration_cast<seconds>(history_.to - *history_.from);
        for (std::size_t i = 0; i < runs; ++i) {
            const auto kind = random();
            const std::string status = kind % failing == 0 ? (kind % 2 == 0 ? "FAILED" : "ERRORED")
                                       : kind % 31 == 0    ? "STOPPED"
                                       : i < 20            ? "RUNNING"
                                                           : "COMPLETED";
            add(status, period * static_cast<long>(i) / static_cast<long>(runs) + seconds(1),
                "Workflow " + std::to_string(random() % 12), "Application " + std::to_string(random() % 8),
                "account-" + std::to_string(random() % accounts));
        }
    }

    cli::History& history() { return history_; }

    void write(const std::string& directory, const std::string& name) {
        cli::AtomicFile("", directory + "/" + name + ".html").write(page_.render(history_));
    }

  private:
    cli::HistoryPage page_;
    cli::History history_;
    std::size_t count_ = 0;
};

std::shared_ptr<const cli::History> periodBefore() {
    PageMaker before;
    before.history().to = readAt - minutes(7 * 24 * 60);
    before.history().from = before.history().to - minutes(7 * 24 * 60);
    before.addMany(2500, 14, 3);
    before.add("FAILED", seconds(60), "Workflow that is gone", "Application 1", "account-1");
    return std::make_shared<const cli::History>(before.history());
}

/// Errors of the latest failures: one frequent, one with a long message.
std::shared_ptr<const cli::ErrorGroups> errorsOf(const cli::HistorySummary& summary) {
    const auto errors = std::make_shared<cli::ErrorGroups>();
    int count = 0;
    for (const cli::FailedRun& failed : summary.latestFailures()) {
        refold::Execution run;
        run.id = failed.id;
        run.status = failed.status;
        run.createdAt = failed.createdAt;
        run.associatedWorkflow = {failed.workflowId, failed.workflowName, ""};
        run.linkedAccountId = failed.account;
        const bool isLong = ++count % 4 == 0;
        errors->add(run, isLong ? cli::FailureReason{"Map fields",
                                                     "TypeError: Cannot read properties of undefined (reading "
                                                     "'identifier'), at transform.js line 214, column 13, in record 17"}
                                : cli::FailureReason{"Upsert contacts", "Request failed with status code 429"});
    }
    return errors;
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 2) {
        std::cerr << "usage: history_pages DIRECTORY\n";
        return 2;
    }
    const std::string directory = arguments[1];

    PageMaker empty;
    empty.history().isDefaultPeriod = true;
    empty.history().filters = {{"workflow name", "No such workflow"}};
    empty.write(directory, "empty");

    PageMaker one;
    one.add("TIMED_OUT", minutes(90), "Nightly sync", "Hubspot", "account-1");
    one.write(directory, "one");

    PageMaker failed;
    for (int i = 0; i < 25; ++i) failed.add("FAILED", minutes(30 * i + 5), "Nightly sync", "Hubspot", "account-1");
    failed.write(directory, "failed");

    PageMaker none;
    for (int i = 0; i < 25; ++i) none.add("COMPLETED", minutes(30 * i + 5), "Nightly sync", "Hubspot", "account-1");
    none.write(directory, "none-failed");

    // Rates of exactly 8 % and 12 %, beside one of 100 %.
    PageMaker compared;
    compared.addMany(3000, 9, 3);
    for (int i = 0; i < 100; ++i) {
        compared.add(i < 8 ? "FAILED" : "COMPLETED", minutes(i + 1), "Eight", "Rates", "account-1");
        compared.add(i < 12 ? "FAILED" : "COMPLETED", minutes(i + 1), "Twelve", "Rates", "account-2");
    }
    compared.add("FAILED", minutes(3), "Always", "Rates", "account-2");
    compared.add("FAILED", minutes(4), "A workflow whose name is much longer than the column that it stands in, by far",
                 "An application whose name does not fit into its column either",
                 "account-with-a-long-name@example.com");
    compared.history().previous = periodBefore();
    compared.history().errors = errorsOf(compared.history().summary);
    compared.write(directory, "compared");

    PageMaker large(minutes(90 * 24 * 60));
    large.addMany(200000, 9, 5);
    large.write(directory, "large");
    return 0;
}
