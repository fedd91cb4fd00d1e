// Recognises secrets by their form.
#include "auth/secret_lookalikes.hpp"

#include "auth/redaction.hpp"
#include "text/ascii_case.hpp"
#include "text/ascii_class.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace refold::internal {

namespace {

// Words are shorter or have no digits, unlike ids, keys and tokens.
constexpr std::size_t maxHarmlessMix = 12;
constexpr std::size_t maxHarmlessWord = 32;

/// The characters of keys, JWTs and base64.
bool isSecretCharacter(char c) noexcept {
    return isDigit(c) || isLetter(c) || c == '-' || c == '_' || c == '.' || c == '+' || c == '/' || c == '~' ||
           c == '@' || c == '%' || static_cast<unsigned char>(c) >= 0x80;
}

bool endsIn(std::string_view text, std::string_view end) noexcept {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

template <std::size_t count>
bool isOneOf(const std::string_view (&words)[count], std::string_view word) noexcept {
    return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

/// True if a lower-case word is, or ends in, a usual name of a secret.
bool endsInSecretWord(std::string_view word) {
    constexpr std::string_view words[] = {
        "token",      "tokens",           "key",           "secret",      "secrets",    "password",
        "passwords",  "passwd",           "passphrase",    "pwd",         "bearer",     "basic",
        "jwt",        "apikey",           "authorization", "auth",        "credential", "signature",
        "session_id", "sessionid",        "cookie",        "credentials", "session",    "cookies",
        "account_id", "linked_account_id"};
    return std::any_of(std::begin(words), std::end(words),
                       [word](std::string_view secretWord) { return endsIn(word, secretWord); });
}

/// The schemes of an Authorization header.
bool isScheme(std::string_view word) noexcept {
    constexpr std::string_view schemes[] = {"bearer", "basic", "digest", "token",     "apikey",
                                            "hmac",   "oauth", "ntlm",   "negotiate", "aws4-hmac-sha256"};
    return isOneOf(schemes, word);
}

/// True for "bearer token" and "basic auth", which name a scheme and are not followed by a secret.
bool isSchemePhrase(std::string_view word) noexcept {
    constexpr std::string_view words[] = {"token",  "tokens", "auth",  "authentication", "authorization", "credential",
                                          "scheme", "header", "realm", "access",         "credentials"};
    return isOneOf(words, word);
}

bool looksSecret(std::string_view word) {
    const bool hasDigit = std::any_of(word.begin(), word.end(), isDigit);
    const bool hasLetter = std::any_of(word.begin(), word.end(), isLetter);
    return (hasDigit && hasLetter && word.size() > maxHarmlessMix) || word.size() > maxHarmlessWord;
}

/// Reads a text from left to right and copies what may be shown.
class LookalikeFilter {
  public:
    explicit LookalikeFilter(std::string_view text) : text_(text) {}

    std::string run() {
        while (at_ < text_.size()) {
            if (isSecretCharacter(text_[at_])) {
                readWord();
            } else {
                copyTo(at_ + 1);
            }
        }
        return std::move(clean_);
    }

  private:
    void readWord() {
        const std::string_view shown = wordAt(at_);
        const std::string word = toLower(shown);
        if (looksSecret(shown)) {
            redactTo(at_ + shown.size());
        } else {
            copyTo(at_ + shown.size());
        }
        const bool isSchemeAlone = word == "bearer" || word == "basic";
        if (const std::size_t value = behindSeparator(at_, word)) {
            copyTo(value);
            readValue(word);
        } else if (isSchemeAlone && skipBlanks(at_) > at_) {
            readBehindScheme(word);
        }
    }

    /// Returns where the value of the secret's name that ends at `at` begins; 0 for any other word. Finds "token: abc",
    /// "\"key\" = abc" and "password 'abc'", but not "the token is old" and "Token::parse".
    std::size_t behindSeparator(std::size_t at, std::string_view word) const {
        if (!endsInSecretWord(word)) return 0;
        const std::size_t nameEnd = isQuote(skipBackslashes(at)) ? skipBackslashes(at) + 1 : at;
        std::size_t i = skipBlanks(nameEnd);
        if (i > at && nameEnd == at && word != "key" && isQuote(i)) return i;
        if (i == text_.size() || (text_[i] != ':' && text_[i] != '=') || text_.substr(i, 2) == "::") return 0;
        // The colon after a URL precedes the error message.
        if (text_[i] == ':' && word.find('/') != std::string_view::npos) return 0;
        while (i < text_.size() && (text_[i] == ':' || text_[i] == '=' || text_[i] == '>')) ++i;
        return skipBlanks(i);
    }

    void readValue(std::string_view name) {
        const std::string_view shown = wordAt(at_);
        const std::string word = toLower(shown);
        const std::size_t behindWord = at_ + shown.size();
        if (isQuote(skipBackslashes(at_))) {
            redactQuoted();
        } else if (at_ < text_.size() && closingBracket(text_[at_]) != 0) {
            redactBracketed();
        } else if (endsIn(name, "cookie") || endsIn(name, "cookies")) {
            redactList();
        } else if (isScheme(word) && skipBlanks(behindWord) > behindWord) {
            copyTo(skipBlanks(behindWord));
            redactList();
        } else if (behindSeparator(behindWord, word) == 0) {
            redactTo(valueEnd(at_, ",;&)]}>"));
        }
    }

    void readBehindScheme(std::string_view scheme) {
        const std::size_t next = skipBlanks(at_);
        const std::string_view shown = wordAt(next);
        // "Basic plan": base64 of a name and a password is never all lower-case.
        const bool isProse =
            scheme == "basic" && std::all_of(shown.begin(), shown.end(), [](char c) { return c >= 'a' && c <= 'z'; });
        if (isSchemePhrase(toLower(shown)) || (isProse && !shown.empty())) return;
        copyTo(next);
        if (isQuote(skipBackslashes(at_))) {
            redactQuoted();
        } else {
            redactList();
        }
    }

    /// The closing quote of a nested quoted text has as many backslashes as the opening one.
    void redactQuoted() {
        const std::size_t quote = skipBackslashes(at_);
        const std::size_t slashes = quote - at_;
        copyTo(quote + 1);
        std::size_t end = at_;
        for (std::size_t run = 0; end < text_.size(); ++end) {
            if (text_[end] == text_[quote] && run % (2 * slashes + 2) == slashes) break;
            run = text_[end] == '\\' ? run + 1 : 0;
        }
        redactTo(end < text_.size() ? end - slashes : end);
    }

    void redactBracketed() {
        const char open = text_[at_];
        const char close = closingBracket(open);
        copyTo(at_ + 1);
        std::size_t end = at_;
        for (int depth = 1; end < text_.size(); ++end) {
            if (text_[end] == open) ++depth;
            if (text_[end] == close && --depth == 0) break;
        }
        redactTo(end);
    }

    /// Redacts "a=b; c=\"d e\"" to where no separator follows. After a comma only a named value belongs to the list.
    void redactList() {
        std::size_t end = valueEnd(at_, ",;)]}>");
        while (end > at_ && end < text_.size() && (text_[end] == ';' || text_[end] == ',')) {
            const std::size_t next = skipBlanks(end + 1);
            const std::size_t nextEnd = valueEnd(next, ",;)]}>");
            const bool isNamed = text_.substr(next, nextEnd - next).find('=') != std::string_view::npos;
            if (nextEnd == next || (text_[end] == ',' && !isNamed)) break;
            end = nextEnd;
        }
        redactTo(end);
    }

    /// Returns the end of the value: a blank, a quote or one of `stops`. A quoted text after a `=` belongs to the
    /// value.
    std::size_t valueEnd(std::size_t from, std::string_view stops) const {
        std::size_t i = from;
        while (i < text_.size() && !isBlank(text_[i]) && stops.find(text_[i]) == std::string_view::npos) {
            if (!isQuote(i)) {
                ++i;
            } else if (i > from && text_[i - 1] == '=') {
                i = std::min(text_.find(text_[i], i + 1), text_.size() - 1) + 1;
            } else {
                break;
            }
        }
        return i;
    }

    std::string_view wordAt(std::size_t at) const {
        std::size_t end = at;
        while (end < text_.size() && isSecretCharacter(text_[end])) ++end;
        return text_.substr(at, end - at);
    }
    static bool isBlank(char c) noexcept { return c == ' ' || (c >= '\t' && c <= '\r'); }
    bool isQuote(std::size_t at) const noexcept {
        return at < text_.size() && (text_[at] == '"' || text_[at] == '\'' || text_[at] == '`');
    }
    static char closingBracket(char open) noexcept {
        constexpr std::string_view opening = "([{<";
        constexpr std::string_view close = ")]}>";
        const std::size_t found = opening.find(open);
        return found == std::string_view::npos ? '\0' : close[found];
    }
    std::size_t skipBlanks(std::size_t i) const noexcept {
        while (i < text_.size() && isBlank(text_[i])) ++i;
        return i;
    }
    std::size_t skipBackslashes(std::size_t i) const noexcept {
        while (i < text_.size() && text_[i] == '\\') ++i;
        return i;
    }
    void copyTo(std::size_t end) {
        clean_ += text_.substr(at_, end - at_);
        at_ = end;
    }
    void redactTo(std::size_t end) {
        if (end > at_) clean_ += redactionMark;
        at_ = end;
    }

    const std::string_view text_;
    std::size_t at_ = 0;
    std::string clean_;
};

}  // namespace

std::string withoutSecretLookalikes(std::string_view text) {
    return LookalikeFilter(text).run();
}

}  // namespace refold::internal
