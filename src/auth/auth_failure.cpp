// Converts errors into values that threads can share.
#include "auth/auth_failure.hpp"

#include "auth/secret_lookalikes.hpp"

namespace refold::internal {

namespace {

AuthFailure::Cause causeOf(const Error& error) {
    if (const auto* api = dynamic_cast<const ApiError*>(&error)) {
        return api->details();
    }
    if (const auto* transport = dynamic_cast<const TransportError*>(&error)) {
        return AuthFailure::NoResponse{transport->kind(), transport->isTransient()};
    }
    if (const auto* response = dynamic_cast<const ResponseError*>(&error)) {
        return AuthFailure::Unreadable{response->pointer(), response->offset()};
    }
    return std::monostate();
}

}  // namespace

AuthFailure::AuthFailure(const Description& description)
    : std::runtime_error(description.reason), cause_(std::make_shared<const Cause>(description.cause)) {
}

AuthFailure::Description AuthFailure::describe(const Error& error) {
    // The library's own errors hold no secrets; guessing would remove the URLs in them.
    return {error.what(), causeOf(error)};
}

AuthFailure::Description AuthFailure::describe(const std::exception& error) {
    std::string reason = withoutSecretLookalikes(error.what());
    if (reason.empty()) reason = "it gave no reason";
    return {std::move(reason), {}};
}

}  // namespace refold::internal
