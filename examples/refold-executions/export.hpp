// Implements `list --all` and `list --max`: reads a listing to its end, writes as it goes, and saves a checkpoint only
// for what was written.
#ifndef REFOLD_EXECUTIONS_EXPORT_HPP
#define REFOLD_EXECUTIONS_EXPORT_HPP

#include "checkpoint_file.hpp"
#include "console.hpp"
#include "execution_writer.hpp"
#include "list_arguments.hpp"
#include "progress_bar.hpp"
#include "request_counter.hpp"
#include "run_listing.hpp"

#include <refold/client.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace cli {

/// The checkpoint of an export: the file, and the progress that it records.
struct Resumption {
    CheckpointFile file;
    ExportState state;
    /// True if there was a file.
    bool found = false;

    /// Reads the file, and replaces relative dates in `arguments` by those of the beginning of the export. Throws
    /// `UsageError` if the arguments do not match the file. Changes no file.
    static Resumption load(ListArguments& arguments, const Console& console);
};

class Export {
  public:
    Export(const ListArguments& arguments, std::optional<Resumption> resumption, ExecutionWriter& writer,
           Console& console, const Interruption& interruption, std::shared_ptr<const RequestCounter> counter);

    /// Throws after everything that was delivered has been written and recorded.
    void run(const refold::Client& client);

  private:
    void prepareOutput();
    void walk(RunListing& listing, const refold::Client& client);
    /// Writes the runs that were gathered to be written together with their reasons.
    void writeGathered(const refold::Client& client);
    /// Hands what was written to the system and records it.
    void commit(const RunListing& listing);
    void flush();
    void saveState(bool running);
    void endInOrder(const RunListing& listing) noexcept;
    void showProgress(const RunListing& listing);
    void finish(const RunListing& listing);

    const ListArguments& arguments_;
    std::optional<Resumption> resumption_;
    ExecutionWriter& writer_;
    Console& console_;
    const Interruption& interruption_;
    std::shared_ptr<const RequestCounter> counter_;
    ProgressBar progress_;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
    std::chrono::steady_clock::time_point lastCommit_ = start_;
    std::int64_t before_ = 0;
    std::int64_t written_ = 0;
    std::int64_t uncommitted_ = 0;
    /// Runs that are to be written once it is known why they failed.
    std::vector<refold::Execution> gathered_;
};

}  // namespace cli

#endif
