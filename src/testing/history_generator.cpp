// Generates runs from the newest to the oldest.
#include "testing/history_generator.hpp"

#include "testing/random.hpp"
#include "testing/run_json.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace refold::internal::fake {

namespace {

/// The creation time of the documentation's example, and the random part of its id.
constexpr std::int64_t exampleCreatedAt = 1781615700887;
constexpr std::uint64_t exampleIdHalf = 0xd4616e99e7fa5a02U;

constexpr std::int64_t halfYear = std::int64_t{182} * 24 * 3600 * 1000;

struct Application {
    std::string_view slug;
    std::string_view name;
    std::string_view id;
};

constexpr std::array<Application, 9> applications = {{
    {"hubspot", "Hubspot", "6992cc7dc124a392c80e9e9c"},
    {"salesforce", "Salesforce", "6992cc7dc124a392c80e9ea1"},
    {"slack", "Slack", "6992cc7dc124a392c80e9ea2"},
    {"google_sheets", "Google Sheets", "6992cc7dc124a392c80e9ea3"},
    {"zendesk", "Zendesk", "6992cc7dc124a392c80e9ea4"},
    {"jira", "Jira \"Cloud\"", "6992cc7dc124a392c80e9ea5"},
    {"fakturenwerk", "Fakturenwerk Köln", "6992cc7dc124a392c80e9ea6"},
    {"kintone", "キントーン", "6992cc7dc124a392c80e9ea7"},
    {"", "", ""},
}};

struct WorkflowModel {
    std::string_view id;
    std::string_view name;
    std::size_t application;
    std::string_view source;
    std::string_view triggerEvent;
    std::string_view type;
    unsigned weight;
};

/// The first is that of the documentation's example.
constexpr std::array<WorkflowModel, 18> workflowModels = {{
    {"6a106ba44480b80424a65289", "Daily Sync", 0, "SCHEDULE", "Schedule", "ASYNC", 30},
    {"6a106ba44480b80424a6528a", "Contacts to Slack", 2, "Event", "Contact Created", "ASYNC", 24},
    {"6a106ba44480b80424a6528b", "Create deal", 0, "API_CALL", "API Call", "SYNC", 22},
    {"6a106ba44480b80424a6528c", "Rechnungsprüfung (täglich)", 6, "SCHEDULE", "Schedule", "ASYNC", 8},
    {"6a106ba44480b80424a6528d", "日次同期 🚀", 7, "SCHEDULE", "Schedule", "ASYNC", 8},
    {"6a106ba44480b80424a6528e", "Export \"all\", then notify", 3, "API_CALL", "API Call", "ASYNC", 7},
    {"6a106ba44480b80424a6528f", "Two lines:\nsecond line", 4, "Event", "Ticket Updated", "ASYNC", 6},
    {"6a106ba44480b80424a65290", "Nightly sync of leads", 1, "SCHEDULE", "Schedule", "ASYNC", 9},
    {"6a106ba44480b80424a65291", "C:\\import\\leads.csv", 1, "API_CALL", "API Call", "SYNC", 4},
    {"6a106ba44480b80424a65292", "مزامنة العملاء", 0, "Event", "Contact Created", "ASYNC", 3},
    {"6a106ba44480b80424a65293", "👩‍💻 on-call hand-over ✅", 5, "Event", "Issue Created", "ASYNC", 4},
    {"6a106ba44480b80424a65294", "=SUM(A1:A9)", 3, "SCHEDULE", "Schedule", "ASYNC", 2},
    {"6a106ba44480b80424a65295", "\x1b[1mBold\x1b[0m sync", 5, "API_CALL", "API Call", "ASYNC", 2},
    {"6a106ba44480b80424a65296", "Tabs\tand; semicolons, commas", 3, "Event", "Row Added", "ASYNC", 3},
    {"6a106ba44480b80424a65297", "<i>Escalate</i> & assign", 4, "Event", "Ticket Created", "ASYNC", 5},
    {"6a106ba44480b80424a65298", "Housekeeping", 8, "SCHEDULE", "Schedule", "ASYNC", 3},
    {"6a106ba44480b80424a65299", "Cafe\u0301 orders", 6, "API_CALL", "API Call", "SYNC", 3},
    {"6a106ba44480b80424a6529a", "daily sync", 1, "SCHEDULE", "Schedule", "ASYNC", 5},
}};

struct StatusShare {
    std::string_view status;
    unsigned perThousand;
};

/// Shares of old runs; the rest is COMPLETED. The two tables differ in names only, so the same seed generates the same
/// runs with both.
constexpr std::array<StatusShare, 7> oldStatuses = {{
    {"ERRORED", 86},
    {"STOPPED", 18},
    {"TIMED_OUT", 16},
    {"DUPLICATE", 9},
    {"RUNNING", 2},
    {"STOPPING", 1},
    {"TERMINATED", 11},
}};

constexpr std::array<StatusShare, 7> legacyOldStatuses = {{
    {"FAILED", 52},
    {"ERRORED", 34},
    {"STOPPED", 18},
    {"TIMED_OUT", 16},
    {"DUPLICATE", 9},
    {"RUNNING", 2},
    {"STOPPING", 1},
}};

class Generator {
  public:
    explicit Generator(const refold::testing::FakeServerOptions& options)
        : options_(options),
          now_(options.now ? options.now->time_since_epoch().count() : exampleCreatedAt),
          state_(options.seed) {
        tables_.environment = options.apiKey.rfind("pk", 0) == 0 ? "production" : "test";
        tables_.accounts = {options.linkedAccountId};
        tables_.accounts.insert(tables_.accounts.end(), options.otherAccounts.begin(), options.otherAccounts.end());
        for (std::size_t i = 0; i < workflowModels.size(); ++i) addWorkflow(i);
    }

    History generate() {
        std::vector<Run> runs;
        runs.reserve(options_.runs + options_.runs / 16 + 16);
        std::int64_t time = now_;
        for (std::size_t age = 0; age < options_.runs; ++age) {
            runs.push_back(age == 0 ? newest(time) : run(time, age));
            time -= gap();
        }
        std::sort(runs.begin(), runs.end(), [](const Run& a, const Run& b) {
            return a.createdAt != b.createdAt ? a.createdAt < b.createdAt : a.id < b.id;
        });
        return History(std::move(tables_), std::move(runs), options_.seed, now_);
    }

  private:
    std::uint64_t below(std::uint64_t bound) { return nextRandom(state_) % bound; }

    void addWorkflow(std::size_t index) {
        const WorkflowModel& model = workflowModels[index];
        const Application& application = applications[model.application];
        Workflow workflow;
        workflow.id = model.id;
        workflow.name = model.name;
        workflow.slug = application.slug;
        workflow.applicationName = application.name;
        workflow.applicationId = application.id;
        workflow.triggerEvent = model.triggerEvent;
        if (index % 5 == 3) workflow.configId = "config_" + std::to_string(index);
        workflow.asciiOnly = index % 4 == 2;
        finishWorkflow(workflow);
        tables_.workflows.push_back(std::move(workflow));
        weightSum_ += model.weight;
    }

    Run base(std::int64_t time, std::size_t workflow, std::string_view status) {
        const WorkflowModel& model = workflowModels[workflow];
        Run run;
        run.createdAt = time;
        run.id = makeObjectId(time, nextRandom(state_));
        run.workflow = static_cast<std::uint16_t>(workflow);
        run.status = tables_.statuses.intern(status);
        run.type = tables_.types.intern(model.type);
        run.source = tables_.sources.intern(model.source);
        // From the id, so that the rest of the history is the same for any number of accounts.
        run.account = static_cast<std::uint8_t>(run.id[9] % tables_.accounts.size());
        return run;
    }

    Run newest(std::int64_t time) {
        Run run = base(time, 0, "COMPLETED");
        if (time == exampleCreatedAt) run.id = makeObjectId(time, exampleIdHalf);
        return run;
    }

    Run run(std::int64_t time, std::size_t age) {
        // In this order with every compiler: each draws random numbers.
        const std::string_view runStatus = status(age);
        const std::size_t runWorkflow = workflow();
        Run run = base(time, runWorkflow, runStatus);
        const std::uint64_t shape = below(100);
        run.shape = shape < 60 ? Shape::documented : shape < 85 ? Shape::later : Shape::sparse;
        if (below(50) == 0) run.name = static_cast<std::uint8_t>(1 + below(unusualNameCount));
        if (hasEnded(runStatus)) run.completedAt = std::min(time + run.duration(), now_);
        return run;
    }

    std::size_t workflow() {
        auto ticket = static_cast<unsigned>(below(weightSum_));
        std::size_t index = 0;
        while (ticket >= workflowModels[index].weight) ticket -= workflowModels[index++].weight;
        return index;
    }

    std::string_view status(std::size_t age) {
        // The latest runs are still running, and a few old ones hang.
        if (age < 24 && below(100) < 45) {
            const std::uint64_t stage = below(6);
            if (stage == 0) return "STOPPING";
            return stage == 1 && !options_.legacyStatuses ? "QUEUED" : "RUNNING";
        }
        auto ticket = static_cast<unsigned>(below(1000));
        for (const StatusShare& share : options_.legacyStatuses ? legacyOldStatuses : oldStatuses) {
            if (ticket < share.perThousand) return share.status;
            ticket -= share.perThousand;
        }
        return "COMPLETED";
    }

    /// Returns the time to the previous run: usually around the mean, sometimes a burst down to the same millisecond.
    std::int64_t gap() {
        const std::int64_t mean =
            std::max<std::int64_t>(halfYear / static_cast<std::int64_t>(std::max<std::size_t>(options_.runs, 1)), 2);
        const std::uint64_t kind = below(100);
        if (kind < 3) return 0;
        if (kind < 15)
            return static_cast<std::int64_t>(below(static_cast<std::uint64_t>(std::min<std::int64_t>(mean, 1500))));
        return static_cast<std::int64_t>(below(static_cast<std::uint64_t>(mean * 7 / 3)));
    }

    const refold::testing::FakeServerOptions& options_;
    std::int64_t now_;
    std::uint64_t state_;
    RunTables tables_;
    unsigned weightSum_ = 0;
};

}  // namespace

History generateHistory(const refold::testing::FakeServerOptions& options) {
    return Generator(options).generate();
}

}  // namespace refold::internal::fake
