// A transport with scripted answers, for unit tests of code that uses `refold::Client`: no socket, no server, no delay
// unless scripted. Passed in `ClientOptions::transport`. Part of the testing component.
#ifndef REFOLD_TESTING_FAKE_TRANSPORT_HPP
#define REFOLD_TESTING_FAKE_TRANSPORT_HPP

#include <refold/error.hpp>
#include <refold/testing/export.hpp>
#include <refold/transport.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace refold {
inline namespace v0 {
namespace testing {

/// Answers requests from a script, in order, and records them:
///
///     auto transport = std::make_shared<refold::testing::FakeTransport>();
///     transport->respond(429, "{}", {{"Retry-After", "1"}}).respond(200, page);
///
/// Every member may be called from any thread. A request beyond the end of the script throws `std::logic_error`, which
/// a client reports as a `TransportError` with the same message and does not retry.
class REFOLD_TESTING_EXPORT FakeTransport final : public Transport {
  public:
    /// Computes an answer from a request.
    using Responder = std::function<HttpResponse(const HttpRequest&)>;

    FakeTransport();
    ~FakeTransport() override;

    // Each of these appends an answer to the script and returns this transport.

    /// Appends an answer.
    FakeTransport& respond(int status, std::string body = {}, std::vector<HttpHeader> headers = {});
    /// Appends an answer.
    FakeTransport& respond(HttpResponse response);
    /// Appends a `TransportError`.
    FakeTransport& fail(TransportError::Kind kind, std::string message = "scripted failure");
    /// Appends an answer computed from the request, on the thread that sends it. `send` throws what the callable
    /// throws.
    FakeTransport& respondWith(Responder responder);
    /// Appends silence: the request ends by its time limit or by cancellation.
    FakeTransport& hang();

    // These change the answer appended last.

    /// Delays the answer. The request may end before, by its time limit or by cancellation.
    FakeTransport& after(std::chrono::milliseconds delay);
    /// Repeats the answer for all further requests.
    FakeTransport& repeat();

    /// Returns a copy of the requests so far, in order, with their credentials.
    std::vector<HttpRequest> requests() const;
    /// The number of requests so far.
    std::size_t requestCount() const;
    /// The number of scripted answers left, not counting one that repeats.
    std::size_t remaining() const;
    /// Waits until `count` requests have been sent since construction. Returns false after `timeout`.
    bool waitForRequests(std::size_t count, std::chrono::milliseconds timeout = std::chrono::seconds(5)) const;

    /// Returns the next scripted answer.
    HttpResponse send(const HttpRequest& request) override;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace testing
}  // namespace v0
}  // namespace refold

#endif
