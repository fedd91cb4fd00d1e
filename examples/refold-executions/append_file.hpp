// Appends whole lines to a file and synchronises each before the next step. One process writes at a time. Used by the
// journal of `rerun` and `stop`.
#ifndef REFOLD_EXECUTIONS_APPEND_FILE_HPP
#define REFOLD_EXECUTIONS_APPEND_FILE_HPP

#include "platform/files.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace cli {

class AppendFile {
  public:
    /// Opens the file, creates it if there is none, and holds its lock from then on. Returns 0 or the value of errno;
    /// EWOULDBLOCK if another process holds the lock.
    int open(const std::string& path);
    /// Returns once the line would survive a loss of power. Throws `std::runtime_error`; so does `truncate`.
    void append(std::string_view line);
    /// Truncates the file to `size` bytes.
    void truncate(std::uint64_t size);

  private:
    void check(int error) const;

    std::string path_;
    platform::FileDescriptor file_;
};

}  // namespace cli

#endif
