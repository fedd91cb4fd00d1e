// A pipe: once its write end is closed, its read end is readable for every reader, permanently.
#include "platform/wake_flag.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <cerrno>
#include <system_error>

namespace cli::platform {

WakeFlag::WakeFlag() {
    int ends[2] = {-1, -1};
    if (::pipe(ends) != 0) throw std::system_error(errno, std::generic_category(), "cannot make a pipe");
    for (const int end : ends) ::fcntl(end, F_SETFD, FD_CLOEXEC);
    waiting_ = ends[0];
    raising_ = ends[1];
}

WakeFlag::~WakeFlag() {
    ::close(static_cast<int>(waiting_));
    raise();
}

void WakeFlag::raise() noexcept {
    if (raising_ != noWake) ::close(static_cast<int>(raising_));
    raising_ = noWake;
}

}  // namespace cli::platform
