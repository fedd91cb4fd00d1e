// Reads first and writes afterwards: the page, then the report.
#include "history_command.hpp"

#include "atomic_file.hpp"
#include "history_json.hpp"
#include "history_page.hpp"
#include "history_report.hpp"
#include "number_text.hpp"
#include "progress_bar.hpp"
#include "request_counter.hpp"

#include <refold/client.hpp>

#include <unistd.h>
#include <chrono>
#include <memory>

namespace cli {
namespace {

class Reader {
  public:
    Reader(const HistoryArguments& arguments, const Console& console, const Interruption& interruption)
        : arguments_(arguments), console_(console), interruption_(interruption) {}

    /// \param page  gets the runs too; null for none
    History read(HistoryPage* page) {
        refold::ClientOptions clientOptions = arguments_.client;
        clientOptions.observer = counter_;
        const refold::Client client = refold::Client::fromEnvironment(clientOptions);
        refold::ListingOptions listingOptions;
        listingOptions.prefetch = arguments_.prefetch;
        refold::CallOptions call;
        call.cancel = interruption_.token();

        History history;
        history.from = arguments_.filters.query.startDate;
        history.to = arguments_.filters.query.endDate.value_or(arguments_.now);
        history.isDefaultPeriod = arguments_.isDefaultPeriod;
        history.filters = arguments_.applied;
        history.readAt = arguments_.now;

        refold::ExecutionListing listing = client.executions(arguments_.filters.query, listingOptions, call);
        ProgressBar progress(STDERR_FILENO, console_.messageTerminal(), counter_);
        try {
            for (const refold::Execution& run : listing) {
                if (isOutsideOf(arguments_.filters.query, run)) {
                    ++leftOut_;
                } else {
                    const HistorySummary::Place place = history.summary.add(run);
                    if (page != nullptr) page->add(run, place);
                }
                progress.update(++read_, 0, listing.report().totalDocsAtEnd);
                if (interruption_.requested()) throw refold::Cancelled();
            }
        } catch (...) {
            progress.stop();
            const std::int64_t total = listing.report().totalDocsAtEnd;
            if (read_ > 0) {
                console_.say("read " + grouped(read_) + (total > 0 ? " of " + grouped(total) : "") +
                             " runs; half a history would mislead, so nothing is written");
            }
            throw;
        }
        progress.stop();
        history.verified = listing.report().verified;
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
        if (!history.verified) summary += "; the server gave no means to tell whether none is missing";
        if (nothing && arguments_.isDefaultPeriod) summary += "; --start-date looks further back than 7 days";
        console_.say(summary);
    }

  private:
    const HistoryArguments& arguments_;
    const Console& console_;
    const Interruption& interruption_;
    std::shared_ptr<RequestCounter> counter_ = std::make_shared<RequestCounter>();
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
    std::int64_t read_ = 0;
    /// Of those, the runs that lie outside of the period.
    std::int64_t leftOut_ = 0;
};

}  // namespace

void runHistory(const HistoryArguments& arguments, Console& console, const Interruption& interruption) {
    std::optional<AtomicFile> file;
    if (arguments.html) file.emplace("--html", *arguments.html);
    HistoryPage page;
    Reader reader(arguments, console, interruption);
    const History history = reader.read(file ? &page : nullptr);

    if (file) {
        const std::string text = page.render(history);
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
    if (format == HistoryFormat::table || console.messageTerminal().isTerminal) reader.summarize(history);
}

}  // namespace cli
