// A transport with scripted answers, for unit tests of whatever sits on a `refold::Client`: no socket, no server, no wait
// that was not asked for. Passed in `ClientOptions::transport`. Part of the testing component.
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

/// Answers requests from a script, in the order in which they come, and remembers what was asked:
///
///     auto transport = std::make_shared<refold::testing::FakeTransport>();
///     transport->respond(429, "{}", {{"Retry-After", "1"}}).respond(200, page);
///
/// Every member may be called from any thread. A request beyond the script's end throws `std::logic_error`, which a client
/// passes on as a `TransportError` with the same words, and does not try again.
class REFOLD_TESTING_EXPORT FakeTransport final : public Transport {
  public:
    /// Works an answer out from a request.
    using Responder = std::function<HttpResponse(const HttpRequest&)>;

    FakeTransport();
    ~FakeTransport() override;

    /// The next answer of the script.
    /// \param status   the HTTP status
    /// \param body     what it answers
    /// \param headers  and the headers to it
    /// \return this transport; so all that script
    FakeTransport& respond(int status, std::string body = {}, std::vector<HttpHeader> headers = {});
    /// \param response  the next answer of the script
    /// \return this transport; so all that script
    FakeTransport& respond(HttpResponse response);
    /// In place of an answer, a `TransportError` of this kind.
    /// \param kind     what goes wrong
    /// \param message  in one line
    /// \return this transport
    FakeTransport& fail(TransportError::Kind kind, std::string message = "scripted failure");
    /// An answer worked out from the request; what the callable throws is what `send` throws.
    /// \param responder  called on the thread that sends the request
    /// \return this transport
    FakeTransport& respondWith(Responder responder);
    /// In place of an answer, silence: until the request's time limit, or until it is cancelled.
    /// \return this transport
    FakeTransport& hang();

    /// Makes the answer that was scripted last take this long. The wait ends early as a real transport's does: with `Cancelled`
    /// when the request is cancelled, with a timeout when its time is over.
    /// \param delay  before the answer
    /// \return this transport
    FakeTransport& after(std::chrono::milliseconds delay);
    /// Gives the answer that was scripted last for all requests to come.
    /// \return this transport
    FakeTransport& repeat();

    /// What was asked so far, in order.
    /// \return a copy, credentials included
    std::vector<HttpRequest> requests() const;
    /// \return how many requests have come
    std::size_t requestCount() const;
    /// How many scripted answers are left, one that repeats not counted.
    /// \return 0 when all has been asked for
    std::size_t remaining() const;
    /// Waits until so many requests have come; false if they have not after `timeout`.
    /// \param count    counted from the start
    /// \param timeout  how long at most
    /// \return whether they have come
    bool waitForRequests(std::size_t count, std::chrono::milliseconds timeout = std::chrono::seconds(5)) const;

    /// Answers from the script.
    /// \param request  what is asked
    /// \return what was scripted
    /// \throws std::logic_error if the script has come to its end
    HttpResponse send(const HttpRequest& request) override;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace testing
}  // namespace v0
}  // namespace refold

#endif
