// What is said while a server does not answer as it should. Used by `watch`, `wait`, and by `rerun` and `stop` of many
// runs.
#ifndef REFOLD_EXECUTIONS_OUTAGE_TEXT_HPP
#define REFOLD_EXECUTIONS_OUTAGE_TEXT_HPP

#include <refold/timestamp.hpp>

#include <chrono>
#include <string>

namespace cli {

/// That the server cannot be reached, or answers with errors; why; and until when there is a pause, by this machine's
/// clock in UTC.
/// \param answered  it did answer, though with an error
std::string outageText(bool answered, const std::string& reason, std::chrono::milliseconds pause);

}  // namespace cli

#endif
