// Redaction by known values, and by looks.
#include "auth/redactor.hpp"

#include "codec/query_codec.hpp"

#include <algorithm>

namespace refold::internal {

namespace {

constexpr std::string_view blot = "***";
// Shorter values would blot out half of any sentence.
constexpr std::size_t shortestSecret = 4;
// Words are shorter or have no digits; ids, keys and tokens are not.
constexpr std::size_t longestHarmlessMix = 12;
constexpr std::size_t longestHarmlessWord = 32;

char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
bool isDigit(char c) noexcept {
    return c >= '0' && c <= '9';
}
bool isLetter(char c) noexcept {
    return lower(c) >= 'a' && lower(c) <= 'z';
}

/// What keys, JWTs and base64 are made of.
bool isSecretCharacter(char c) noexcept {
    return isDigit(c) || isLetter(c) || c == '-' || c == '_' || c == '.' || c == '+' || c == '/' || c == '~' ||
           c == '@' || c == '%' || static_cast<unsigned char>(c) >= 0x80;
}

bool endsInSecretWord(std::string_view word) {
    constexpr std::string_view words[] = {
        "token",         "key",         "secret", "password", "passwd",     "passphrase",
        "authorization", "auth",        "bearer", "basic",    "jwt",        "apikey",
        "credential",    "credentials", "cookie", "session",  "account_id", "linked_account_id"};
    std::string lowered(word);
    std::transform(lowered.begin(), lowered.end(), lowered.begin(), lower);
    return std::any_of(std::begin(words), std::end(words), [&](std::string_view secretWord) {
        return lowered.size() >= secretWord.size() &&
               std::string_view(lowered).substr(lowered.size() - secretWord.size()) == secretWord;
    });
}

bool looksSecret(std::string_view word) {
    const bool hasDigit = std::any_of(word.begin(), word.end(), isDigit);
    const bool hasLetter = std::any_of(word.begin(), word.end(), isLetter);
    return (hasDigit && hasLetter && word.size() > longestHarmlessMix) || word.size() > longestHarmlessWord;
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
    add(percentEncode(secret));  // as a server may repeat it in a link
}

void Redactor::add(std::string_view secret) {
    if (secret.size() < shortestSecret || std::find(secrets_.begin(), secrets_.end(), secret) != secrets_.end()) return;
    secrets_.emplace_back(secret);
    // The longest first, so that a secret that holds another goes as a whole.
    std::stable_sort(secrets_.begin(), secrets_.end(),
                     [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
}

std::string Redactor::operator()(std::string text) const {
    for (const std::string& secret : secrets_) {
        for (std::size_t at = text.find(secret); at != std::string::npos; at = text.find(secret, at + blot.size())) {
            text.replace(at, secret.size(), blot);
        }
    }
    return text;
}

std::string withoutSecretLookalikes(std::string_view text) {
    std::string clean;
    bool secretFollows = false;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t start = at;
        while (at < text.size() && isSecretCharacter(text[at])) ++at;
        if (at == start) {
            clean += text[at++];
            continue;
        }
        const std::string_view word = text.substr(start, at - start);
        const bool named = endsInSecretWord(word);
        // "token: abc" and "Bearer abc", but not "the token is old": a plain word only counts behind a separator.
        const char separator = at < text.size() ? text[at] : '\0';
        const bool announces = named && (separator == ':' || separator == '=' || separator == '"' ||
                                         separator == '\'' || lower(word.front()) == 'b');
        if (secretFollows && !announces) {
            clean += blot;
            secretFollows = false;
        } else {
            clean += looksSecret(word) ? blot : word;
            secretFollows = announces;
        }
    }
    return clean;
}

}  // namespace refold::internal
