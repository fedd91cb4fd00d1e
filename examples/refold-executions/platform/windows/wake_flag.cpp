// An event that is never reset.
#include "platform/wake_flag.hpp"

#include "platform/windows/system.hpp"

#include <system_error>

namespace cli::platform {

WakeFlag::WakeFlag() {
    const HANDLE event = ::CreateEventW(nullptr, TRUE, FALSE, nullptr);
    if (event == nullptr) {
        throw std::system_error(static_cast<int>(::GetLastError()), std::system_category(), "cannot make an event");
    }
    waiting_ = raising_ = reinterpret_cast<Wake>(event);
}

WakeFlag::~WakeFlag() {
    ::CloseHandle(reinterpret_cast<HANDLE>(waiting_));
}

void WakeFlag::raise() noexcept {
    ::SetEvent(reinterpret_cast<HANDLE>(raising_));
}

}  // namespace cli::platform
