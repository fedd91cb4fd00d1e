// Uses fork() and exec(): the test process has threads, so the child makes system calls only before exec().
#include "support/subprocess.hpp"
#include "support/throw_errno.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace refold::test {
namespace {

using Stream = SubprocessOptions::Stream;

struct Terminal {
    Descriptor ours;
    Descriptor theirs;
};

Terminal makeTerminal(unsigned short columns) {
    Descriptor ours(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC));
    if (ours.get() < 0 || ::grantpt(ours.get()) != 0 || ::unlockpt(ours.get()) != 0) throwErrno("pseudo-terminal");
    const char* const name = ::ptsname(ours.get());
    if (name == nullptr) throwErrno("ptsname");
    Descriptor theirs(::open(name, O_RDWR | O_NOCTTY | O_CLOEXEC));
    if (theirs.get() < 0) throwErrno("pseudo-terminal");
    winsize size = {};
    size.ws_col = columns;
    size.ws_row = 24;
    ::ioctl(ours.get(), TIOCSWINSZ, &size);
    // Disables newline translation, so that the test reads exactly what the program writes.
    termios settings = {};
    ::tcgetattr(theirs.get(), &settings);
    settings.c_oflag &= ~static_cast<tcflag_t>(OPOST);
    ::tcsetattr(theirs.get(), TCSANOW, &settings);
    return {std::move(ours), std::move(theirs)};
}

std::vector<std::string> environmentOf(const SubprocessOptions& options) {
    std::vector<std::string> lines;
    for (const char* const name :
         {"ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LSAN_OPTIONS", "LD_LIBRARY_PATH"}) {
        if (const char* const value = std::getenv(name)) lines.push_back(std::string(name) + "=" + value);
    }
    for (const auto& [name, value] : options.environment) lines.push_back(name + "=" + value);
    return lines;
}

std::vector<char*> pointersTo(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (std::string& text : texts) pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

/// Turns the forked child into the program. Must not allocate or lock.
[[noreturn]] void becomeProgram(char* const* arguments, char* const* environment, int out, int err, int terminal,
                                bool readsTerminal, const int* ignored, std::size_t ignoredCount) {
    ::setsid();
    if (terminal >= 0) ::ioctl(terminal, TIOCSCTTY, 0);
    const int in = readsTerminal ? terminal : ::open("/dev/null", O_RDONLY);
    ::dup2(in, STDIN_FILENO);
    // Moves both to high numbers first, because one may have the other's target number.
    const int safeOut = out >= 0 ? ::fcntl(out, F_DUPFD, 10) : -1;
    const int safeErr = err >= 0 ? ::fcntl(err, F_DUPFD, 10) : -1;
    if (safeOut < 0 || ::dup2(safeOut, STDOUT_FILENO) < 0) ::close(STDOUT_FILENO);
    if (safeErr < 0 || ::dup2(safeErr, STDERR_FILENO) < 0) ::close(STDERR_FILENO);
    for (int descriptor = 3; descriptor < 1024; ++descriptor) ::close(descriptor);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) ::signal(signal, SIG_DFL);
    for (std::size_t i = 0; i < ignoredCount; ++i) ::signal(ignored[i], SIG_IGN);
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::execve(arguments[0], arguments, environment);
    ::_exit(127);
}

}  // namespace

Subprocess::Subprocess(const SubprocessOptions& options) {
    Descriptor out;
    Descriptor err;
    Descriptor terminal;
    if (options.out == Stream::terminal || options.err == Stream::terminal) {
        Terminal made = makeTerminal(options.columns);
        terminal_.descriptor = std::move(made.ours);
        terminal = std::move(made.theirs);
    }
    if (options.out == Stream::pipe) {
        Pipe pipe = makePipe();
        out_.descriptor = std::move(pipe.readEnd);
        out = std::move(pipe.writeEnd);
    } else if (options.out == Stream::file) {
        const int flags = O_WRONLY | O_CREAT | O_CLOEXEC | (options.append ? O_APPEND : O_TRUNC);
        out = Descriptor(::open(options.outputPath.c_str(), flags, 0644));
        if (out.get() < 0) throwErrno("output file");
    }
    if (options.err == Stream::pipe) {
        Pipe pipe = makePipe();
        err_.descriptor = std::move(pipe.readEnd);
        err = std::move(pipe.writeEnd);
    }
    const int outNumber = options.out == Stream::terminal ? terminal.get() : out.get();
    const int errNumber = options.err == Stream::terminal ? terminal.get() : err.get();

    std::vector<std::string> arguments = {options.program};
    arguments.insert(arguments.end(), options.arguments.begin(), options.arguments.end());
    std::vector<std::string> environment = environmentOf(options);
    const std::vector<char*> argumentPointers = pointersTo(arguments);
    const std::vector<char*> environmentPointers = pointersTo(environment);
    process_ = ::fork();
    if (process_ < 0) throwErrno("fork");
    if (process_ == 0) {
        becomeProgram(argumentPointers.data(), environmentPointers.data(), outNumber, errNumber, terminal.get(),
                      options.readsTerminal, options.ignoredSignals.data(), options.ignoredSignals.size());
    }
}

Subprocess::~Subprocess() {
    if (process_ <= 0) return;
    send(SIGKILL);
    reap(true);
}

void Subprocess::send(int signal) const {
    if (process_ > 0) ::kill(process_, signal);
}

void Subprocess::type(std::string_view keys) const {
    [[maybe_unused]] const ssize_t written = ::write(terminal_.descriptor.get(), keys.data(), keys.size());
}

void Subprocess::closeOutput() {
    out_.descriptor.reset();
}

bool Subprocess::pump() {
    constexpr int moment = 20;
    Source* const sources[] = {readsOutput_ ? &out_ : nullptr, &err_, &terminal_};
    std::vector<pollfd> polled;
    std::vector<Source*> open;
    for (Source* const source : sources) {
        if (source == nullptr || source->descriptor.get() < 0) continue;
        polled.push_back({source->descriptor.get(), POLLIN, 0});
        open.push_back(source);
    }
    if (::poll(polled.data(), polled.size(), moment) < 0 && errno != EINTR) throwErrno("poll");
    for (std::size_t i = 0; i < open.size(); ++i) {
        if (polled[i].revents == 0) continue;
        char buffer[65536];
        const ssize_t count = ::read(open[i]->descriptor.get(), buffer, sizeof buffer);
        // A terminal returns EIO after its last user has closed it.
        if (count <= 0) {
            open[i]->descriptor.reset();
        } else {
            open[i]->text.append(buffer, static_cast<std::size_t>(count));
        }
    }
    return !open.empty();
}

bool Subprocess::reap(bool block) {
    if (process_ <= 0) return true;
    const pid_t ended = ::waitpid(process_, &status_, block ? 0 : WNOHANG);
    if (ended == process_) process_ = -1;
    return process_ <= 0;
}

bool Subprocess::waitFor(const Source& source, std::string_view text, std::chrono::milliseconds limit) {
    const Stopwatch watch;
    while (source.text.find(text) == std::string::npos) {
        if (watch.elapsed() > patient(limit)) return false;
        const bool ended = reap(false);
        if (!pump() && ended) return source.text.find(text) != std::string::npos;
    }
    return true;
}

bool Subprocess::waitForOutput(std::string_view text, std::chrono::milliseconds limit) {
    return waitFor(out_, text, limit);
}

bool Subprocess::waitForError(std::string_view text, std::chrono::milliseconds limit) {
    return waitFor(err_, text, limit);
}

bool Subprocess::waitForTerminal(std::string_view text, std::chrono::milliseconds limit) {
    return waitFor(terminal_, text, limit);
}

Subprocess::Result Subprocess::wait(std::chrono::milliseconds limit) {
    const Stopwatch watch;
    while (!reap(false)) {
        pump();
        if (watch.elapsed() > patient(limit)) {
            send(SIGKILL);
            reap(true);
        }
    }
    readsOutput_ = true;
    while (pump() && watch.elapsed() <= 2 * patient(limit)) {
    }
    Result result;
    if (WIFEXITED(status_)) result.exitCode = WEXITSTATUS(status_);
    if (WIFSIGNALED(status_)) result.signal = WTERMSIG(status_);
    result.out = std::move(out_.text);
    result.err = std::move(err_.text);
    result.terminal = std::move(terminal_.text);
    return result;
}

Subprocess::Result runToEnd(const SubprocessOptions& options) {
    return Subprocess(options).wait();
}

}  // namespace refold::test
