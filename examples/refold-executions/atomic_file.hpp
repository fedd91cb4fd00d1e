// Writes files atomically: writes a temporary file in the same directory and renames it, so that neither a full disk
// nor a kill leaves half a file. Used for checkpoints and the page of `history`.
#ifndef REFOLD_EXECUTIONS_ATOMIC_FILE_HPP
#define REFOLD_EXECUTIONS_ATOMIC_FILE_HPP

#include <string>
#include <string_view>

namespace cli {

class AtomicFile {
  public:
    /// Checks that a file can be written at `path`. Follows a symbolic link there.
    /// Throws `UsageError` that names `flag`; also for the file that stdout writes to, which would be replaced.
    AtomicFile(std::string_view flag, const std::string& path);

    /// Replaces the file by one with `text` and the same permissions. Throws `std::runtime_error` with the reason; the
    /// old file is then unchanged.
    void write(std::string_view text) const;

    const std::string& path() const noexcept { return path_; }

  private:
    std::string path_;
};

}  // namespace cli

#endif
