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

/// `?page=2&status=FAILED`, everything percent-encoded; empty for an empty query.
std::string encodeQuery(const ExecutionQuery& query);
std::string encodeQuery(const BatchQuery& query);

/// `text` as one segment of a path. Throws InvalidArgument that names `argument` for a text that would be no segment or
/// another one: empty, ".", ".." or with CR, LF or NUL.
std::string encodePathSegment(const std::string& argument, std::string_view text);

}  // namespace refold::internal

#endif
