// Defines the exit codes and maps errors to them. Scripts branch on them, so they are part of the interface.
#ifndef REFOLD_EXECUTIONS_EXIT_CODE_HPP
#define REFOLD_EXECUTIONS_EXIT_CODE_HPP

#include <exception>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace cli {

enum class ExitCode {
    done = 0,
    unexpected = 1,      ///< such as a full disk behind stdout
    runFailed = 1,       ///< a run failed, and --wait, --exit-status or `wait` asked for this code
    declined = 1,        ///< not confirmed; nothing was done
    usage = 2,           ///< a wrong or refused argument; the command was not carried out
    authentication = 3,  ///< 401 or 403
    refused = 4,         ///< another 4xx
    transport = 5,       ///< no complete answer: resolve, connect, TLS, timeout, truncated
    overloaded = 6,      ///< a rate limit or server error that outlasted the retries
    notUnderstood = 7,   ///< an answer that is not what the API describes
    interrupted = 130,   ///< by Ctrl-C, SIGTERM or SIGHUP
};

/// A wrong command line: the message names the flag, its value and the rule.
class UsageError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// A command that failed, with a message for the user and the exit code.
class CommandError : public std::runtime_error {
  public:
    /// \param details  lines for stderr below the message
    CommandError(ExitCode code, const std::string& message, std::vector<std::string> details = {})
        : std::runtime_error(message), code_(code), details_(std::move(details)) {}

    ExitCode code() const noexcept { return code_; }
    const std::vector<std::string>& details() const noexcept { return details_; }

  private:
    ExitCode code_;
    std::vector<std::string> details_;
};

/// The exit code and the message after an error.
struct Outcome {
    ExitCode code = ExitCode::done;
    /// One line for stderr; empty if there is nothing to say.
    std::string message = {};
    /// Lines below it.
    std::vector<std::string> details = {};
};

Outcome outcomeOf(const std::exception_ptr& error);

}  // namespace cli

#endif
