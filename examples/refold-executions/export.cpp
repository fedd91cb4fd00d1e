// Writes runs before the checkpoint records them. A kill between the two would repeat a page, so the checkpoint also
// records the size of the output file, and resuming truncates the file to that size.
#include "export.hpp"

#include "account_source.hpp"
#include "exit_code.hpp"
#include "number_text.hpp"
#include "platform/streams.hpp"
#include "run_columns.hpp"
#include "run_reasons.hpp"
#include "shell_text.hpp"
#include "status_names.hpp"
#include "table_format.hpp"

#include <refold/error.hpp>

#include <algorithm>
#include <utility>

namespace cli {
namespace {

/// The number of runs written between two updates of the checkpoint.
constexpr std::int64_t batchSize = 100;
constexpr std::size_t maxPending = std::size_t{64} * 1024;
/// The longest time that a run stays in the buffer while others arrive.
constexpr std::chrono::milliseconds longestDelay{250};

std::optional<ResolvedDate> sameMeaning(const char* flag, const std::optional<ResolvedDate>& given,
                                        const std::optional<ResolvedDate>& recorded, const CheckpointFile& file) {
    const std::string givenText = given ? given->text : "";
    const std::string recordedText = recorded ? recorded->text : "";
    if (givenText == recordedText) return recorded;
    throw UsageError(std::string(flag) + ": the export in '" + file.path() + "' was started with " +
                     (recorded ? "'" + recordedText + "'" : "none") +
                     "; give the same flags to resume it, or remove the file to start again");
}

/// The flags that must not change while an export goes on, but for the dates, on one line.
std::string selectionOf(const ListArguments& arguments) {
    std::string text;
    for (const refold::ExecutionStatus& status : arguments.filters.statuses)
        text += shellFlag("status", status.value());
    for (const AppliedFilter& filter : arguments.filters.applied) {
        if (filter.name != "status") text += shellFlag(filter.name, filter.value);
    }
    if (arguments.filters.query.sortAsc.value_or(false)) text += shellFlag("sort-asc", {});
    std::string columns;
    for (const RunColumn column : arguments.writer.columns)
        columns += (columns.empty() ? "" : ",") + std::string(nameOf(column));
    if (!columns.empty()) text += shellFlag("columns", columns);
    if (arguments.writer.byteOrderMark) text += shellFlag("csv-bom", {});
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
    return text.empty() ? text : text.substr(1);
}

}  // namespace

Resumption Resumption::load(ListArguments& arguments, const Console& console) {
    Resumption resumption{CheckpointFile(*arguments.checkpoint), {}};
    const CheckpointFile& file = resumption.file;
    ExportState& state = resumption.state;
    Filters& filters = arguments.filters;
    if (auto recorded = file.load()) {
        resumption.found = true;
        state = std::move(*recorded);
        filters.since = sameMeaning("--since (--start-date)", filters.since, state.startDate, file);
        filters.until = sameMeaning("--until (--end-date)", filters.until, state.endDate, file);
        if (state.source != sourceOf(arguments.client)) {
            throw UsageError("--checkpoint: the export in '" + file.path() +
                             "' was started with another server or linked account; name another file for this one");
        }
        if (state.format != *arguments.format) {
            throw UsageError("--format: the export in '" + file.path() + "' was started as " +
                             std::string(nameOf(state.format)) + ", not " + std::string(nameOf(*arguments.format)) +
                             "; resume it with --format " + std::string(nameOf(state.format)));
        }
        if (state.selection != selectionOf(arguments)) {
            throw UsageError("--checkpoint: the export in '" + file.path() + "' was begun with " +
                             (state.selection.empty() ? "no filters and no columns" : state.selection) +
                             "; resume it with the same flags, or name another file");
        }
        if (arguments.max && *arguments.max <= state.written) {
            throw UsageError("--max: the export in '" + file.path() + "' already holds " +
                             counted(state.written, "run") + "; give more than that to go on");
        }
        const auto output = console.dataOutput().file();
        if (output && state.output && output->isSameFile(*state.output) && output->size < state.output->size) {
            throw UsageError("--checkpoint: the output holds " + grouped(static_cast<std::int64_t>(output->size)) +
                             " of the " + grouped(static_cast<std::int64_t>(state.output->size)) + " bytes that '" +
                             file.path() + "' has recorded; resume an export with >>, not with >, or remove '" +
                             file.path() + "' to begin anew");
        }
    } else {
        state.format = *arguments.format;
        state.source = sourceOf(arguments.client);
        state.startDate = filters.since;
        state.endDate = filters.until;
        state.selection = selectionOf(arguments);
    }
    return resumption;
}

Export::Export(const ListArguments& arguments, std::optional<Resumption> resumption, ExecutionWriter& writer,
               Console& console, const Interruption& interruption, std::shared_ptr<const RequestCounter> counter)
    : arguments_(arguments),
      resumption_(std::move(resumption)),
      writer_(writer),
      console_(console),
      interruption_(interruption),
      counter_(counter),
      progress_(platform::standardError, console.messageTerminal(), std::move(counter)) {
    if (resumption_) before_ = written_ = resumption_->state.written;
}

void Export::run(const refold::Client& client) {
    refold::ListingOptions options;
    options.prefetch = arguments_.prefetch;
    Filters filters = arguments_.filters;
    if (arguments_.max) {
        options.maxItems = *arguments_.max - before_;
        // A page of as many as are wanted.
        if (!filters.query.limit && *options.maxItems <= batchSize) filters.query.limit = options.maxItems;
    }
    if (resumption_) options.resumeFrom = resumption_->state.position;
    refold::CallOptions call;
    call.cancel = interruption_.token();
    RunListing listing(client, filters, options, call);
    prepareOutput();
    try {
        walk(listing, client);
    } catch (const OutputError&) {
        // The checkpoint keeps the last page that was written: what failed to be written must not be recorded.
        throw;
    } catch (...) {
        endInOrder(listing);
        throw;
    }
    finish(listing);
}

void Export::prepareOutput() {
    if (!resumption_) return;
    ExportState& state = resumption_->state;
    const auto output = console_.data().file();
    const bool sameFile = output && state.output && output->isSameFile(*state.output);
    if (resumption_->found && state.running && sameFile && output->size > state.output->size) {
        console_.data().truncate(state.output->size);
        console_.say("removed " + grouped(static_cast<std::int64_t>(output->size - state.output->size)) +
                     " bytes of an unrecorded page from the output");
    }
    if (resumption_->found) console_.say("resuming after " + counted(before_, "run"));
    try {
        saveState(true);
    } catch (const std::runtime_error& error) {
        throw UsageError(std::string("--checkpoint: ") + error.what());
    }
}

void Export::walk(RunListing& listing, const refold::Client& client) {
    const std::int64_t batch = arguments_.filters.query.limit.value_or(batchSize);
    const bool withReasons = needReasons(arguments_.writer.columns);
    const refold::Execution* run = listing.next();
    writer_.begin(before_ > 0);
    for (; run != nullptr; run = listing.next()) {
        if (withReasons) {
            gathered_.push_back(*run);
        } else {
            writer_.write(*run);
            ++written_;
        }
        ++uncommitted_;
        if (uncommitted_ >= batch || std::chrono::steady_clock::now() - lastCommit_ >= longestDelay) {
            writeGathered(client);
            commit(listing);
        } else if (console_.data().pending() >= maxPending) {
            flush();
        }
        if (interruption_.requested()) throw refold::Cancelled();
    }
    writeGathered(client);
}

void Export::writeGathered(const refold::Client& client) {
    if (gathered_.empty()) return;
    refold::CallOptions call;
    call.cancel = interruption_.token();
    const auto reasons = readReasons(client, gathered_, call);
    for (std::size_t i = 0; i < gathered_.size(); ++i) writer_.write({gathered_[i], reasons[i]});
    written_ += static_cast<std::int64_t>(gathered_.size());
    gathered_.clear();
}

void Export::commit(const RunListing& listing) {
    writer_.settle();
    flush();
    showProgress(listing);
    lastCommit_ = std::chrono::steady_clock::now();
    uncommitted_ = 0;
    if (!resumption_) return;
    console_.data().synchronize();
    resumption_->state.position = listing.checkpoint();
    if (!listing.verified()) resumption_->state.verified = false;
    saveState(true);
}

void Export::flush() {
    if (console_.dataTerminal().isTerminal) {
        const auto hidden = progress_.hide();
        console_.data().flush();
    } else {
        console_.data().flush();
    }
}

void Export::saveState(bool running) {
    ExportState& state = resumption_->state;
    state.running = running;
    state.written = written_;
    state.output = console_.data().file();
    resumption_->file.save(state);
}

void Export::showProgress(const RunListing& listing) {
    std::int64_t total = listing.total();
    if (arguments_.max) total = total > 0 ? std::min(total, *arguments_.max) : *arguments_.max;
    progress_.update(written_, before_, total);
}

void Export::endInOrder(const RunListing& listing) noexcept {
    progress_.stop();
    try {
        // Runs that were read and not written are read again on resuming.
        if (uncommitted_ > 0 && gathered_.empty()) commit(listing);
        if (!resumption_) return;
        if (written_ == 0) {
            resumption_->file.remove();
            return;
        }
        saveState(false);
        console_.say(counted(written_, "run") + " written; give the same command again to continue");
    } catch (const std::exception& error) {
        // The caller reports the error that ended the export; this adds to it.
        console_.report(std::string("warning: ") + error.what());
    }
}

void Export::finish(const RunListing& listing) {
    writer_.end();
    flush();
    progress_.stop();
    if (resumption_) {
        console_.data().synchronize();
        resumption_->file.remove();
    }
    // In every format: a script takes exit code 0 for a complete export.
    if (!listing.verified() || (resumption_ && !resumption_->state.verified)) {
        console_.report(
            "warning: runs may be missing: the server's pages do not show whether any began or vanished between two of "
            "them; list again at a quiet time, and compare");
    }
    const std::string hint = written_ == 0 ? siblingHint(arguments_.filters) : std::string();
    if (!hint.empty()) console_.report("no runs match; " + hint);
    if (arguments_.format != Format::table && !console_.messageTerminal().isTerminal) return;
    reportLeftOut(writer_.leftOut(), console_, "choose with --columns");

    const auto elapsed =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start_);
    const bool isPart = !listing.complete() && listing.total() > written_;
    std::string summary = written_ == 0 ? "no runs match" : counted(written_, "run");
    if (isPart) summary += " of " + grouped(listing.total());
    summary += ", " + counted(counter_->requests(), "request") + ", " + durationText(elapsed);
    if (isPart) summary += "; --all instead of --max shows every one";
    console_.say(summary);
}

}  // namespace cli
