// The name of an HTTP status in the API's error body (`http_error_type`). Used by the embedded server and by
// `errorJson`.
#ifndef REFOLD_TESTING_HTTP_ERROR_TYPE_HPP
#define REFOLD_TESTING_HTTP_ERROR_TYPE_HPP

namespace refold::internal::fake {

inline const char* httpErrorType(int status) noexcept {
    switch (status) {
        case 400:
            return "BAD_REQUEST";
        case 401:
            return "UNAUTHORIZED";
        case 403:
            return "FORBIDDEN";
        case 404:
            return "NOT_FOUND";
        case 408:
            return "REQUEST_TIMEOUT";
        case 429:
            return "TOO_MANY_REQUESTS";
        case 501:
            return "NOT_IMPLEMENTED";
        case 502:
            return "BAD_GATEWAY";
        case 503:
            return "SERVICE_UNAVAILABLE";
        case 504:
            return "GATEWAY_TIMEOUT";
        default:
            return status >= 500 ? "INTERNAL_SERVER_ERROR" : "ERROR";
    }
}

}  // namespace refold::internal::fake

#endif
