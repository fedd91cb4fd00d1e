#include "history.hpp"

#include "time_text.hpp"

namespace cli {

std::string periodText(const History& history) {
    const std::string end = minuteText(history.to) + " UTC";
    return history.from ? minuteText(*history.from) + " to " + end : "up to " + end;
}

}  // namespace cli
