// Replaces a call's credentials in texts. Applied to every text that leaves the library in an error or event.
#ifndef REFOLD_AUTH_REDACTOR_HPP
#define REFOLD_AUTH_REDACTOR_HPP

#include <refold/transport.hpp>

#include "text/clean_text.hpp"

#include <bitset>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace refold::internal {

/// Finds secrets in any case of letters: a URL's host, for example, is shown in lower case.
class Redactor {
  public:
    /// Adds the values of authentication headers (for `Bearer x` also `x`).
    void learn(const std::vector<HttpHeader>& authHeaders);
    /// Adds a text, also in its URL-encoded form.
    void learn(std::string_view secret);

    /// Replaces every known secret by `***`, in one pass over the text. Reads the first `maxRead` bytes, and further if
    /// a secret begins there, so that the result never ends in a part of one.
    std::string operator()(std::string_view text, std::size_t maxRead = uncut) const;

    /// Returns one line of at most `maxBytes`, like `cleanText`, without secrets and parts of secrets. Reads about
    /// `maxExcerpt` bytes of the text.
    std::string line(std::string_view text, std::size_t maxBytes) const;

    /// True if the text holds a secret.
    bool finds(std::string_view text) const;

    /// The length of the longest secret.
    std::size_t longest() const noexcept { return secrets_.empty() ? 0 : secrets_.front().size(); }

    /// Far above any real message.
    static constexpr std::size_t maxExcerpt = std::size_t{64} * 1024;

  private:
    void add(std::string_view secret);
    /// Returns the length of the longest secret that begins at `at`, 0 if there is none.
    std::size_t lengthAt(std::string_view text, std::size_t at) const noexcept;

    /// In lower case, the longest first.
    std::vector<std::string> secrets_;
    /// The first characters of the secrets, in both cases.
    std::bitset<256> begins_;
};

}  // namespace refold::internal

#endif
