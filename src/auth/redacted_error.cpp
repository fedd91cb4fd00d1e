// Copies errors with redacted texts.
#include "auth/redacted_error.hpp"

#include "text/clean_text.hpp"
#include "text/json_escapes.hpp"

#include <utility>

namespace refold::internal {

namespace {

using Redact = std::function<std::string(std::string)>;

constexpr std::size_t longestMessage = 2000;

/// Sets `changed` if the text holds a secret.
std::string redacted(const std::string& text, const Redact& redact, bool& changed) {
    std::string result = redact(text);
    changed = changed || result != text;
    return result;
}

template <class Class>
void throwIf(const ApiError& error, const std::string& message, const ApiErrorDetails& details) {
    if (dynamic_cast<const Class*>(&error) == nullptr) return;
    throw Class(message, details, error.context());
}

void rethrowApiError(const ApiError& error, const std::string& message, bool changed, const Redact& redact) {
    ApiErrorDetails details = error.details();
    for (std::string* text :
         {&details.code, &details.type, &details.serverMessage, &details.requestId, &details.body}) {
        *text = redacted(*text, redact, changed);
    }
    // JSON may escape the characters of a secret.
    const std::string decoded = withoutJsonEscapes(details.body);
    if (redact(decoded) != decoded) {
        details.body.clear();
        changed = true;
    }
    if (!changed) return;
    throwIf<AuthenticationError>(error, message, details);
    throwIf<NotFoundError>(error, message, details);
    throwIf<RateLimitError>(error, message, details);
    throwIf<ServerError>(error, message, details);
    throw ApiError(message, details, error.context());
}

}  // namespace

void rethrowRedacted(const Error& error, const Redact& redact) {
    // Before it is cut and cleaned, because a part of a secret is not recognised; and after, because cleaning may join
    // the parts.
    const std::string message = redact(cleanText(redact(error.what()), longestMessage));
    bool changed = message != error.what();
    if (const auto* api = dynamic_cast<const ApiError*>(&error)) {
        rethrowApiError(*api, message, changed, redact);
    } else if (const auto* response = dynamic_cast<const ResponseError*>(&error)) {
        const std::string pointer = redacted(response->pointer(), redact, changed);
        if (changed) {
            throw ResponseError(message, pointer, response->offset(), error.context());
        }
    } else if (const auto* transport = dynamic_cast<const TransportError*>(&error)) {
        if (changed) throw TransportError(transport->kind(), message, error.context());
    } else if (const auto* argument = dynamic_cast<const InvalidArgument*>(&error)) {
        const std::string name = redacted(argument->argument(), redact, changed);
        if (changed) throw InvalidArgument(name, message);
    } else if (dynamic_cast<const Cancelled*>(&error) != nullptr) {
        if (changed) throw Cancelled(message, error.context());
    } else if (changed) {
        throw Error(message, error.context());
    }
    throw;
}

}  // namespace refold::internal
