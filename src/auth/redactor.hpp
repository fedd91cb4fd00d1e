// Takes the credentials that a call was sent with out of texts, wherever they appear. Every text that leaves the library in an
// error goes through one.
#ifndef REFOLD_AUTH_REDACTOR_HPP
#define REFOLD_AUTH_REDACTOR_HPP

#include <refold/transport.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace refold::internal {

class Redactor {
  public:
    /// Adds the values of a request's authentication headers (of `Bearer x` also `x` alone).
    void learn(const std::vector<HttpHeader>& authHeaders);
    /// Adds one text, as it is and as a URL would hold it.
    void learn(std::string_view secret);
    /// The text with every known secret replaced by `***`.
    std::string operator()(std::string text) const;

  private:
    void add(std::string_view secret);

    std::vector<std::string> secrets_;
};

}  // namespace refold::internal

#endif
