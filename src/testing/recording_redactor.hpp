// What of an exchange may go into a recording. By allow-lists, so that what nobody has thought of stays out; besides, secrets
// that were seen are taken out wherever they appear. Used by RecordingTransport, and by ReplayingTransport to compare like with like.
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
    /// Remembers the credentials in a request's headers, and the tokens and account ids in a body.
    void learnHeaders(const std::vector<HttpHeader>& headers);
    void learnBody(const JsonTree& body);

    std::vector<HttpHeader> headers(const std::vector<HttpHeader>& headers) const;
    /// Of a query, the values of the documented parameters.
    std::string query(std::string_view query) const;
    /// Of a body, the values of the documented fields that hold nobody's data.
    JsonTree body(const JsonTree& body) const;
    /// The text with every secret that was seen replaced by `***`.
    std::string text(std::string text) const;

  private:
    void learn(std::string_view secret);
    JsonTree value(const JsonTree& value, bool allowed) const;

    std::vector<std::string> secrets_;
};

}  // namespace refold::internal::fake

#endif
