// By gmtime_r and not by strftime(), whose names of months depend on the locale.
#include "time_text.hpp"

#include <cstdio>
#include <ctime>

namespace cli {
namespace {

constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::tm civil(refold::Timestamp time) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
    const auto count = static_cast<std::time_t>(seconds.time_since_epoch().count());
    std::tm parts = {};
    ::gmtime_r(&count, &parts);
    return parts;
}

}  // namespace

std::string dateText(refold::Timestamp time) {
    const std::tm parts = civil(time);
    char text[48];
    std::snprintf(text, sizeof text, "%04d-%02d-%02d", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday);
    return text;
}

std::string dayText(refold::Timestamp time) {
    const std::tm parts = civil(time);
    return std::to_string(parts.tm_mday) + " " + months[parts.tm_mon];
}

std::string clockText(refold::Timestamp time) {
    const std::tm parts = civil(time);
    char text[32];
    std::snprintf(text, sizeof text, "%02d:%02d", parts.tm_hour, parts.tm_min);
    return text;
}

std::string minuteText(refold::Timestamp time) {
    return dateText(time) + " " + clockText(time);
}

std::string secondText(refold::Timestamp time) {
    char text[16];
    std::snprintf(text, sizeof text, ":%02d", civil(time).tm_sec);
    return minuteText(time) + text;
}

}  // namespace cli
