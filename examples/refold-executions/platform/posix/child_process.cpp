// The input is a file without a name: a command that does not read it, or not all of it, cannot stop the watch.
#include "platform/child_process.hpp"

#include "system_reason.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string_view>
#include <system_error>
#include <thread>

extern char** environ;

namespace cli::platform {
namespace {

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

File fileWith(const std::string& text) {
    File file(std::tmpfile(), &std::fclose);
    if (!file) return file;
    const bool written = std::fwrite(text.data(), 1, text.size(), file.get()) == text.size();
    if (!written || std::fflush(file.get()) != 0 || std::fseek(file.get(), 0, SEEK_SET) != 0) file.reset();
    return file;
}

/// The environment with the variables instead of those of the same names.
std::vector<std::string> environmentWith(const std::vector<std::pair<std::string, std::string>>& variables) {
    std::vector<std::string> entries;
    for (const auto& [name, value] : variables) {
        // An entry ends at its first NUL.
        entries.push_back(name + "=" + value.substr(0, value.find('\0')));
    }
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string_view text = *entry;
        const bool isReplaced = std::any_of(variables.begin(), variables.end(), [&text](const auto& variable) {
            return text.substr(0, text.find('=')) == variable.first;
        });
        if (!isReplaced) entries.emplace_back(text);
    }
    return entries;
}

/// Keeps the program's files and connections from what it starts, which may outlive it.
void closeOnStart() {
    std::error_code error;
    for (std::filesystem::directory_iterator file("/dev/fd", error), end; !error && file != end;
         file.increment(error)) {
        const int descriptor = std::atoi(file->path().filename().c_str());
        if (descriptor > STDERR_FILENO) ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    }
}

/// Ends the command and what it started in its process group.
void end(pid_t process) {
    ::kill(-process, SIGTERM);
    constexpr int waits = 200;
    constexpr std::chrono::milliseconds pause{10};
    for (int i = 0; i < waits; ++i) {
        if (::waitpid(process, nullptr, WNOHANG) != 0 && errno != EINTR) return;
        std::this_thread::sleep_for(pause);
    }
    ::kill(-process, SIGKILL);
    while (::waitpid(process, nullptr, 0) < 0 && errno == EINTR) {
    }
}

/// The process, or -1 with errno. It leads a process group of its own.
pid_t start(const std::string& command, int input, std::vector<std::string> entries) {
    std::vector<char*> environment;
    for (std::string& entry : entries) environment.push_back(entry.data());
    environment.push_back(nullptr);
    std::string shell = "/bin/sh";
    std::string flag = "-c";
    std::string text = command;
    char* const arguments[] = {shell.data(), flag.data(), text.data(), nullptr};

    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawnattr_init(&attributes);
    ::posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
    // This program ignores SIGPIPE, and what it starts would inherit that.
    sigset_t defaults;
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE);
    ::posix_spawnattr_setsigdefault(&attributes, &defaults);
    ::posix_spawnattr_setpgroup(&attributes, 0);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    closeOnStart();
    pid_t process = -1;
    const int error = ::posix_spawn(&process, shell.c_str(), &actions, &attributes, arguments, environment.data());
    ::posix_spawn_file_actions_destroy(&actions);
    ::posix_spawnattr_destroy(&attributes);
    errno = error;
    return error == 0 ? process : -1;
}

}  // namespace

std::string runCommand(const std::string& command, const std::string& input,
                       const std::vector<std::pair<std::string, std::string>>& variables,
                       const refold::CancelToken& cancel) {
    const File file = fileWith(input);
    if (!file) return "cannot be started: no temporary file for its input";
    const pid_t process = start(command, ::fileno(file.get()), environmentWith(variables));
    if (process < 0) return "cannot be started: " + reasonOf(errno);
    int status = 0;
    bool ended = false;
    while (!ended) {
        const pid_t found = ::waitpid(process, &status, WNOHANG);
        ended = found == process || (found < 0 && errno != EINTR);
        // Not in a blocking wait, which Ctrl-C would not end.
        constexpr std::chrono::milliseconds pause{5};
        if (!ended && cancel.waitFor(pause)) {
            end(process);
            return "was ended";
        }
    }
    if (WIFSIGNALED(status)) return "was ended by signal " + std::to_string(WTERMSIG(status));
    return WEXITSTATUS(status) == 0 ? std::string() : "ended with exit code " + std::to_string(WEXITSTATUS(status));
}

}  // namespace cli::platform
