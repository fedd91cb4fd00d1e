// Prints the request of the API's documentation as a table, then reads the whole history and prints its outcomes,
// requests and time. Uses the real server if the environment has credentials, otherwise an embedded one with a
// generated history. Started by the script `demo` beside it.
#include <refold/refold.hpp>
#include <refold/testing/fake_server.hpp>

#include "console.hpp"
#include "exit_code.hpp"
#include "interruption.hpp"
#include "number_text.hpp"
#include "platform/streams.hpp"
#include "progress_bar.hpp"
#include "request_counter.hpp"
#include "status_style.hpp"
#include "table_format.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <exception>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace {

using cli::counted;
using cli::grouped;

bool isSet(const char* name) {
    const char* const value = std::getenv(name);
    return value != nullptr && *value != '\0';
}

bool hasCredentials() {
    return isSet("REFOLD_API_KEY") || isSet("REFOLD_LINKED_ACCOUNT_ID") || isSet("REFOLD_SESSION_TOKEN");
}

class Demo {
  public:
    Demo(cli::Console& console, const cli::Interruption& interruption) : console_(console) {
        call_.cancel = interruption.token();
    }

    void run() {
        options_.observer = counter_;
        std::optional<refold::testing::FakeServer> server;
        if (hasCredentials()) {
            const std::string url = isSet("REFOLD_BASE_URL") ? std::getenv("REFOLD_BASE_URL") : options_.baseUrl;
            say("Credentials found in the environment: asking the service at " + url + ".");
            play(refold::Client::fromEnvironment(options_), now());
            return;
        }
        refold::testing::FakeServerOptions serverOptions;
        server.emplace(serverOptions);
        say("No credentials in the environment: starting an embedded server with a generated history of " +
            counted(static_cast<std::int64_t>(server->runCount()), "run") + " at " + server->baseUrl() + ".");
        say("(Set REFOLD_API_KEY and REFOLD_LINKED_ACCOUNT_ID to ask the real service.)");
        options_.baseUrl = server->baseUrl();
        options_.rateLimit = refold::RateLimit::none();
        play(refold::Client(refold::apiKey(serverOptions.apiKey, serverOptions.linkedAccountId), options_), now());
    }

  private:
    static refold::Timestamp now() {
        return std::chrono::time_point_cast<refold::Timestamp::duration>(std::chrono::system_clock::now());
    }

    void say(const std::string& text) {
        console_.data().append(text + "\n");
        console_.data().flush();
    }

    void heading(const std::string& text) {
        say("\n" + cli::coloured(text, cli::Colour::bold, console_.dataTerminal().colour));
    }

    void play(const refold::Client& client, refold::Timestamp time) {
        showPage(client, time);
        walk(client);
    }

    void showPage(const refold::Client& client, refold::Timestamp time) {
        refold::ExecutionQuery query;
        query.status = refold::ExecutionStatus::Completed;
        query.limit = 10;
        heading("One request: GET /api/v2/public/execution?status=COMPLETED&limit=10");
        const refold::Page<refold::Execution> page = client.listExecutions(query, call_);
        cli::TableFormat(console_.data(), console_.dataTerminal(), time).writePage(page);
        say("page " + grouped(page.page) + " of " + grouped(page.totalPages) + ", " +
            counted(page.totalDocs, "completed run") + " in all");
    }

    void walk(const refold::Client& client) {
        heading("The whole history: for (const refold::Execution& run : client.executions()) ...");
        say(options_.rateLimit.isNone()
                ? "The embedded server has no rate limit, so the client's own pacing is off."
                : "Paced to the API's limit of " + grouped(static_cast<std::int64_t>(options_.rateLimit.perSecond)) +
                      " requests per second.");
        const std::int64_t requestsBefore = counter_->requests();
        const auto start = std::chrono::steady_clock::now();
        std::map<std::string, std::int64_t> outcomes;
        std::int64_t runs = 0;
        {
            cli::ProgressBar progress(cli::platform::standardError, console_.messageTerminal(), counter_);
            refold::ExecutionListing listing = client.executions({}, {}, call_);
            for (const refold::Execution& run : listing) {
                ++outcomes[run.status.value()];
                if (++runs % 100 == 0) progress.update(runs, 0, listing.report().totalDocsAtEnd);
            }
        }
        const auto elapsed =
            std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
        showOutcomes(outcomes, runs);
        say(counted(runs, "run") + " in " + counted(counter_->requests() - requestsBefore, "request") + " and " +
            cli::durationText(elapsed));
    }

    void showOutcomes(const std::map<std::string, std::int64_t>& outcomes, std::int64_t runs) {
        std::vector<std::pair<std::string, std::int64_t>> sorted(outcomes.begin(), outcomes.end());
        std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
        const cli::Terminal& terminal = console_.dataTerminal();
        for (const auto& [status, count] : sorted) {
            const cli::StatusStyle style = cli::styleOf(status, terminal.charset);
            const cli::DisplayText name = cli::forDisplay(status.empty() ? "-" : status, terminal.charset, 16);
            const std::string number = grouped(count);
            const std::int64_t percent = (count * 1000 / runs + 5) / 10;
            const std::string share = percent > 0 ? std::to_string(percent) + "%" : "<1%";
            std::string line = "  ";
            line += cli::coloured(std::string(style.sign) + " " + name.text, style.colour, terminal.colour);
            line += std::string(18 - name.width, ' ');
            line += std::string(8 - std::min<std::size_t>(8, number.size()), ' ') + number;
            line += std::string(6 - std::min<std::size_t>(6, share.size()), ' ') + share;
            say(line);
        }
    }

    cli::Console& console_;
    refold::ClientOptions options_;
    refold::CallOptions call_;
    std::shared_ptr<cli::RequestCounter> counter_ = std::make_shared<cli::RequestCounter>();
};

}  // namespace

int main() {
    cli::platform::prepareStreams();
    const cli::Interruption interruption;
    cli::Console console(interruption);
    try {
        Demo(console, interruption).run();
        return 0;
    } catch (...) {
        const cli::Outcome outcome = cli::outcomeOf(std::current_exception());
        if (!outcome.message.empty()) console.say("demo: " + outcome.message);
        return static_cast<int>(outcome.code);
    }
}
