#include "outage_text.hpp"

#include "message.hpp"
#include "number_text.hpp"
#include "request_log.hpp"
#include "time_text.hpp"

#include <refold/timestamp.hpp>

#include <memory>

namespace cli {

std::string outageText(bool answered, const std::string& reason, std::chrono::milliseconds pause) {
    const auto until =
        std::chrono::time_point_cast<refold::Timestamp::duration>(std::chrono::system_clock::now() + pause);
    return std::string(answered ? "the server answers with an error" : "no complete answer from the server") +
           ", trying again at " + secondText(until).substr(11) + " UTC (in " + durationText(pause) + "): " + reason;
}

void OutageReporter::onRequest(const refold::RequestEvent& /*event*/) {
    answered_ = false;
}

void OutageReporter::onResponse(const refold::ResponseEvent& /*event*/) {
    answered_ = true;
}

void OutageReporter::onOutage(const refold::OutageEvent& event) {
    // Pauses grow; the next one is reported when it is much longer than the one before.
    constexpr std::chrono::seconds longPause{5};
    const bool isLonger = event.wait >= longPause && event.wait >= 4 * reportedPause_;
    if (!event.over && event.failures > 1 && !isLonger) return;
    // The line on which a wait shows its progress, and draws it again.
    if (console_.messageTerminal().canRedraw) writeMessage("\r\x1b[K");
    if (event.over) {
        console_.report("the server answers again, after " + durationText(event.lasted));
    } else {
        console_.report(outageText(answered_, event.reason, event.wait));
        reportedPause_ = event.wait;
    }
}

refold::Client clientThatReportsOutages(refold::ClientOptions options, const Console& console) {
    options.observer = observerOf(options.observer, std::make_shared<OutageReporter>(console));
    return refold::Client::fromEnvironment(options);
}

}  // namespace cli
