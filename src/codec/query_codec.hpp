// Validates queries and encodes them for a URL. Used by client.cpp.
#ifndef REFOLD_CODEC_QUERY_CODEC_HPP
#define REFOLD_CODEC_QUERY_CODEC_HPP

#include <refold/execution_query.hpp>
#include <refold/node_batch.hpp>

#include <string>
#include <string_view>

namespace refold::internal {

/// Throws an InvalidArgument that names the argument, its value and the rule.
void validate(const ExecutionQuery& query);
void validate(const BatchQuery& query);

/// The form in which dates are sent. Days include at least what the query asks for, whether the server reads `end_date`
/// as the beginning or the end of that day; filter the result with `isWithinDates`.
enum class DateForm { dateTime, day };

/// Returns `?page=2&status=ERRORED`, percent-encoded; empty for an empty query.
std::string encodeQuery(const ExecutionQuery& query, DateForm dates = DateForm::dateTime);
std::string encodeQuery(const BatchQuery& query);

/// True if a run was created within the dates of a query, or has no date.
bool isWithinDates(const Execution& run, const ExecutionQuery& query) noexcept;

/// Encodes `text` as one path segment. Throws an InvalidArgument that names `argument` if `text` is empty, "." or "..",
/// or has CR, LF or NUL.
std::string encodePathSegment(const std::string& argument, std::string_view text);

}  // namespace refold::internal

#endif
