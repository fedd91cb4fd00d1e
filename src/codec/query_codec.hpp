// Queries -> the part of a URL behind the path, and what a query must keep to.
#ifndef REFOLD_CODEC_QUERY_CODEC_HPP
#define REFOLD_CODEC_QUERY_CODEC_HPP

#include <refold/execution_query.hpp>
#include <refold/node_batch.hpp>

#include <string>
#include <string_view>

namespace refold::internal {

/// Throws InvalidArgument that names the argument, its value and the rule.
void validate(const ExecutionQuery& query);
void validate(const BatchQuery& query);

/// How dates are sent. By the day the bounds include at least what the query asks for, whether the server takes `end_date` as
/// the beginning or as the end of that day; `isWithinDates` tells what lies outside.
enum class DateForm { dateTime, day };

/// `?page=2&status=ERRORED`, everything percent-encoded; empty for an empty query.
std::string encodeQuery(const ExecutionQuery& query, DateForm dates = DateForm::dateTime);
std::string encodeQuery(const BatchQuery& query);

/// Whether a run was created within the dates of a query. A run without a date counts as within.
bool isWithinDates(const Execution& run, const ExecutionQuery& query) noexcept;

/// `text` as one segment of a path. Throws InvalidArgument that names `argument` for a text that would be no segment or
/// another one: empty, ".", ".." or with CR, LF or NUL.
std::string encodePathSegment(const std::string& argument, std::string_view text);

}  // namespace refold::internal

#endif
