// Notices that there is nobody left to print for, also while there is nothing to print: the reader of stdout has gone, or the program
// is interrupted. Used by `watch`, which may wait for hours between two lines.
#ifndef REFOLD_EXECUTIONS_DEPARTURE_HPP
#define REFOLD_EXECUTIONS_DEPARTURE_HPP

#include "interruption.hpp"

#include <refold/cancel.hpp>

#include <atomic>
#include <thread>

namespace cli {

class Departure {
  public:
    /// \param descriptor  of the stream that is printed to
    Departure(int descriptor, const Interruption& interruption);
    Departure(const Departure&) = delete;
    Departure& operator=(const Departure&) = delete;
    ~Departure();

    /// Cancelled by either.
    refold::CancelToken token() const noexcept { return source_.token(); }
    bool readerHasGone() const noexcept { return readerHasGone_; }

  private:
    void watch(int descriptor, int wakeDescriptor);

    refold::CancelSource source_;
    std::atomic<bool> readerHasGone_{false};
    Pipe stop_;
    std::thread watcher_;
};

}  // namespace cli

#endif
