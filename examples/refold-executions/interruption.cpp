#include "interruption.hpp"

#include "exit_code.hpp"

#include <cstdlib>

namespace cli {

Interruption::Interruption() : signals_([this] { onSignal(); }) {
}

void Interruption::onSignal() {
    if (source_.isCancelled()) std::_Exit(static_cast<int>(ExitCode::interrupted));
    source_.cancel();
    raised_.raise();
}

}  // namespace cli
