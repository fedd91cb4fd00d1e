#include "outage_pause.hpp"

#include "number_text.hpp"
#include "outage_text.hpp"

#include <algorithm>

namespace cli {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds firstPause{1000};
constexpr milliseconds longestPause{15000};

}  // namespace

bool OutagePause::before(std::optional<milliseconds> limit, const refold::Error& error) {
    if (failures_ == 0) start_ = std::chrono::steady_clock::now();
    if (limit && lasted() >= *limit) return false;
    milliseconds pause = std::min(firstPause * (1 << std::min(failures_, 4)), longestPause);
    ++failures_;
    const auto* const refusal = dynamic_cast<const refold::ApiError*>(&error);
    if (refusal != nullptr && refusal->retryAfter()) pause = std::max(pause, *refusal->retryAfter());
    if (limit) pause = std::min(pause, *limit - lasted());
    const bool answered = refusal != nullptr || dynamic_cast<const refold::ResponseError*>(&error) != nullptr;
    console_.report(outageText(answered, error.what(), pause));
    if (cancel_.waitFor(pause)) throw refold::Cancelled();
    return true;
}

void OutagePause::over() {
    if (failures_ == 0) return;
    failures_ = 0;
    console_.report("the server answers again, after " + durationText(lasted()));
}

milliseconds OutagePause::lasted() const {
    return std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - start_);
}

}  // namespace cli
