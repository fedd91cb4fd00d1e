// Formats independently of the locale.
#include "number_text.hpp"

#include <cstdio>

namespace cli {

std::string grouped(std::int64_t number) {
    std::string text = std::to_string(number);
    const std::size_t first = text.front() == '-' ? 1 : 0;
    for (std::size_t i = text.size(); i > first + 3;) {
        i -= 3;
        text.insert(i, ",");
    }
    return text;
}

std::string counted(std::int64_t number, std::string_view noun) {
    return grouped(number) + " " + std::string(noun) + (number == 1 ? "" : "s");
}

std::string durationText(std::chrono::milliseconds duration) {
    const auto milliseconds = static_cast<long long>(duration.count());
    const long long seconds = milliseconds / 1000;
    char text[48];
    if (seconds < 10) {
        std::snprintf(text, sizeof text, "%.2f s", static_cast<double>(milliseconds) / 1000);
    } else if (seconds < 60) {
        std::snprintf(text, sizeof text, "%.1f s", static_cast<double>(milliseconds) / 1000);
    } else if (seconds < 3600) {
        std::snprintf(text, sizeof text, "%lldm%02llds", seconds / 60, seconds % 60);
    } else {
        std::snprintf(text, sizeof text, "%lldh%02lldm", seconds / 3600, seconds / 60 % 60);
    }
    return text;
}

}  // namespace cli
