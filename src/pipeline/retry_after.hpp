// The Retry-After header (RFC 9110, 10.2.3, and what servers make of it). Used by the pipeline.
#ifndef REFOLD_PIPELINE_RETRY_AFTER_HPP
#define REFOLD_PIPELINE_RETRY_AFTER_HPP

#include <refold/timestamp.hpp>
#include <refold/transport.hpp>

#include <chrono>
#include <optional>
#include <string_view>

namespace refold::internal {

/// How long a server asks to wait: whole or fractional seconds, or an HTTP-date in any of the three forms. A date that
/// has passed is zero. Empty for anything that cannot be read, negative numbers included; absurdly large values are cut
/// at some ten thousand years.
std::optional<std::chrono::milliseconds> parseRetryAfter(std::string_view value, Timestamp now) noexcept;

/// How long an answer asks to wait: the longest of its `Retry-After` headers. Dates count from the answer's own `Date`,
/// so that a server's clock may differ from ours; from `now` if it has none.
std::optional<std::chrono::milliseconds> retryAfterOf(const HttpResponse& response, Timestamp now) noexcept;

}  // namespace refold::internal

#endif
