// Watches standard output while nothing is printed: cancels a token when its reader closes it or the program is
// interrupted. Used by `watch`, which may wait for hours between two lines.
#ifndef REFOLD_EXECUTIONS_OUTPUT_WATCHER_HPP
#define REFOLD_EXECUTIONS_OUTPUT_WATCHER_HPP

#include "interruption.hpp"
#include "platform/wake_flag.hpp"

#include <refold/cancel.hpp>

#include <atomic>
#include <thread>

namespace cli {

class OutputWatcher {
  public:
    /// `descriptor` is that of the stream to watch.
    OutputWatcher(int descriptor, const Interruption& interruption);
    OutputWatcher(const OutputWatcher&) = delete;
    OutputWatcher& operator=(const OutputWatcher&) = delete;
    ~OutputWatcher();

    /// Cancelled when the reader closes the stream, and by an interruption.
    refold::CancelToken token() const noexcept { return source_.token(); }
    bool readerClosed() const noexcept { return readerClosed_; }

  private:
    void watch(int descriptor, platform::Wake interruption);

    refold::CancelSource source_;
    std::atomic<bool> readerClosed_{false};
    platform::WakeFlag stop_;
    std::thread watcher_;
};

}  // namespace cli

#endif
