// Rules for the head of a response, where versions of libcurl differ in what they accept. Used by `Transfer`.
#ifndef REFOLD_TRANSPORT_RESPONSE_RULES_HPP
#define REFOLD_TRANSPORT_RESPONSE_RULES_HPP

#include <string_view>

namespace refold::internal {

/// Without surrounding blanks and line ends.
std::string_view trimmed(std::string_view text) noexcept;

bool isStatusLine(std::string_view line) noexcept;

/// Returns what is wrong with a status line such as `HTTP/1.1 200 OK`; empty for nothing. Old versions of libcurl
/// (7.74) accept any version and a status of two digits; since 8.0 it ignores the digits after the third.
std::string_view faultOfStatusLine(std::string_view line) noexcept;

/// False for a Content-Length that is a number followed by something else, or by a different number. libcurl before
/// 8.17 reads the first one. What does not begin with a digit is left to libcurl.
bool isOneLength(std::string_view value) noexcept;

}  // namespace refold::internal

#endif
