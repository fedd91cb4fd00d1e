// Replaces known secrets.
#include "auth/redactor.hpp"

#include "auth/redaction.hpp"
#include "text/ascii_case.hpp"
#include "text/percent_encoding.hpp"

#include <algorithm>

namespace refold::internal {

namespace {

/// Returns the text with `%2B` as `%2b`, which means the same.
std::string withLowerCaseHex(std::string encoded) {
    for (std::size_t i = 0; i + 2 < encoded.size(); ++i) {
        if (encoded[i] != '%') continue;
        encoded[i + 1] = toLower(encoded[i + 1]);
        encoded[i + 2] = toLower(encoded[i + 2]);
    }
    return encoded;
}

}  // namespace

void Redactor::learn(const std::vector<HttpHeader>& authHeaders) {
    for (const HttpHeader& header : authHeaders) {
        learn(header.value);
        const std::size_t space = header.value.find(' ');
        if (space != std::string::npos) learn(std::string_view(header.value).substr(space + 1));
    }
}

void Redactor::learn(std::string_view secret) {
    add(secret);
    // Servers may repeat it in a link.
    const std::string encoded = percentEncode(secret);
    add(encoded);
    add(withLowerCaseHex(encoded));
}

void Redactor::add(std::string_view secret) {
    if (secret.size() < minSecretLength || std::find(secrets_.begin(), secrets_.end(), secret) != secrets_.end())
        return;
    secrets_.emplace_back(secret);
    // The longest first, so that a secret that contains another is replaced as a whole.
    std::stable_sort(secrets_.begin(), secrets_.end(),
                     [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
}

std::string Redactor::operator()(std::string text) const {
    for (const std::string& secret : secrets_) {
        for (std::size_t at = text.find(secret); at != std::string::npos;
             at = text.find(secret, at + redactionMark.size())) {
            text.replace(at, secret.size(), redactionMark);
        }
    }
    return text;
}

}  // namespace refold::internal
