// Compares what a server says with the credentials in its plain and its percent-encoded form.
#include "pipeline/redirect.hpp"

#include <refold/error.hpp>

#include "text/percent_encoding.hpp"
#include "transport/url.hpp"

#include <cstddef>
#include <optional>

namespace refold::internal {

namespace {

constexpr std::size_t maxLocation = 300;

[[noreturn]] void refuseRedirect(const std::string& reason) {
    throw TransportError(TransportError::Kind::redirect, "the server redirects to " + reason);
}

bool holdsSecret(const std::string& text, const Redactor& redactor) {
    return redactor.finds(text) || redactor.finds(percentDecode(text));
}

}  // namespace

bool isRedirect(int status) noexcept {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

std::string redirectTarget(const std::string& url, std::string_view location, const Redactor& redactor) {
    const std::optional<Url> here = Url::parse(url);
    const std::optional<Url> target = here ? here->resolve(location) : std::nullopt;
    if (!target) {
        const std::string given(location);
        const std::string shown =
            holdsSecret(given, redactor) ? "not shown: secret" : redactor.line(given, maxLocation);
        refuseRedirect("an invalid URL: " + shown + "; check the base URL");
    }
    if (target->hasCredentials())
        refuseRedirect("a URL with a user name or password, which is not followed; check the base URL");
    if (!target->sameOrigin(*here)) {
        const std::string shown = holdsSecret(target->origin(), redactor) ? "not shown: secret" : target->origin();
        refuseRedirect("another origin, " + shown +
                       ", where the credentials are not sent; if the API has moved there, set the base URL to it");
    }
    if (holdsSecret(target->text(), redactor)) {
        refuseRedirect("a URL of " + target->origin() +
                       " that holds the credentials, which is not followed; check the base URL");
    }
    return target->text();
}

}  // namespace refold::internal
