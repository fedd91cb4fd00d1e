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
    // The line on which a wait shows its progress, and draws it again.
    if (console_.messageTerminal().canRedraw && (event.over || event.failures == 1)) writeMessage("\r\x1b[K");
    if (event.over) {
        console_.complain("the server answers again, after " + durationText(event.lasted));
    } else if (event.failures == 1) {
        console_.complain(outageText(answered_, event.reason, event.wait));
    }
}

refold::Client clientThatReportsOutages(refold::ClientOptions options, const Console& console) {
    options.observer = observerOf(options.observer, std::make_shared<OutageReporter>(console));
    return refold::Client::fromEnvironment(options);
}

}  // namespace cli
