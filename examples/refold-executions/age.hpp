// Formats the time since a date, short enough for a table.
#ifndef REFOLD_EXECUTIONS_AGE_HPP
#define REFOLD_EXECUTIONS_AGE_HPP

#include <refold/timestamp.hpp>

#include <string>

namespace cli {

/// `now`, `42s ago`, `5m ago`, `3h ago`, `12d ago`, `5mo ago`, `2y ago`; `in 5m` where the server's clock is ahead.
std::string formatAge(refold::Timestamp time, refold::Timestamp now);

}  // namespace cli

#endif
