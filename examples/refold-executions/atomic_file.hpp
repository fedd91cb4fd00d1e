// Files that are there whole or not at all: written beside their place and renamed into it, so that neither a full disk
// nor a kill leaves half of one. Used for checkpoints and for the page of `history`.
#ifndef REFOLD_EXECUTIONS_ATOMIC_FILE_HPP
#define REFOLD_EXECUTIONS_ATOMIC_FILE_HPP

#include <string>
#include <string_view>

namespace cli {

class AtomicFile {
  public:
    /// Makes sure that a file can be written at `path`, before anything else is done. Follows a symbolic link there.
    /// Throws `UsageError` that names `flag`.
    AtomicFile(std::string_view flag, const std::string& path);

    /// Puts a file with `text` in the place of what was there, with the permissions that it had, or the usual ones.
    /// Throws `std::runtime_error` with the reason; what was there stays then.
    void write(std::string_view text) const;

    const std::string& path() const noexcept { return path_; }

  private:
    std::string path_;
};

}  // namespace cli

#endif
