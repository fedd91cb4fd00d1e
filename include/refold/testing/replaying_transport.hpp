// A transport that answers from a file written by `RecordingTransport`, so that tests run on real answers without a
// server. Part of the testing component.
#ifndef REFOLD_TESTING_REPLAYING_TRANSPORT_HPP
#define REFOLD_TESTING_REPLAYING_TRANSPORT_HPP

#include <refold/testing/export.hpp>
#include <refold/transport.hpp>

#include <memory>
#include <string>
#include <vector>

namespace refold {
inline namespace v0 {
namespace testing {

/// Answers each request with the recorded answer to the same method, path and query. The order of the query's
/// parameters, the host, the headers and the body do not matter. Each recorded answer is used once; several for one
/// request are used in recorded order. A recorded failure is thrown as a `TransportError` of the same kind. A request
/// without an answer left throws `std::logic_error`, which a client reports as a `TransportError` with the same message
/// and does not retry.
///
/// Every member may be called from any thread.
class REFOLD_TESTING_EXPORT ReplayingTransport final : public Transport {
  public:
    /// Throws `std::runtime_error` if the file cannot be read or is not a recording.
    explicit ReplayingTransport(const std::string& file);
    ~ReplayingTransport() override;

    /// Returns the recorded answer. Throws `Cancelled` if the request is cancelled already.
    HttpResponse send(const HttpRequest& request) override;

    /// Returns the recorded requests that were not asked for, as `GET /path?query`. Empty if the test used the whole
    /// recording.
    std::vector<std::string> unused() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace testing
}  // namespace v0
}  // namespace refold

#endif
