// The library's only table of transient refusals. Used by ApiError's constructor, and through it by calls, waits and
// watches.
#ifndef REFOLD_TYPES_TRANSIENT_STATUS_HPP
#define REFOLD_TYPES_TRANSIENT_STATUS_HPP

#include <refold/error.hpp>

namespace refold::internal {

/// 429, or the 403 with `Retry-After` that some gateways send instead.
inline bool isRateLimit(const ApiErrorDetails& details) noexcept {
    return details.status == 429 || (details.status == 403 && details.retryAfter.has_value());
}

/// 408 Request Timeout, 425 Too Early, rate limits, and server errors except 501 Not Implemented and 505 HTTP Version
/// Not Supported.
inline bool isTransientRefusal(const ApiErrorDetails& details) noexcept {
    const int status = details.status;
    if (status == 408 || status == 425 || isRateLimit(details)) return true;
    return status >= 500 && status <= 599 && status != 501 && status != 505;
}

}  // namespace refold::internal

#endif
