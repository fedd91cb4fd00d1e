#include "output_watcher.hpp"

#include <poll.h>
#include <cerrno>

namespace cli {

OutputWatcher::OutputWatcher(int descriptor, const Interruption& interruption)
    : watcher_([this, descriptor, wake = interruption.wakeDescriptor()] { watch(descriptor, wake); }) {
}

OutputWatcher::~OutputWatcher() {
    stop_.closeWriteEnd();
    watcher_.join();
}

void OutputWatcher::watch(int descriptor, int wakeDescriptor) {
    // A closed pipe or a terminal that was hung up is an error, which is told without being asked for.
    pollfd watched[] = {{descriptor, 0, 0}, {wakeDescriptor, POLLIN, 0}, {stop_.readEnd(), POLLIN, 0}};
    while (true) {
        const int ready = ::poll(watched, 3, -1);
        if (ready < 0 && errno == EINTR) continue;
        if (ready < 0 || watched[2].revents != 0) return;
        if (watched[1].revents == 0) readerClosed_ = true;
        source_.cancel();
        return;
    }
}

}  // namespace cli
