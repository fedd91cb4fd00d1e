// Copies errors with redacted texts.
#include "auth/redacted_error.hpp"

#include "auth/redaction.hpp"
#include "text/json_escapes.hpp"

#include <utility>

namespace refold::internal {

namespace {

using Redact = std::function<std::string(std::string)>;

constexpr std::size_t maxMessage = 2000;

/// Sets `changed` if the text holds a secret.
std::string redacted(const std::string& text, const Redact& redact, bool& changed) {
    std::string result = redact(text);
    changed = changed || result != text;
    return result;
}

/// The properties of the copy of an error.
struct Copy {
    std::string message;
    ErrorContext context;
    /// False if the original can be thrown.
    bool isNeeded;
};

template <class Class>
void throwIf(const ApiError& error, const Copy& copy, const ApiErrorDetails& details) {
    if (dynamic_cast<const Class*>(&error) == nullptr) return;
    throw Class(copy.message, details, copy.context);
}

void rethrowApiError(const ApiError& error, Copy copy, const Redact& redact) {
    ApiErrorDetails details = error.details();
    for (std::string* text :
         {&details.code, &details.type, &details.serverMessage, &details.requestId, &details.body}) {
        *text = redacted(*text, redact, copy.isNeeded);
    }
    // JSON may escape the characters of a secret.
    const std::string decoded = withoutJsonEscapes(details.body);
    if (redact(decoded) != decoded) {
        details.body.clear();
        copy.isNeeded = true;
    }
    if (!copy.isNeeded) return;
    throwIf<AuthenticationError>(error, copy, details);
    throwIf<NotFoundError>(error, copy, details);
    throwIf<RateLimitError>(error, copy, details);
    throwIf<ServerError>(error, copy, details);
    throw ApiError(copy.message, details, copy.context);
}

/// Returns if the original can be thrown.
void throwCopy(const Error& error, Copy copy, const Redact& redact) {
    if (const auto* api = dynamic_cast<const ApiError*>(&error)) {
        rethrowApiError(*api, std::move(copy), redact);
    } else if (const auto* response = dynamic_cast<const ResponseError*>(&error)) {
        const std::string pointer = redacted(response->pointer(), redact, copy.isNeeded);
        if (copy.isNeeded) throw ResponseError(copy.message, pointer, response->offset(), copy.context);
    } else if (const auto* transport = dynamic_cast<const TransportError*>(&error)) {
        if (copy.isNeeded) throw TransportError(transport->kind(), copy.message, copy.context);
    } else if (const auto* argument = dynamic_cast<const InvalidArgument*>(&error)) {
        const std::string name = redacted(argument->argument(), redact, copy.isNeeded);
        if (copy.isNeeded) throw InvalidArgument(name, copy.message);
    } else if (dynamic_cast<const Cancelled*>(&error) != nullptr) {
        if (copy.isNeeded) throw Cancelled(copy.message, copy.context);
    } else if (copy.isNeeded) {
        throw Error(copy.message, copy.context);
    }
}

std::string redactedMessage(const Error& error, const Redact& redact) {
    return redactedLine(error.what(), maxMessage, redact);
}

}  // namespace

void rethrowRedacted(const Error& error, const Redact& redact) {
    std::string message = redactedMessage(error, redact);
    const bool isNeeded = message != error.what();
    throwCopy(error, {std::move(message), error.context(), isNeeded}, redact);
    throw;
}

void rethrowWithOutcomeUnknown(const Error& error, const Redact& redact, const std::string& warning) {
    if (dynamic_cast<const InvalidArgument*>(&error) != nullptr) rethrowRedacted(error, redact);
    ErrorContext context = error.context();
    context.outcomeUnknown = true;
    throwCopy(error, {redactedMessage(error, redact) + warning, context, true}, redact);
    throw;
}

}  // namespace refold::internal
