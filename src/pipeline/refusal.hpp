// A response with an error status as a failure of the attempt: the server's words, what to do about them, and no
// credentials in either. Used by Call.
#ifndef REFOLD_PIPELINE_REFUSAL_HPP
#define REFOLD_PIPELINE_REFUSAL_HPP

#include <refold/timestamp.hpp>
#include <refold/transport.hpp>

#include "auth/redactor.hpp"
#include "pipeline/attempt_failure.hpp"
#include "pipeline/pipeline.hpp"

namespace refold::internal {

/// `now` is by the calendar, for a `Retry-After` that is a date.
AttemptFailure refusalOf(const HttpResponse& response, const ApiRequest& request, const Redactor& redactor,
                         Timestamp now);

}  // namespace refold::internal

#endif
