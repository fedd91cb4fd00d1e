// Keeps what an error of each class is made of.
#include "auth/auth_failure.hpp"

#include "auth/secret_lookalikes.hpp"

#include <utility>

namespace refold::internal {

namespace {

using Raise = AuthFailure::Raise;

template <class Class>
Raise raiseApi(const ApiError& error) {
    return [details = error.details()](const std::string& message, const ErrorContext& context) {
        throw Class(message, details, context);
    };
}

Raise raiseLike(const Error& error) {
    if (const auto* const api = dynamic_cast<const ApiError*>(&error)) {
        if (dynamic_cast<const AuthenticationError*>(api) != nullptr) return raiseApi<AuthenticationError>(*api);
        if (dynamic_cast<const NotFoundError*>(api) != nullptr) return raiseApi<NotFoundError>(*api);
        if (dynamic_cast<const RateLimitError*>(api) != nullptr) return raiseApi<RateLimitError>(*api);
        if (dynamic_cast<const ServerError*>(api) != nullptr) return raiseApi<ServerError>(*api);
        return raiseApi<ApiError>(*api);
    }
    if (const auto* const transport = dynamic_cast<const TransportError*>(&error)) {
        return [kind = transport->kind()](const std::string& message, const ErrorContext& context) {
            throw TransportError(kind, message, context);
        };
    }
    if (const auto* const response = dynamic_cast<const ResponseError*>(&error)) {
        return [pointer = response->pointer(), offset = response->offset()](const std::string& message,
                                                                            const ErrorContext& context) {
            throw ResponseError(message, pointer, offset, context);
        };
    }
    if (const auto* const argument = dynamic_cast<const InvalidArgument*>(&error)) {
        return [name = argument->argument()](const std::string& message, const ErrorContext& /*context*/) {
            throw InvalidArgument(name, message);
        };
    }
    if (dynamic_cast<const Cancelled*>(&error) != nullptr) {
        return [](const std::string& message, const ErrorContext& context) { throw Cancelled(message, context); };
    }
    return [](const std::string& message, const ErrorContext& context) { throw Error(message, context); };
}

bool isOfOneCall(const Error& error) noexcept {
    const auto* const transport = dynamic_cast<const TransportError*>(&error);
    const bool isTimeout = transport != nullptr && transport->kind() == TransportError::Kind::timeout;
    return isTimeout || dynamic_cast<const Cancelled*>(&error) != nullptr;
}

}  // namespace

AuthFailure::AuthFailure(const Description& description)
    : std::runtime_error(description.reason), description_(std::make_shared<const Description>(description)) {
}

AuthFailure::Description AuthFailure::describe(const Error& error) {
    return {error.what(), error.isTransient(), raiseLike(error), !isOfOneCall(error)};
}  // NOLINT(clang-analyzer-cplusplus.NewDeleteLeaks): the std::function owns what it captures

AuthFailure::Description AuthFailure::describe(const std::exception& error) {
    Description failure;
    failure.reason = withoutSecretLookalikes(error.what());
    if (failure.reason.empty()) failure.reason = "it gave no reason";
    return failure;
}

void AuthFailure::raise(const std::string& message, int attempts) const {
    ErrorContext context;
    context.attempts = attempts;
    context.transient = description_->transient;
    context.outcomeUnknown = false;
    description_->raise(message, context);
    throw Error(message, context);
}

}  // namespace refold::internal
