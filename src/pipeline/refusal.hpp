// A response with an error status as a failure of the attempt: the server's words, what to do about them, and no
// credentials in either. Used by Call.
#ifndef REFOLD_PIPELINE_REFUSAL_HPP
#define REFOLD_PIPELINE_REFUSAL_HPP

#include <refold/timestamp.hpp>
#include <refold/transport.hpp>

#include "auth/redactor.hpp"
#include "pipeline/attempt_failure.hpp"
#include "pipeline/pipeline.hpp"
#include "text/clean_text.hpp"

namespace refold::internal {

/// Returns a cleaner for texts of an answer, which keeps `redactor`. If the answer holds secrets, it also removes what
/// looks like one.
TextCleaner cleanerFor(const ApiRequest& request, const Redactor& redactor);

/// `now` is by the calendar, for a `Retry-After` that is a date.
AttemptFailure refusalOf(const HttpResponse& response, const ApiRequest& request, const Redactor& redactor,
                         Timestamp now);

}  // namespace refold::internal

#endif
