// Decodes a request's query string and path. Used by the embedded server's endpoints and its request log.
#ifndef REFOLD_TESTING_QUERY_PARAMETERS_HPP
#define REFOLD_TESTING_QUERY_PARAMETERS_HPP

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace refold::internal::fake {

class QueryParameters {
  public:
    explicit QueryParameters(std::string_view query);

    /// Returns the first parameter of that name, or null.
    const std::string* find(std::string_view name) const noexcept;
    /// Like `find`, but returns an empty text if there is none.
    std::string text(std::string_view name) const;

  private:
    std::vector<std::pair<std::string, std::string>> pairs_;
};

/// A parameter that the API refuses.
class BadParameter : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Returns `otherwise` if there is no such parameter. Throws BadParameter.
std::int64_t positiveNumber(const QueryParameters& parameters, std::string_view name, std::int64_t otherwise);

/// Decodes a path segment, in which `+` is not a space.
std::string decodeSegment(std::string_view segment);

}  // namespace refold::internal::fake

#endif
