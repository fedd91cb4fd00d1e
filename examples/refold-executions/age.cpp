// Rounds down to whole units: 119 seconds are "1m ago".
#include "age.hpp"

#include <cstdint>

namespace cli {

std::string formatAge(refold::Timestamp time, refold::Timestamp now) {
    struct Unit {
        std::int64_t seconds;
        const char* name;
    };
    constexpr Unit units[] = {{365 * 86400, "y"}, {30 * 86400, "mo"}, {86400, "d"}, {3600, "h"}, {60, "m"}, {1, "s"}};

    const bool ahead = time > now;
    const auto distance = ahead ? time - now : now - time;
    const std::int64_t seconds = std::chrono::duration_cast<std::chrono::seconds>(distance).count();
    for (const Unit& unit : units) {
        if (seconds < unit.seconds) continue;
        const std::string text = std::to_string(seconds / unit.seconds) + unit.name;
        return ahead ? "in " + text : text + " ago";
    }
    return "now";
}

}  // namespace cli
