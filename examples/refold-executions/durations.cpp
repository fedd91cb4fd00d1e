#include "durations.hpp"

#include "run_columns.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace cli {

void Durations::add(const refold::Execution& run) {
    const auto duration = durationOf(run);
    if (!duration) return;
    // 49 days; longer durations are not distinguished.
    constexpr std::int64_t longest = std::numeric_limits<std::uint32_t>::max();
    milliseconds_.push_back(static_cast<std::uint32_t>(std::min<std::int64_t>(duration->count(), longest)));
}

std::optional<std::chrono::milliseconds> Durations::quantile(double share) const {
    if (milliseconds_.empty()) return {};
    const double rank = std::ceil(share * static_cast<double>(milliseconds_.size()));
    const std::size_t place = std::min(milliseconds_.size(), static_cast<std::size_t>(std::max(rank, 1.0))) - 1;
    const auto at = milliseconds_.begin() + static_cast<std::ptrdiff_t>(place);
    std::nth_element(milliseconds_.begin(), at, milliseconds_.end());
    return std::chrono::milliseconds(*at);
}

}  // namespace cli
