// Removes secrets from recorded exchanges: keeps what allow-lists name, and replaces secrets that were seen wherever
// they occur. Used by RecordingTransport, and by ReplayingTransport to match requests.
#ifndef REFOLD_TESTING_RECORDING_REDACTOR_HPP
#define REFOLD_TESTING_RECORDING_REDACTOR_HPP

#include <refold/transport.hpp>

#include "testing/json_tree.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace refold::internal::fake {

class RecordingRedactor {
  public:
    /// Remembers the credentials in headers, and the tokens and account ids in a body.
    void learnHeaders(const std::vector<HttpHeader>& headers);
    void learnBody(const JsonTree& body);

    std::vector<HttpHeader> headers(const std::vector<HttpHeader>& headers) const;
    /// Keeps the values of documented parameters.
    std::string query(std::string_view query) const;
    /// Keeps the values of documented fields without personal data.
    JsonTree body(const JsonTree& body) const;
    /// Replaces every secret that was seen by `***`.
    std::string text(std::string text) const;

  private:
    void learn(std::string_view secret);
    JsonTree value(const JsonTree& value, bool allowed) const;

    std::vector<std::string> secrets_;
};

}  // namespace refold::internal::fake

#endif
