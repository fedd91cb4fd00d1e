// Draws the progress of a listing on a terminal: a bar with done and total, rate, time left and requests. Redraws
// itself on stderr a few times a second, and erases itself at the end.
#ifndef REFOLD_EXECUTIONS_PROGRESS_BAR_HPP
#define REFOLD_EXECUTIONS_PROGRESS_BAR_HPP

#include "request_counter.hpp"
#include "terminal.hpp"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace cli {

/// The content of the line.
struct Progress {
    /// The part that is read, if a command reads several: `the period before`.
    std::string phase = {};
    std::int64_t done = 0;
    /// Of `done`, those that an earlier run of the program had written: they say nothing about the rate.
    std::int64_t doneBefore = 0;
    /// 0 if unknown. Raised to `done` if runs were added meanwhile.
    std::int64_t total = 0;
    std::int64_t requests = 0;
    std::chrono::milliseconds elapsed{0};
    /// The reason of a delay; empty if there is none.
    std::string retryReason = {};
};

/// The line, at most `width` columns of it.
std::string progressLine(const Progress& progress, std::size_t width, Charset charset);

class ProgressBar {
  public:
    /// Draws nothing where `terminal` cannot be redrawn.
    ProgressBar(int descriptor, const Terminal& terminal, std::shared_ptr<const RequestCounter> counter);
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;
    ~ProgressBar();

    /// Starts again from nothing, with a rate and a time of its own.
    void begin(std::string phase);
    void update(std::int64_t done, std::int64_t doneBefore, std::int64_t total);
    /// Takes the line away until the lock is released, for a write to the same terminal.
    std::unique_lock<std::mutex> hide();
    /// Erases the line; it is not drawn again.
    void stop();

  private:
    void run();
    void draw();
    void erase();

    int descriptor_;
    Terminal terminal_;
    std::shared_ptr<const RequestCounter> counter_;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();

    std::mutex mutex_;
    std::condition_variable wake_;
    Progress progress_;
    bool visible_ = false;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace cli

#endif
