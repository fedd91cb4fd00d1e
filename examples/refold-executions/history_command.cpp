// Reads all runs first, and then writes the page and the report.
#include "history_command.hpp"

#include "atomic_file.hpp"
#include "comparison.hpp"
#include "history_json.hpp"
#include "history_page.hpp"
#include "history_report.hpp"
#include "number_text.hpp"
#include "platform/streams.hpp"
#include "progress_bar.hpp"
#include "request_counter.hpp"
#include "request_log.hpp"
#include "run_listing.hpp"
#include "run_lookup.hpp"
#include "run_reasons.hpp"
#include "status_names.hpp"

#include <refold/client.hpp>

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cli {
namespace {

class Reader {
  public:
    Reader(const HistoryArguments& arguments, const Console& console, const Interruption& interruption)
        : arguments_(arguments), console_(console), interruption_(interruption) {}

    /// \param page  gets the runs too; null for none
    History read(HistoryPage* page) {
        refold::ClientOptions clientOptions = arguments_.client;
        clientOptions.observer = observerOf(clientOptions.observer, counter_);
        const refold::Client client = refold::Client::fromEnvironment(clientOptions);
        refold::ListingOptions listingOptions;
        listingOptions.prefetch = arguments_.prefetch;
        refold::CallOptions call;
        call.cancel = interruption_.token();

        History history;
        history.isDefaultPeriod = arguments_.isDefaultPeriod;
        history.filters = arguments_.filters.applied;
        history.statuses = arguments_.filters.statuses;
        history.groupings = arguments_.groupings;
        history.oldestFirst = arguments_.filters.query.sortAsc.value_or(false);
        history.readAt = arguments_.now;

        Filters filters = arguments_.filters;
        resolveExecutionId(client, filters, interruption_);
        query_ = filters.datedQuery();
        history.from = query_.startDate;
        history.to = query_.endDate.value_or(arguments_.now);
        ProgressBar progress(platform::standardError, console_.messageTerminal(), counter_);
        const ReadPeriod period{client, filters, listingOptions, call, progress};
        try {
            readRuns(period, history, page, true);
            if (arguments_.compare) {
                progress.begin("the period before");
                history.previous = readPrevious(period, history);
            }
            if (arguments_.why) {
                progress.begin("reasons");
                history.errors = readErrors(client, call, progress);
            }
        } catch (...) {
            progress.stop();
            if (read_ > 0) {
                const bool isPart = total_ > read_;
                console_.say("read " + grouped(read_) + (isPart ? " of " + grouped(total_) : "") +
                             " runs; half a history would mislead, so nothing is written");
            }
            throw;
        }
        progress.stop();
        if (leftOut_ > 0) {
            console_.say("left out " + counted(leftOut_, "run") +
                         " created outside of the period: the server does not filter by date, or not exactly");
        }
        return history;
    }

    void summarize(const History& history) const {
        const auto elapsed =
            std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start_);
        const bool nothing = history.summary.totals().total() == 0;
        std::string summary = nothing ? "no runs match" : counted(read_, "run") + " read";
        summary += ", " + counted(counter_->requests(), "request") + ", " + durationText(elapsed);
        if (!history.verified) summary += "; the server's pages do not show whether runs are missing";
        if (nothing && arguments_.isDefaultPeriod) summary += "; --since looks further back than 7 days";
        console_.say(summary);
        const std::string hint = nothing ? siblingHint(arguments_.filters) : std::string();
        if (!hint.empty()) console_.report("no runs match; " + hint);
    }

  private:
    struct ReadPeriod {
        const refold::Client& client;
        Filters filters;
        const refold::ListingOptions& options;
        const refold::CallOptions& call;
        ProgressBar& progress;
    };

    /// \param isMain  not the period before
    void readRuns(const ReadPeriod& period, History& history, HistoryPage* page, bool isMain) {
        const refold::ExecutionQuery query = period.filters.datedQuery();
        RunListing listing(period.client, period.filters, period.options, period.call);
        const std::int64_t readBefore = read_;
        while (const refold::Execution* const run = listing.next()) {
            if (isOutsideOf(query, *run)) {
                ++leftOut_;
            } else {
                const HistorySummary::RunIndices indices = history.summary.add(*run);
                if (page != nullptr) page->add(*run, indices);
                if (arguments_.why && isMain && run->status.isFailure()) failed_.push_back(*run);
            }
            ++read_;
            total_ = readBefore + listing.total();
            period.progress.update(read_ - readBefore, 0, listing.total());
            if (interruption_.requested()) throw refold::Cancelled();
        }
        history.verified = listing.verified();
    }

    std::shared_ptr<const History> readPrevious(ReadPeriod period, const History& history) {
        const auto previous = std::make_shared<History>();
        const Period before = periodBefore({*history.from, history.to});
        previous->from = before.from;
        previous->to = before.to;
        previous->readAt = history.readAt;
        previous->filters = history.filters;
        previous->statuses = history.statuses;
        period.filters.since = ResolvedDate{"", *previous->from};
        period.filters.until = ResolvedDate{"", previous->to};
        readRuns(period, *previous, nullptr, false);
        return previous;
    }

    std::shared_ptr<const ErrorGroups> readErrors(const refold::Client& client, const refold::CallOptions& call,
                                                  ProgressBar& progress) {
        std::stable_sort(failed_.begin(), failed_.end(), [](const refold::Execution& a, const refold::Execution& b) {
            return a.createdAt > b.createdAt;
        });
        if (failed_.size() > maxReasons) failed_.resize(maxReasons);
        const auto all = static_cast<std::int64_t>(failed_.size());
        const auto reasons = readReasons(client, failed_, call, [&progress, all](std::size_t read) {
            progress.update(static_cast<std::int64_t>(read), 0, all);
        });
        const auto errors = std::make_shared<ErrorGroups>();
        for (std::size_t i = 0; i < failed_.size(); ++i) errors->add(failed_[i], reasons[i]);
        return errors;
    }

    /// As many failed runs are asked for their reasons.
    static constexpr std::size_t maxReasons = 500;

    refold::ExecutionQuery query_;
    std::vector<refold::Execution> failed_;
    const HistoryArguments& arguments_;
    const Console& console_;
    const Interruption& interruption_;
    std::shared_ptr<RequestCounter> counter_ = std::make_shared<RequestCounter>();
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
    std::int64_t read_ = 0;
    /// The number of runs in the periods begun so far, according to the server.
    std::int64_t total_ = 0;
    /// Of those, the runs that lie outside of the period.
    std::int64_t leftOut_ = 0;
};

}  // namespace

void runHistory(const HistoryArguments& arguments, Console& console, const Interruption& interruption) {
    std::optional<AtomicFile> file;
    const bool toStdout = arguments.html == "-";
    if (arguments.html && !toStdout) file.emplace("--html", *arguments.html);
    HistoryPage page;
    Reader reader(arguments, console, interruption);
    const History history = reader.read(arguments.html ? &page : nullptr);

    if (arguments.html) {
        const std::string text = page.render(history);
        if (toStdout) {
            console.data().append(text);
            console.data().flush();
            reader.summarize(history);
            return;
        }
        file->write(text);
        if (console.messageTerminal().isTerminal) {
            console.say("wrote " + *arguments.html + " (" +
                        grouped(static_cast<std::int64_t>(text.size() + 1023) / 1024) + " KiB)");
        }
    }
    const HistoryFormat byStream = console.dataTerminal().isTerminal ? HistoryFormat::table : HistoryFormat::json;
    const HistoryFormat format = arguments.format.value_or(byStream);
    console.data().append(format == HistoryFormat::json ? writeHistoryJson(history)
                                                        : writeHistoryReport(history, console.dataTerminal()));
    console.data().flush();
    const bool nothing = history.summary.totals().total() == 0;
    if (nothing || format == HistoryFormat::table || console.messageTerminal().isTerminal) reader.summarize(history);
}

}  // namespace cli
