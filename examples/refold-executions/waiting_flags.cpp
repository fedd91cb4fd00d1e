#include "waiting_flags.hpp"

#include "flag_values.hpp"

namespace cli {

void addWaiting(CLI::App& app, WaitingTexts& texts) {
    const char* const group = "Waiting";
    addText(app, "--interval", texts.interval, "S", "time from one poll to the next, at first: 5, 500ms (default: 1)",
            group);
    addText(app, "--wait-timeout", texts.timeout, "S", "give up after S: 600, 10m (default: never)", group);
}

refold::WaitOptions readWaiting(const WaitingTexts& texts) {
    refold::WaitOptions options;
    if (texts.interval) options.interval = parseSeconds("--interval", *texts.interval);
    if (texts.timeout) options.timeout = parseSeconds("--wait-timeout", *texts.timeout);
    return options;
}

}  // namespace cli
