// A file that grows by whole lines, each synchronised before the next step. Used by the journal of `rerun` and
// `stop`.
#ifndef REFOLD_EXECUTIONS_APPEND_FILE_HPP
#define REFOLD_EXECUTIONS_APPEND_FILE_HPP

#include "platform/files.hpp"

#include <string>
#include <string_view>

namespace cli {

class AppendFile {
  public:
    /// Opens a file that is there. Throws `std::runtime_error`; so does `append`.
    void open(const std::string& path);
    /// Returns once the line would survive a loss of power.
    void append(std::string_view line);

  private:
    std::string path_;
    platform::FileDescriptor file_;
};

}  // namespace cli

#endif
