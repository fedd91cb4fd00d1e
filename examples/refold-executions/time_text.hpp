// Formats points in time for people, in UTC as the API's dates. Used by the reports of `history`.
#ifndef REFOLD_EXECUTIONS_TIME_TEXT_HPP
#define REFOLD_EXECUTIONS_TIME_TEXT_HPP

#include <refold/timestamp.hpp>

#include <string>

namespace cli {

/// `2026-06-16`
std::string dateText(refold::Timestamp time);
/// `16 Jun`
std::string dayText(refold::Timestamp time);
/// `13:15`
std::string clockText(refold::Timestamp time);
/// `2026-06-16 13:15`
std::string minuteText(refold::Timestamp time);
/// `2026-06-16 13:15:00`
std::string secondText(refold::Timestamp time);

}  // namespace cli

#endif
