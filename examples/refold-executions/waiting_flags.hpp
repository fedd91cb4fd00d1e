// Declares the flags of waiting, which `wait` and `rerun --wait` share.
#ifndef REFOLD_EXECUTIONS_WAITING_FLAGS_HPP
#define REFOLD_EXECUTIONS_WAITING_FLAGS_HPP

#include "flag_groups.hpp"

#include <refold/wait_options.hpp>

namespace cli {

struct WaitingTexts {
    Text interval, timeout;

    bool any() const noexcept { return interval || timeout; }
};

void addWaiting(CLI::App& app, WaitingTexts& texts);
/// Throws `UsageError`.
refold::WaitOptions readWaiting(const WaitingTexts& texts);

}  // namespace cli

#endif
