// Initialises libcurl, the only process-wide state that the library touches.
#include "transport/curl_handles.hpp"

#include <refold/error.hpp>

namespace refold::internal {

void initialiseCurl() {
    static const CURLcode result = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (result != CURLE_OK) {
        ErrorContext context;
        context.outcomeUnknown = false;
        throw TransportError(TransportError::Kind::other,
                             std::string("libcurl could not be initialised: ") + curl_easy_strerror(result), context);
    }
}

}  // namespace refold::internal
