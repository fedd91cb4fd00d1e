// Parses the Retry-After header (RFC 9110, 10.2.3, and the variants of servers). Used by the pipeline.
#ifndef REFOLD_PIPELINE_RETRY_AFTER_HPP
#define REFOLD_PIPELINE_RETRY_AFTER_HPP

#include <refold/timestamp.hpp>
#include <refold/transport.hpp>

#include <chrono>
#include <optional>
#include <string_view>

namespace refold::internal {

/// Returns how long a server asks to wait: whole or fractional seconds, or an HTTP-date in any of the three forms. A
/// past date is zero. No value for anything else, including negative numbers. Values are limited to ten thousand years.
std::optional<std::chrono::milliseconds> parseRetryAfter(std::string_view value, Timestamp now) noexcept;

/// Returns the longest of an answer's `Retry-After` headers. Dates are relative to the answer's own `Date`, so that the
/// server's clock may differ from ours; to `now` if it has none.
std::optional<std::chrono::milliseconds> retryAfterOf(const HttpResponse& response, Timestamp now) noexcept;

}  // namespace refold::internal

#endif
