// Validates the target of a redirect: within the origin, and not a URL that holds credentials. Used by Call.
#ifndef REFOLD_PIPELINE_REDIRECT_HPP
#define REFOLD_PIPELINE_REDIRECT_HPP

#include "auth/redactor.hpp"

#include <string>
#include <string_view>

namespace refold::internal {

bool isRedirect(int status) noexcept;

/// The URL that the header `Location` of an answer from `url` leads to. Throws `TransportError` (redirect) if it must
/// not be followed.
std::string redirectTarget(const std::string& url, std::string_view location, const Redactor& redactor);

}  // namespace refold::internal

#endif
