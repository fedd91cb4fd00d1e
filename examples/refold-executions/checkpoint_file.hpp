// Stores the progress of an export in the file of `--checkpoint`, which survives a crash at any moment. The same
// command resumes from it.
#ifndef REFOLD_EXECUTIONS_CHECKPOINT_FILE_HPP
#define REFOLD_EXECUTIONS_CHECKPOINT_FILE_HPP

#include "atomic_file.hpp"
#include "execution_writer.hpp"
#include "filters.hpp"
#include "output.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace cli {

struct ExportState {
    /// False after an orderly end: the output then holds nothing beyond `output.size`.
    bool running = true;
    Format format = Format::ndjson;
    /// A hash of the server and the linked account.
    std::uint64_t source = 0;
    /// Executions written so far, over all runs of the program.
    std::int64_t written = 0;
    /// False if a listing could not verify that no run is missing.
    bool verified = true;
    std::optional<ResolvedDate> startDate = {};
    std::optional<ResolvedDate> endDate = {};
    /// The other flags that decide which runs are written, in which order and how.
    std::string selection = {};
    /// The file that they were written to, and its size then; empty for a pipe.
    std::optional<OutputFile> output = {};
    /// `ExecutionListing::checkpoint()`; empty before the first execution.
    std::string position = {};
};

/// The file's text, and back; empty for a text that is not a whole checkpoint.
std::string writeExportState(const ExportState& state);
std::optional<ExportState> readExportState(const std::string& text);

class CheckpointFile {
  public:
    /// Throws `UsageError` for a path that cannot be a checkpoint, such as a directory, or cannot be written.
    explicit CheckpointFile(const std::string& path) : file_("--checkpoint", path) {}

    /// Empty if there is no file, or an empty one. Throws `UsageError` if there is one that is not a whole
    /// checkpoint.
    std::optional<ExportState> load() const;
    /// Replaces the file atomically. Throws `std::runtime_error`.
    void save(const ExportState& state) const { file_.write(writeExportState(state)); }
    void remove() const;

    const std::string& path() const noexcept { return file_.path(); }

  private:
    AtomicFile file_;
};

}  // namespace cli

#endif
