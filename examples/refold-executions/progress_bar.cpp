// Draws on a thread of its own, so that the bar moves while the listing waits for the server.
#include "progress_bar.hpp"

#include "number_text.hpp"
#include "platform/streams.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace cli {
namespace {

constexpr std::chrono::milliseconds redrawInterval{100};
/// Shorter operations show no bar.
constexpr std::chrono::milliseconds firstDraw{250};
constexpr std::size_t narrowestBar = 10;
constexpr std::size_t widestBar = 40;
constexpr std::string_view eraseLine = "\r\x1b[K";

std::string barText(double share, std::size_t width, Charset charset) {
    const auto filled = static_cast<std::size_t>(share * static_cast<double>(width));
    std::string bar;
    for (std::size_t i = 0; i < width; ++i) {
        if (charset == Charset::utf8) {
            bar += i < filled ? "\u2588" : "\u2591";
        } else {
            bar += i < filled ? "#" : ".";
        }
    }
    return "[" + bar + "] ";
}

}  // namespace

std::string progressLine(const Progress& progress, std::size_t width, Charset charset) {
    const std::int64_t fresh = progress.done - progress.doneBefore;
    const double seconds = static_cast<double>(progress.elapsed.count()) / 1000;
    const double rate = seconds > 0 ? static_cast<double>(fresh) / seconds : 0;

    std::string text = progress.phase.empty() ? "" : progress.phase + ": ";
    double share = -1;
    if (progress.done == 0) {
        text += "waiting for the server, " + durationText(progress.elapsed);
    } else if (progress.total > 0) {
        const std::int64_t total = std::max(progress.total, progress.done);
        share = static_cast<double>(progress.done) / static_cast<double>(total);
        text +=
            grouped(progress.done) + "/" + grouped(total) + "  " + std::to_string(static_cast<int>(share * 100)) + "%";
    } else {
        text += counted(progress.done, "run");
    }
    if (rate > 0) text += "  " + grouped(static_cast<std::int64_t>(rate + 0.5)) + "/s";
    if (rate > 0 && progress.total > progress.done) {
        const double left = static_cast<double>(progress.total - progress.done) / rate;
        const auto wholeSeconds = std::chrono::seconds(static_cast<std::int64_t>(std::min(left + 1, 1e9)));
        text += "  " +
                (wholeSeconds.count() < 60 ? std::to_string(wholeSeconds.count()) + "s" : durationText(wholeSeconds)) +
                " left";
    }
    text += "  " + counted(progress.requests, "request");
    if (!progress.retryReason.empty()) text += "  trying again: " + progress.retryReason;

    const std::size_t textWidth = displayWidth(text);
    constexpr std::size_t brackets = 3;
    if (share >= 0 && width >= textWidth + brackets + narrowestBar) {
        text.insert(0, barText(share, std::min(widestBar, width - textWidth - brackets), charset));
    }
    return forDisplay(text, charset, width).text;
}

ProgressBar::ProgressBar(int descriptor, const Terminal& terminal, std::shared_ptr<const RequestCounter> counter)
    : descriptor_(descriptor), terminal_(terminal), counter_(std::move(counter)) {
    if (terminal_.canRedraw) thread_ = std::thread(&ProgressBar::run, this);
}

ProgressBar::~ProgressBar() {
    stop();
}

void ProgressBar::begin(std::string phase) {
    const std::lock_guard<std::mutex> lock(mutex_);
    progress_ = {};
    progress_.phase = std::move(phase);
    start_ = std::chrono::steady_clock::now();
}

void ProgressBar::update(std::int64_t done, std::int64_t doneBefore, std::int64_t total) {
    const std::lock_guard<std::mutex> lock(mutex_);
    progress_.done = done;
    progress_.doneBefore = doneBefore;
    progress_.total = total;
}

std::unique_lock<std::mutex> ProgressBar::hide() {
    std::unique_lock<std::mutex> lock(mutex_);
    erase();
    return lock;
}

void ProgressBar::stop() {
    if (!thread_.joinable()) return;
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
    erase();
}

void ProgressBar::run() {
    std::unique_lock<std::mutex> lock(mutex_);
    const auto stopping = [this] { return stopping_; };
    if (wake_.wait_for(lock, firstDraw, stopping)) return;
    do {
        draw();
    } while (!wake_.wait_for(lock, redrawInterval, stopping));
}

void ProgressBar::draw() {
    progress_.requests = counter_->requests();
    progress_.retryReason = counter_->retryReason();
    progress_.elapsed =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start_);
    // Room for the ^C that a terminal echoes: a line that wraps could not be erased.
    constexpr std::size_t margin = 3;
    const std::size_t columns = terminalWidth(descriptor_);
    const std::size_t width = columns - std::min(columns, margin);
    platform::writeOrDrop(descriptor_, std::string(eraseLine) + progressLine(progress_, width, terminal_.charset));
    visible_ = true;
}

void ProgressBar::erase() {
    if (visible_) platform::writeOrDrop(descriptor_, eraseLine);
    visible_ = false;
}

}  // namespace cli
