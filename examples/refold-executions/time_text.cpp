// Cuts the parts out of the library's own format instead of strftime(), whose names of months depend on the locale.
#include "time_text.hpp"

#include <cstddef>

namespace cli {
namespace {

constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/// So many characters of `13:15:00.000Z`.
std::string timeOfDay(refold::Timestamp time, std::size_t length) {
    const std::string text = refold::formatTimestamp(time);
    return text.substr(text.find('T') + 1, length);
}

}  // namespace

std::string dateText(refold::Timestamp time) {
    const std::string text = refold::formatTimestamp(time);
    return text.substr(0, text.find('T'));
}

std::string dayText(refold::Timestamp time) {
    const std::string date = dateText(time);
    const std::string month = date.substr(date.size() - 5, 2);
    const std::string day = date.substr(date.size() - 2);
    return (day[0] == '0' ? day.substr(1) : day) + " " + months[std::stoul(month) - 1];
}

std::string clockText(refold::Timestamp time) {
    return timeOfDay(time, 5);
}

std::string minuteText(refold::Timestamp time) {
    return dateText(time) + " " + clockText(time);
}

std::string secondText(refold::Timestamp time) {
    return dateText(time) + " " + timeOfDay(time, 8);
}

}  // namespace cli
