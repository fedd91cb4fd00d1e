// Replaces known secrets.
#include "auth/redactor.hpp"

#include "auth/redaction.hpp"
#include "text/ascii_case.hpp"
#include "text/json_escapes.hpp"
#include "text/percent_encoding.hpp"

#include <algorithm>

namespace refold::internal {

namespace {

std::size_t indexOf(char c) noexcept {
    return static_cast<unsigned char>(c);
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
    add(percentEncode(secret));
}

void Redactor::add(std::string_view secret) {
    if (secret.size() < minSecretLength) return;
    std::string lowered = toLower(secret);
    const auto isShorter = [&lowered](const std::string& other) { return other.size() < lowered.size(); };
    const auto place = std::find_if(secrets_.begin(), secrets_.end(), isShorter);
    if (std::find(secrets_.begin(), place, lowered) != place) return;
    const char first = lowered.front();
    begins_.set(indexOf(first));
    if (first >= 'a' && first <= 'z') begins_.set(indexOf(static_cast<char>(first - 'a' + 'A')));
    secrets_.insert(place, std::move(lowered));
}

std::size_t Redactor::lengthAt(std::string_view text, std::size_t at) const noexcept {
    if (!begins_.test(indexOf(text[at]))) return 0;
    for (const std::string& secret : secrets_) {
        if (equalsIgnoringCase(text.substr(at, secret.size()), secret)) return secret.size();
    }
    return 0;
}

std::string Redactor::operator()(std::string_view text, std::size_t maxRead) const {
    const std::size_t end = std::min(text.size(), maxRead);
    std::string result;
    std::size_t copied = 0;
    // The end of the secret that was found last. One that begins inside it belongs to the same mark.
    std::size_t hidden = 0;
    for (std::size_t at = 0; at < end; ++at) {
        const std::size_t length = lengthAt(text, at);
        if (length == 0) continue;
        if (at >= hidden) {
            result += text.substr(copied, at - copied);
            result += redactionMark;
        }
        hidden = std::max(hidden, at + length);
        copied = hidden;
    }
    if (copied < end) result += text.substr(copied, end - copied);
    return result;
}

std::string Redactor::line(std::string_view text, std::size_t maxBytes) const {
    std::string decoded;
    const std::string_view excerpt = text.substr(0, maxExcerpt);
    const bool isExcerpt = text.size() > excerpt.size();
    if (excerpt.find('\\') != std::string_view::npos) {
        // JSON that could not be parsed may escape the characters of a secret.
        decoded = withoutJsonEscapes(excerpt);
        if (finds(decoded)) text = decoded;
    }
    const std::string cleaned = cleanText((*this)(text, maxExcerpt), uncut);
    // Again, because cleaning may join the parts of a secret. An excerpt may end within one.
    const std::size_t unsure = isExcerpt ? std::min(longest(), cleaned.size()) : 0;
    return cleanText((*this)(cleaned, cleaned.size() - unsure), maxBytes);
}

bool Redactor::finds(std::string_view text) const {
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (lengthAt(text, at) > 0) return true;
    }
    return false;
}

}  // namespace refold::internal
