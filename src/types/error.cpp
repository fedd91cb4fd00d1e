// Constructs errors with the defaults of each class, and anchors their vtables in one object file.
#include <refold/error.hpp>

#include "types/transient_status.hpp"

#include <utility>

namespace refold {
inline namespace v0 {

namespace {

using Kind = TransportError::Kind;

bool isTransientKind(Kind kind) noexcept {
    return kind == Kind::connect || kind == Kind::timeout || kind == Kind::truncated || kind == Kind::reset;
}

/// True if a request that failed in this way may have reached the server.
bool mayHaveArrived(Kind kind) noexcept {
    return kind != Kind::resolve && kind != Kind::connect && kind != Kind::tls && kind != Kind::proxy;
}

ErrorContext withDefaults(Kind kind, ErrorContext context) {
    if (!context.transient) context.transient = isTransientKind(kind);
    if (!context.outcomeUnknown) context.outcomeUnknown = mayHaveArrived(kind);
    return context;
}

ErrorContext withDefaults(const ApiErrorDetails& details, ErrorContext context) {
    if (!context.transient) context.transient = internal::isTransientRefusal(details);
    return context;
}

}  // namespace

Error::Error(const std::string& message, const ErrorContext& context)
    : std::runtime_error(message),
      attempts_(context.attempts),
      transient_(context.transient.value_or(false)),
      outcomeUnknown_(context.outcomeUnknown.value_or(false)) {
}
Error::~Error() = default;

InvalidArgument::InvalidArgument(const std::string& argument, const std::string& message)
    : Error(message), argument_(std::make_shared<const std::string>(argument)) {
}
InvalidArgument::~InvalidArgument() = default;

Cancelled::Cancelled(const ErrorContext& context) : Error("the call was cancelled", context) {
}
Cancelled::Cancelled(const std::string& message, const ErrorContext& context) : Error(message, context) {
}
Cancelled::~Cancelled() = default;

TransportError::TransportError(Kind kind, const std::string& message, const ErrorContext& context)
    : Error(message, withDefaults(kind, context)), kind_(kind) {
}
TransportError::~TransportError() = default;

std::string to_string(TransportError::Kind kind) {
    switch (kind) {
        case Kind::resolve:
            return "resolve";
        case Kind::connect:
            return "connect";
        case Kind::tls:
            return "tls";
        case Kind::timeout:
            return "timeout";
        case Kind::truncated:
            return "truncated";
        case Kind::tooLarge:
            return "tooLarge";
        case Kind::reset:
            return "reset";
        case Kind::redirect:
            return "redirect";
        case Kind::proxy:
            return "proxy";
        case Kind::protocol:
            return "protocol";
        case Kind::other:
            break;
    }
    return "other";
}

ResponseError::ResponseError(const std::string& message, const std::string& pointer, std::optional<std::size_t> offset,
                             const ErrorContext& context)
    : Error(message, context), pointer_(std::make_shared<const std::string>(pointer)), offset_(offset) {
}
ResponseError::~ResponseError() = default;

ApiError::ApiError(const std::string& message, ApiErrorDetails details, const ErrorContext& context)
    : Error(message, withDefaults(details, context)),
      details_(std::make_shared<const ApiErrorDetails>(std::move(details))) {
}
ApiError::~ApiError() = default;

AuthenticationError::~AuthenticationError() = default;
NotFoundError::~NotFoundError() = default;
RateLimitError::~RateLimitError() = default;
ServerError::~ServerError() = default;

}  // namespace v0
}  // namespace refold
