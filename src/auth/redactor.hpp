// Replaces a call's credentials in texts. Applied to every text that leaves the library in an error or event.
#ifndef REFOLD_AUTH_REDACTOR_HPP
#define REFOLD_AUTH_REDACTOR_HPP

#include <refold/transport.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace refold::internal {

class Redactor {
  public:
    /// Adds the values of authentication headers (for `Bearer x` also `x`).
    void learn(const std::vector<HttpHeader>& authHeaders);
    /// Adds a text, also in its URL-encoded form.
    void learn(std::string_view secret);
    /// Replaces every known secret by `***`.
    std::string operator()(std::string text) const;

  private:
    void add(std::string_view secret);

    std::vector<std::string> secrets_;
};

}  // namespace refold::internal

#endif
