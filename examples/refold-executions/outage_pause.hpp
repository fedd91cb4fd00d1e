// Pauses between the attempts of a command's own requests while the server has an outage, and reports the pauses. Used
// by `rerun` and `stop` of many runs, and by `wait` and `watch` while they look up the first letters of an id.
#ifndef REFOLD_EXECUTIONS_OUTAGE_PAUSE_HPP
#define REFOLD_EXECUTIONS_OUTAGE_PAUSE_HPP

#include "console.hpp"

#include <refold/cancel.hpp>
#include <refold/error.hpp>

#include <chrono>
#include <optional>
#include <utility>

namespace cli {

class OutagePause {
  public:
    /// The longest outage that is tolerated if nothing else limits it, as in a wait.
    static constexpr std::chrono::minutes usualLimit{5};

    /// `console` must outlive it.
    OutagePause(const Console& console, refold::CancelToken cancel) : console_(console), cancel_(std::move(cancel)) {}

    /// Reports a failed attempt and sleeps until the next one. Returns false at once if the outage has lasted for
    /// `limit`; no value: it may last for ever. Throws `refold::Cancelled`.
    bool before(std::optional<std::chrono::milliseconds> limit, const refold::Error& error);
    /// Called when the server has answered; reports the end of an outage.
    void over();

  private:
    std::chrono::milliseconds lasted() const;

    const Console& console_;
    const refold::CancelToken cancel_;
    int failures_ = 0;
    std::chrono::steady_clock::time_point start_ = {};
};

}  // namespace cli

#endif
