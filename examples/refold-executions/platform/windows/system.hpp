// Converts between UTF-8 and UTF-16, and from Windows' error codes to errno. Used by the Windows sources of the
// platform code.
#ifndef REFOLD_EXECUTIONS_PLATFORM_WINDOWS_SYSTEM_HPP
#define REFOLD_EXECUTIONS_PLATFORM_WINDOWS_SYSTEM_HPP

#include <windows.h>

#include <string>
#include <string_view>

namespace cli::platform {

std::wstring toUtf16(std::string_view text);
std::string toUtf8(std::wstring_view text);

/// The value of errno that says what one of GetLastError() says.
int errnoOf(DWORD error) noexcept;

/// A handle that is closed with its owner.
class Handle {
  public:
    explicit Handle(HANDLE handle = nullptr) noexcept : handle_(handle) {}
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() {
        if (isOpen()) ::CloseHandle(handle_);
    }

    bool isOpen() const noexcept { return handle_ != nullptr && handle_ != INVALID_HANDLE_VALUE; }
    HANDLE get() const noexcept { return handle_; }

  private:
    HANDLE handle_;
};

}  // namespace cli::platform

#endif
