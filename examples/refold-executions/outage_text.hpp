// Formats messages about outages: the reason, the time of the next attempt, and the end of the outage. Used by `watch`,
// `wait`, and by `rerun` and `stop` of many runs.
#ifndef REFOLD_EXECUTIONS_OUTAGE_TEXT_HPP
#define REFOLD_EXECUTIONS_OUTAGE_TEXT_HPP

#include "console.hpp"

#include <refold/client.hpp>
#include <refold/observer.hpp>

#include <atomic>
#include <chrono>
#include <string>

namespace cli {

/// Formats the failure, its reason, and the end of the pause in UTC by this machine's clock.
/// \param answered  the server did answer, though with an error
std::string outageText(bool answered, const std::string& reason, std::chrono::milliseconds pause);

/// Reports the start of each outage of a wait or a watch on stderr, much longer pauses in it, and its end.
class OutageReporter : public refold::Observer {
  public:
    /// `console` must outlive it.
    explicit OutageReporter(const Console& console) : console_(console) {}

    void onRequest(const refold::RequestEvent& event) override;
    void onResponse(const refold::ResponseEvent& event) override;
    void onOutage(const refold::OutageEvent& event) override;

  private:
    const Console& console_;
    /// The last request got an answer.
    std::atomic<bool> answered_{false};
    std::chrono::milliseconds reportedPause_{0};
};

/// From the environment, with an `OutageReporter` beside the observer of `options`.
refold::Client clientThatReportsOutages(refold::ClientOptions options, const Console& console);

}  // namespace cli

#endif
