// A request's query string, decoded. Used by the embedded server's endpoint and its request log.
#ifndef REFOLD_TESTING_QUERY_PARAMETERS_HPP
#define REFOLD_TESTING_QUERY_PARAMETERS_HPP

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace refold::internal::fake {

class QueryParameters {
  public:
    explicit QueryParameters(std::string_view query);

    /// The first of that name; null where there is none.
    const std::string* find(std::string_view name) const noexcept;
    /// As `find`, with an empty text where there is none.
    std::string text(std::string_view name) const;

  private:
    std::vector<std::pair<std::string, std::string>> pairs_;
};

}  // namespace refold::internal::fake

#endif
