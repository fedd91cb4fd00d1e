// Windows calls the handler on a thread that it makes for the purpose.
#include "platform/signals.hpp"

#include "platform/windows/system.hpp"

#include <mutex>
#include <system_error>
#include <utility>

namespace cli::platform {
namespace {

/// The handler has no object to belong to.
std::mutex handlerMutex;
const std::function<void()>* handler = nullptr;

BOOL WINAPI handleControl(DWORD event) {
    {
        const std::lock_guard<std::mutex> lock(handlerMutex);
        if (handler == nullptr) return FALSE;
        (*handler)();
    }
    // The program is ended when the handler of a closed console returns, or after five seconds.
    if (event != CTRL_C_EVENT && event != CTRL_BREAK_EVENT) ::Sleep(INFINITE);
    return TRUE;
}

}  // namespace

class Signals::Impl {
  public:
    explicit Impl(std::function<void()> onSignal) : onSignal_(std::move(onSignal)) {
        {
            const std::lock_guard<std::mutex> lock(handlerMutex);
            handler = &onSignal_;
        }
        if (::SetConsoleCtrlHandler(&handleControl, TRUE) == 0) {
            throw std::system_error(static_cast<int>(::GetLastError()), std::system_category(), "cannot handle Ctrl-C");
        }
    }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;
    ~Impl() {
        ::SetConsoleCtrlHandler(&handleControl, FALSE);
        const std::lock_guard<std::mutex> lock(handlerMutex);
        handler = nullptr;
    }

  private:
    std::function<void()> onSignal_;
};

Signals::Signals(std::function<void()> onSignal) : impl_(std::make_unique<Impl>(std::move(onSignal))) {
}

Signals::~Signals() = default;

}  // namespace cli::platform
