// The error hierarchy's constructors, and the destructors that anchor each class in one object file.
#include <refold/error.hpp>

#include <utility>

namespace refold {
inline namespace v0 {

namespace {

bool mayPass(TransportError::Kind kind) noexcept {
    using Kind = TransportError::Kind;
    return kind == Kind::connect || kind == Kind::timeout || kind == Kind::truncated || kind == Kind::reset;
}

/// Whether a request that ended so may have reached the server, for all that the kind tells.
bool mayHaveArrived(TransportError::Kind kind) noexcept {
    using Kind = TransportError::Kind;
    return kind != Kind::resolve && kind != Kind::connect && kind != Kind::tls && kind != Kind::proxy;
}

}  // namespace

Error::Error(const std::string& message, int attempts, bool outcomeUnknown)
    : std::runtime_error(message), attempts_(attempts), outcomeUnknown_(outcomeUnknown) {
}
Error::~Error() = default;

InvalidArgument::InvalidArgument(const std::string& argument, const std::string& message)
    : Error(message), argument_(std::make_shared<const std::string>(argument)) {
}
InvalidArgument::~InvalidArgument() = default;

Cancelled::Cancelled(int attempts) : Error("the call was cancelled", attempts) {
}
Cancelled::Cancelled(const std::string& message, int attempts, bool outcomeUnknown)
    : Error(message, attempts, outcomeUnknown) {
}
Cancelled::~Cancelled() = default;

TransportError::TransportError(Kind kind, const std::string& message, int attempts)
    : TransportError(kind, message, attempts, mayPass(kind)) {
}
TransportError::TransportError(Kind kind, const std::string& message, int attempts, bool transient)
    : TransportError(kind, message, attempts, transient, mayHaveArrived(kind)) {
}
TransportError::TransportError(Kind kind, const std::string& message, int attempts, bool transient, bool outcomeUnknown)
    : Error(message, attempts, outcomeUnknown), kind_(kind), transient_(transient) {
}
TransportError::~TransportError() = default;

ResponseError::ResponseError(const std::string& message, const std::string& pointer, std::optional<std::size_t> offset,
                             int attempts, bool outcomeUnknown)
    : Error(message, attempts, outcomeUnknown),
      pointer_(std::make_shared<const std::string>(pointer)),
      offset_(offset) {
}
ResponseError::~ResponseError() = default;

ApiError::ApiError(const std::string& message, ApiErrorDetails details, int attempts, bool outcomeUnknown)
    : Error(message, attempts, outcomeUnknown), details_(std::make_shared<const ApiErrorDetails>(std::move(details))) {
}
ApiError::~ApiError() = default;

AuthenticationError::~AuthenticationError() = default;
NotFoundError::~NotFoundError() = default;
RateLimitError::~RateLimitError() = default;
ServerError::~ServerError() = default;

}  // namespace v0
}  // namespace refold
