// The order of things is what makes an export resumable: first the runs are handed to the system, then the checkpoint says so. Killed
// between the two, it would repeat a page; so the checkpoint also knows the size of the output file, and what stands behind
// that is cut off before the export goes on.
#include "export.hpp"

#include "exit_code.hpp"
#include "number_text.hpp"

#include <refold/error.hpp>

#include <unistd.h>
#include <algorithm>
#include <utility>

namespace cli {
namespace {

constexpr std::int64_t defaultPageSize = 100;
constexpr std::size_t mostPending = std::size_t{64} * 1024;
/// How long a run that has arrived may wait in a buffer, as long as others follow.
constexpr std::chrono::milliseconds longestDelay{250};

/// FNV-1a of the base URL and the linked account, as far as they are known: the runs of two accounts do not belong into one
/// export. Session tokens name their account only to the server.
std::uint64_t sourceOf(const ListArguments& arguments) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    const auto add = [&hash](std::string_view text) {
        for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
        hash = (hash ^ 0xFFU) * 0x100000001b3U;
    };
    const auto environment = [](const char* name) {
        const char* const value = std::getenv(name);
        return std::string(value != nullptr ? value : "");
    };
    const bool isDefault = arguments.client.baseUrl == refold::ClientOptions().baseUrl;
    add(isDefault ? environment("REFOLD_BASE_URL") : arguments.client.baseUrl);
    add(environment("REFOLD_LINKED_ACCOUNT_ID"));
    return hash;
}

std::optional<ResolvedDate> sameMeaning(const char* flag, const std::optional<ResolvedDate>& given,
                                        const std::optional<ResolvedDate>& recorded, const CheckpointFile& file) {
    const std::string givenText = given ? given->text : "";
    const std::string recordedText = recorded ? recorded->text : "";
    if (givenText == recordedText) return recorded;
    throw UsageError(std::string(flag) + ": the export in '" + file.path() + "' was begun with " +
                     (recorded ? "'" + recordedText + "'" : "none") +
                     "; resume it with the same flags, or remove the file to begin anew");
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
        filters.startDate = sameMeaning("--start-date", filters.startDate, state.startDate, file);
        filters.endDate = sameMeaning("--end-date", filters.endDate, state.endDate, file);
        if (state.source != sourceOf(arguments)) {
            throw UsageError("--checkpoint: the export in '" + file.path() +
                             "' was begun with another server or linked account; name another file for this one");
        }
        if (state.format != *arguments.format) {
            throw UsageError("--format: the export in '" + file.path() + "' was begun as " +
                             std::string(nameOf(state.format)) + ", not " + std::string(nameOf(*arguments.format)) +
                             "; resume it with --format " + std::string(nameOf(state.format)));
        }
        if (arguments.max && *arguments.max <= state.written) {
            throw UsageError("--max: the export in '" + file.path() + "' already holds " +
                             counted(state.written, "run") + "; give more than that to go on");
        }
        const auto output = console.dataOutput().file();
        const bool sameFile =
            output && state.output && output->device == state.output->device && output->inode == state.output->inode;
        if (sameFile && output->size < state.output->size) {
            console.complain("warning: the output holds less than the checkpoint has recorded (" +
                             grouped(static_cast<std::int64_t>(output->size)) + " of " +
                             grouped(static_cast<std::int64_t>(state.output->size)) +
                             " bytes); an export is resumed with >>, not with >");
        }
    } else {
        state.format = *arguments.format;
        state.source = sourceOf(arguments);
        state.startDate = filters.startDate;
        state.endDate = filters.endDate;
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
      progress_(STDERR_FILENO, console.messageTerminal(), std::move(counter)) {
    if (resumption_) before_ = written_ = resumption_->state.written;
}

void Export::run(const refold::Client& client) {
    refold::ListingOptions options;
    options.prefetch = arguments_.prefetch;
    if (arguments_.max) options.maxItems = *arguments_.max - before_;
    if (resumption_) options.resumeFrom = resumption_->state.position;
    refold::CallOptions call;
    call.cancel = interruption_.token();
    refold::ExecutionListing listing = client.executions(arguments_.filters.query, options, call);
    prepareOutput();
    try {
        walk(listing);
    } catch (const OutputError&) {
        // What was lost must not be recorded as written: the checkpoint stays at the last page that was.
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
    const bool sameFile =
        output && state.output && output->device == state.output->device && output->inode == state.output->inode;
    if (resumption_->found && state.running && sameFile && output->size > state.output->size) {
        console_.data().truncate(state.output->size);
        console_.say("cut " + grouped(static_cast<std::int64_t>(output->size - state.output->size)) +
                     " bytes of an unrecorded page from the output");
    }
    if (resumption_->found) console_.say("resuming behind " + counted(before_, "run"));
    try {
        saveState(true);
    } catch (const std::runtime_error& error) {
        throw UsageError(std::string("--checkpoint: ") + error.what());
    }
}

void Export::walk(refold::ExecutionListing& listing) {
    const std::int64_t pageSize = arguments_.filters.query.limit.value_or(defaultPageSize);
    auto it = listing.begin();
    writer_.begin(before_ > 0);
    for (; it != listing.end(); ++it) {
        writer_.write(*it);
        ++written_;
        ++uncommitted_;
        if (uncommitted_ >= pageSize || std::chrono::steady_clock::now() - lastCommit_ >= longestDelay) {
            commit(listing);
        } else if (console_.data().pending() >= mostPending) {
            flush();
        }
        if (interruption_.requested()) throw refold::Cancelled();
    }
}

void Export::commit(const refold::ExecutionListing& listing) {
    writer_.settle();
    flush();
    showProgress(listing);
    lastCommit_ = std::chrono::steady_clock::now();
    uncommitted_ = 0;
    if (!resumption_) return;
    console_.data().synchronize();
    resumption_->state.position = listing.checkpoint();
    if (!listing.report().verified) resumption_->state.verified = false;
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

void Export::showProgress(const refold::ExecutionListing& listing) {
    std::int64_t total = listing.report().totalDocsAtEnd;
    if (arguments_.max) total = total > 0 ? std::min(total, *arguments_.max) : *arguments_.max;
    progress_.update(written_, before_, total);
}

void Export::endInOrder(const refold::ExecutionListing& listing) noexcept {
    progress_.stop();
    try {
        if (uncommitted_ > 0) commit(listing);
        if (!resumption_) return;
        if (written_ == 0) {
            resumption_->file.remove();
            return;
        }
        saveState(false);
        console_.say(counted(written_, "run") + " written; the same command goes on from here");
    } catch (const std::exception& error) {
        // What ended the export is said by whoever caught it; this comes on top.
        console_.complain(std::string("warning: ") + error.what());
    }
}

void Export::finish(const refold::ExecutionListing& listing) {
    writer_.end();
    flush();
    progress_.stop();
    if (resumption_) {
        console_.data().synchronize();
        resumption_->file.remove();
    }
    const refold::ListingReport report = listing.report();
    // Whatever the format: a script takes what has ended with 0 for all there is.
    if (!report.verified || (resumption_ && !resumption_->state.verified)) {
        console_.complain(
            "warning: runs may be missing if the history moved meanwhile: the server's pages do not show whether they "
            "join; list again while no run begins or ends, and compare");
    }
    if (arguments_.format != Format::table && !console_.messageTerminal().isTerminal) return;

    const auto elapsed =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start_);
    std::string summary = written_ == 0 ? "no runs match" : counted(written_, "run");
    if (!report.complete && report.totalDocsAtEnd > written_) summary += " of " + grouped(report.totalDocsAtEnd);
    summary += ", " + counted(counter_->requests(), "request") + ", " + durationText(elapsed);
    console_.say(summary);
}

}  // namespace cli
