// A transport that answers from a file which a `RecordingTransport` wrote: tests run on real answers, without a server. Part of
// the testing component.
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

/// Answers each request with the recorded answer to the same method, path and query, whatever the order of the query's
/// parameters; host, headers and body do not count. Of several recorded answers to the same request each is given once, in their order.
/// A request for which none is left throws `std::logic_error`, which a client passes on as a `TransportError` with the same
/// words, and does not try again. A recorded failure is thrown again as a `TransportError` of the same kind.
///
/// Every member may be called from any thread.
class REFOLD_TESTING_EXPORT ReplayingTransport final : public Transport {
  public:
    /// \param file  a recording
    /// \throws std::runtime_error if it cannot be read or is not a recording
    explicit ReplayingTransport(const std::string& file);
    ~ReplayingTransport() override;

    /// \param request  what is asked
    /// \return the recorded answer
    /// \throws TransportError   a recorded failure
    /// \throws Cancelled        if the request is cancelled already
    /// \throws std::logic_error if no answer to this request is left
    HttpResponse send(const HttpRequest& request) override;

    /// \return the recorded requests whose answers nobody has asked for, as `GET /path?query`; a test that is to use them all expects none
    std::vector<std::string> unused() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace testing
}  // namespace v0
}  // namespace refold

#endif
