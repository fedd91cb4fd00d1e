// Events for logs, metrics and traces. Derive from `Observer`, override the members of interest, and pass the object in
// `ClientOptions::observer`. Events hold no credentials: headers are shown by an allow-list, URLs and messages are
// redacted.
#ifndef REFOLD_OBSERVER_HPP
#define REFOLD_OBSERVER_HPP

#include <refold/export.hpp>
#include <refold/transport.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace refold {
inline namespace v0 {

/// A request is about to be sent.
struct RequestEvent {
    std::uint64_t callId = 0;              ///< the same in all events of one call; unique within a client
    int attempt = 0;                       ///< starts at 1
    std::string method = {};               ///< `GET`, `POST`
    std::string url = {};                  ///< without credentials
    std::vector<HttpHeader> headers = {};  ///< the value is `***` unless the header is on the allow-list
};

/// A response has arrived, whatever its status.
struct ResponseEvent {
    std::uint64_t callId = 0;              ///< as in `RequestEvent`
    int attempt = 0;                       ///< as in `RequestEvent`
    int status = 0;                        ///< HTTP status
    std::vector<HttpHeader> headers = {};  ///< as in `RequestEvent`
    TransferInfo transfer = {};            ///< timing of the exchange
    std::uint64_t bodyBytes = 0;           ///< after decompression
};

/// An attempt failed and another one follows.
struct RetryEvent {
    std::uint64_t callId = 0;           ///< as in `RequestEvent`
    int attempt = 0;                    ///< the attempt that failed
    std::string reason = {};            ///< one line
    std::chrono::milliseconds wait{0};  ///< pause before the next attempt
};

/// A request was delayed to keep to the rate limit.
struct PacingEvent {
    std::uint64_t callId = 0;             ///< as in `RequestEvent`
    std::chrono::milliseconds waited{0};  ///< how long it was delayed
};

/// A call has ended.
struct CallEvent {
    std::uint64_t callId = 0;            ///< as in `RequestEvent`
    int attempts = 0;                    ///< how often the request was sent
    int status = 0;                      ///< of the last response; 0 if none arrived
    std::string error = {};              ///< empty if the call succeeded
    TransferInfo transfer = {};          ///< of the last response
    std::chrono::microseconds total{0};  ///< with back-off and pacing
};

/// A watch (`Client::watchExecutions`) or a wait (`Client::waitForExecution`) failed to poll and tries again later, or
/// polls successfully again. The failed calls are reported by their own events as well.
struct OutageEvent {
    bool over = false;                    ///< true if the server answers again
    std::string reason = {};              ///< one line; empty when the outage is over
    std::int64_t failures = 0;            ///< consecutive polls that failed
    std::chrono::milliseconds wait{0};    ///< until the next poll; 0 when the outage is over
    std::chrono::milliseconds lasted{0};  ///< since the first failure
};

/// A watch has polled. The changes that it found are delivered next.
struct PollEvent {
    std::int64_t polls = 0;             ///< polls so far, this one included
    std::int64_t found = 0;             ///< new runs and status changes found, whether or not they match the query
    std::chrono::milliseconds wait{0};  ///< until the next poll
};

/// Receives events on the thread that carries out the request: the caller's, or a thread that a listing started for
/// `ListingOptions::prefetch`. Members may be called concurrently and must be thread-safe. The request waits until the
/// member returns. Exceptions are discarded.
class REFOLD_EXPORT Observer {
  public:
    Observer() = default;
    Observer(const Observer&) = delete;
    Observer& operator=(const Observer&) = delete;
    virtual ~Observer();

    /// Called before each request; a redirect is a further request of the same attempt.
    virtual void onRequest(const RequestEvent& event);
    /// Called after each response, whatever its status. If none arrives, `onRetry` or `onCallEnd` follows.
    virtual void onResponse(const ResponseEvent& event);
    /// Called before the pause.
    virtual void onRetry(const RetryEvent& event);
    /// Called after the delay.
    virtual void onPacing(const PacingEvent& event);
    /// Called once for each call, whether it succeeded or failed.
    virtual void onCallEnd(const CallEvent& event);
    /// Called after each failed poll, before the pause, and once when a poll succeeds again.
    virtual void onOutage(const OutageEvent& event);
    /// Called after each poll, on the thread that is inside the watch's `begin()` or `++`. It may call the watch's
    /// `checkpoint()`. Save the first one even without changes, so that a restart misses nothing from then on.
    virtual void onPoll(const PollEvent& event);
};

}  // namespace v0
}  // namespace refold

#endif
