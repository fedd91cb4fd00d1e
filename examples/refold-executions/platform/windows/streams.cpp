// Pipes of Windows cannot be asked whether a write would wait: a thread beside the one that writes ends the write
// instead.
#include "platform/streams.hpp"

#include "platform/windows/system.hpp"

#include <fcntl.h>
#include <io.h>
#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <optional>
#include <thread>

namespace cli::platform {
namespace {

HANDLE handleOf(int descriptor) noexcept {
    return reinterpret_cast<HANDLE>(::_get_osfhandle(descriptor));
}

HANDLE handleOf(Wake wake) noexcept {
    return reinterpret_cast<HANDLE>(wake);
}

bool isRaised(Wake wake) noexcept {
    return wake != noWake && ::WaitForSingleObject(handleOf(wake), 0) == WAIT_OBJECT_0;
}

DWORD consoleMode(HANDLE handle, DWORD otherwise) noexcept {
    DWORD mode = 0;
    return ::GetConsoleMode(handle, &mode) != 0 ? mode : otherwise;
}

/// Ends the calls of the thread that made it which still wait `grace` after the flag was raised.
class CallBreaker {
  public:
    CallBreaker(Wake wake, std::chrono::milliseconds grace)
        : thread_(::OpenThread(THREAD_TERMINATE, FALSE, ::GetCurrentThreadId())),
          watcher_([this, wake, grace] { watch(handleOf(wake), static_cast<DWORD>(grace.count())); }) {}
    CallBreaker(const CallBreaker&) = delete;
    CallBreaker& operator=(const CallBreaker&) = delete;
    ~CallBreaker() {
        done_.raise();
        watcher_.join();
    }

  private:
    void watch(HANDLE wake, DWORD grace) const {
        const HANDLE done = handleOf(done_.wake());
        const HANDLE watched[] = {done, wake};
        if (::WaitForMultipleObjects(2, watched, FALSE, INFINITE) != WAIT_OBJECT_0 + 1) return;
        // Again and again: between two calls there is nothing to end.
        for (DWORD pause = grace; ::WaitForSingleObject(done, pause) == WAIT_TIMEOUT; pause = 10) {
            ::CancelSynchronousIo(thread_.get());
        }
    }

    Handle thread_;
    WakeFlag done_;
    std::thread watcher_;
};

/// Switches the console to UTF-8, and back at the end: the setting outlives the program.
class ConsoleInUtf8 {
  public:
    ConsoleInUtf8() : before_(::GetConsoleOutputCP()) { ::SetConsoleOutputCP(CP_UTF8); }
    ConsoleInUtf8(const ConsoleInUtf8&) = delete;
    ConsoleInUtf8& operator=(const ConsoleInUtf8&) = delete;
    ~ConsoleInUtf8() {
        if (before_ != 0) ::SetConsoleOutputCP(before_);
    }

  private:
    UINT before_;
};

/// Empty once the flag is raised or the pipe has ended; else the pipe has something to read.
std::optional<ReadResult> waitForPipe(HANDLE handle, Wake wake) {
    constexpr DWORD pause = 20;
    for (;;) {
        DWORD available = 0;
        if (::PeekNamedPipe(handle, nullptr, 0, nullptr, &available, nullptr) == 0) {
            if (::GetLastError() == ERROR_BROKEN_PIPE) return ReadResult::end;
            return {};  // wine cannot look into a pipe of its host; the read says what is there
        }
        if (available > 0) return {};
        if (::WaitForSingleObject(handleOf(wake), pause) == WAIT_OBJECT_0) return ReadResult::interrupted;
    }
}

std::optional<ReadResult> waitForInput(HANDLE handle, Wake wake) {
    if (::GetFileType(handle) == FILE_TYPE_PIPE) return waitForPipe(handle, wake);
    if (consoleMode(handle, 0) != 0) {
        const HANDLE watched[] = {handleOf(wake), handle};
        if (::WaitForMultipleObjects(2, watched, FALSE, INFINITE) == WAIT_OBJECT_0) return ReadResult::interrupted;
    }
    return {};
}

}  // namespace

void prepareStreams() {
    static const ConsoleInUtf8 console;
    for (const int descriptor : {standardInput, standardOutput, standardError}) ::_setmode(descriptor, _O_BINARY);
}

void writeOrDrop(int descriptor, std::string_view text) noexcept {
    const HANDLE handle = handleOf(descriptor);
    while (!text.empty()) {
        DWORD written = 0;
        if (::WriteFile(handle, text.data(), static_cast<DWORD>(text.size()), &written, nullptr) == 0) return;
        text.remove_prefix(written);
    }
}

WriteResult writeStream(int descriptor, std::string_view text, Wake wake, std::chrono::milliseconds grace) {
    const HANDLE handle = handleOf(descriptor);
    std::optional<CallBreaker> breaker;
    if (wake != noWake && ::GetFileType(handle) == FILE_TYPE_PIPE) breaker.emplace(wake, grace);
    while (!text.empty()) {
        const auto piece = static_cast<DWORD>(std::min<std::size_t>(text.size(), 65536));
        DWORD written = 0;
        if (::WriteFile(handle, text.data(), piece, &written, nullptr) == 0) {
            const DWORD error = ::GetLastError();
            if (error == ERROR_OPERATION_ABORTED && isRaised(wake)) return {0, true};
            return {errnoOf(error), false};
        }
        text.remove_prefix(written);
    }
    return {};
}

ReadResult readStream(int descriptor, char& byte, Wake wake) {
    const HANDLE handle = handleOf(descriptor);
    do {
        if (const auto ended = waitForInput(handle, wake)) return *ended;
        DWORD count = 0;
        if (::ReadFile(handle, &byte, 1, &count, nullptr) == 0 || count == 0) {
            return isRaised(wake) ? ReadResult::interrupted : ReadResult::end;
        }
    } while (byte == '\r');  // of a line end
    return ReadResult::byte;
}

Closing waitUntilClosed(int, Wake interruption, Wake stop) {
    const HANDLE watched[] = {handleOf(stop), handleOf(interruption)};
    const DWORD raised = ::WaitForMultipleObjects(2, watched, FALSE, INFINITE);
    return raised == WAIT_OBJECT_0 + 1 ? Closing::interrupted : Closing::stopped;
}

bool isTerminal(int descriptor) noexcept {
    DWORD mode = 0;
    return ::GetConsoleMode(handleOf(descriptor), &mode) != 0;
}

bool takesEscapes(int descriptor) {
    const char* const term = std::getenv("TERM");
    if (!isTerminal(descriptor) || (term != nullptr && std::string_view(term) == "dumb")) return false;
    const HANDLE handle = handleOf(descriptor);
    return ::SetConsoleMode(handle, consoleMode(handle, 0) | ENABLE_VIRTUAL_TERMINAL_PROCESSING) != 0;
}

std::optional<std::size_t> columnsOf(int descriptor) {
    CONSOLE_SCREEN_BUFFER_INFO information = {};
    if (::GetConsoleScreenBufferInfo(handleOf(descriptor), &information) == 0) return {};
    const int columns = information.srWindow.Right - information.srWindow.Left + 1;
    if (columns <= 0) return {};
    return static_cast<std::size_t>(columns);
}

bool isUtf8ByDefault() noexcept {
    return true;
}

}  // namespace cli::platform
