// Gives every failure the same sign, and unknown statuses a sign of their own.
#include "status_style.hpp"

namespace cli {

StatusStyle styleOf(const refold::ExecutionStatus& status, Charset charset) {
    const auto choose = [charset](std::string_view utf8, std::string_view ascii, Colour colour) {
        return StatusStyle{charset == Charset::utf8 ? utf8 : ascii, colour};
    };
    if (status == refold::ExecutionStatus::Completed) return choose("\u2714", "+", Colour::green);
    if (status.isFailure()) return choose("\u2716", "x", Colour::red);
    if (status == refold::ExecutionStatus::Running || status == refold::ExecutionStatus::Queued) {
        return choose("\u25CF", "*", Colour::blue);
    }
    if (status == refold::ExecutionStatus::Stopped || status == refold::ExecutionStatus::Stopping) {
        return choose("\u25A0", "#", Colour::yellow);
    }
    return choose("\u25CB", "o", Colour::none);
}

}  // namespace cli
