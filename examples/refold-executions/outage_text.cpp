#include "outage_text.hpp"

#include "number_text.hpp"
#include "time_text.hpp"

namespace cli {

std::string outageText(bool answered, const std::string& reason, std::chrono::milliseconds pause) {
    const auto until =
        std::chrono::time_point_cast<refold::Timestamp::duration>(std::chrono::system_clock::now() + pause);
    return std::string(answered ? "the server answers with an error" : "the server cannot be reached") +
           ", trying again at " + secondText(until).substr(11) + " UTC (in " + durationText(pause) + "): " + reason;
}

}  // namespace cli
