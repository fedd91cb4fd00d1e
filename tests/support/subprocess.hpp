// Runs a program with arguments, an environment, and streams that are pipes, files or a terminal, and collects its
// output. Used by the tests of the program and of the examples.
#ifndef REFOLD_TESTS_SUPPORT_SUBPROCESS_HPP
#define REFOLD_TESTS_SUPPORT_SUBPROCESS_HPP

#include "support/patience.hpp"
#include "support/socket.hpp"

#include <sys/types.h>
#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace refold::test {

struct SubprocessOptions {
    enum class Stream {
        pipe,
        terminal,  ///< a pseudo-terminal; stdout and stderr share one if both are
        file,      ///< `outputPath`; stdout only
        closed
    };

    std::string program;
    std::vector<std::string> arguments = {};
    /// The whole environment, apart from what sanitizers and the loader need.
    std::map<std::string, std::string> environment = {};
    Stream out = Stream::pipe;
    Stream err = Stream::pipe;
    /// Makes the terminal of stdout or stderr stdin too; otherwise stdin is empty.
    bool readsTerminal = false;
    std::string outputPath = {};
    /// Appends to `outputPath` instead of truncating it.
    bool append = false;
    unsigned short columns = 80;
    /// Signals that the program starts with ignored, as under nohup.
    std::vector<int> ignoredSignals = {};
};

class Subprocess {
  public:
    struct Result {
        /// The program's exit code; -1 if a signal or the time limit ended it.
        int exitCode = -1;
        int signal = 0;
        std::string out;
        std::string err;
        /// Output on the streams that are a terminal.
        std::string terminal;
    };

    explicit Subprocess(const SubprocessOptions& options);
    Subprocess(const Subprocess&) = delete;
    Subprocess& operator=(const Subprocess&) = delete;
    /// Kills the program if it still runs.
    ~Subprocess();

    void send(int signal) const;
    /// Types on the terminal; "\x03" is Ctrl-C.
    void type(std::string_view keys) const;
    /// Closes the reading end of stdout's pipe, as `head` does.
    void closeOutput();
    /// While off, stdout is not read, as with a waiting pager.
    void readOutput(bool on) { readsOutput_ = on; }

    /// Waits until `text` has appeared in the given stream; false if the program ends without it, or after `limit`.
    bool waitForOutput(std::string_view text, std::chrono::milliseconds limit = std::chrono::seconds(10));
    bool waitForError(std::string_view text, std::chrono::milliseconds limit = std::chrono::seconds(10));
    bool waitForTerminal(std::string_view text, std::chrono::milliseconds limit = std::chrono::seconds(10));

    /// Waits for the program's end; kills it after `limit`.
    Result wait(std::chrono::milliseconds limit = std::chrono::seconds(30));

  private:
    struct Source {
        Descriptor descriptor;
        std::string text;
    };

    bool waitFor(const Source& source, std::string_view text, std::chrono::milliseconds limit);
    /// Waits a moment for output and reads it; false if all streams have ended.
    bool pump();
    bool reap(bool block);

    pid_t process_ = -1;
    int status_ = 0;
    bool readsOutput_ = true;
    Source out_;
    Source err_;
    Source terminal_;
};

/// Runs a program to its end.
Subprocess::Result runToEnd(const SubprocessOptions& options);

}  // namespace refold::test

#endif
