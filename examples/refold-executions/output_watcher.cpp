#include "output_watcher.hpp"

#include "platform/streams.hpp"

namespace cli {

OutputWatcher::OutputWatcher(int descriptor, const Interruption& interruption)
    : watcher_([this, descriptor, wake = interruption.wake()] { watch(descriptor, wake); }) {
}

OutputWatcher::~OutputWatcher() {
    stop_.raise();
    watcher_.join();
}

void OutputWatcher::watch(int descriptor, platform::Wake interruption) {
    const platform::Closing closing = platform::waitUntilClosed(descriptor, interruption, stop_.wake());
    if (closing == platform::Closing::stopped) return;
    if (closing == platform::Closing::reader) readerClosed_ = true;
    source_.cancel();
}

}  // namespace cli
