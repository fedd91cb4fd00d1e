// What the library reports while it works, for logs, metrics and traces. Derive from `Observer`, override what is wanted, and
// pass it in `ClientOptions::observer`. Events are redacted by construction: they hold no credential, and of the headers
// only those on an allow-list.
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
    std::uint64_t callId = 0;  ///< the same in all events of one call; unique within a client
    int attempt = 0;           ///< 1-based
    /// `GET`, `POST`
    std::string method = {};
    /// Without credentials.
    std::string url = {};
    std::vector<HttpHeader> headers = {};  ///< those on the allow-list; of the others the name with the value `***`
};

/// A response has arrived, whatever its status.
struct ResponseEvent {
    /// As in `RequestEvent`.
    std::uint64_t callId = 0;
    /// As in `RequestEvent`.
    int attempt = 0;
    /// The HTTP status.
    int status = 0;
    std::vector<HttpHeader> headers = {};  ///< as in `RequestEvent`
    /// Where the time went.
    TransferInfo transfer = {};
    std::uint64_t bodyBytes = 0;  ///< after decompression
};

/// An attempt failed and another follows.
struct RetryEvent {
    /// As in `RequestEvent`.
    std::uint64_t callId = 0;
    int attempt = 0;          ///< the one that failed
    std::string reason = {};  ///< one line
    /// The pause before the next attempt.
    std::chrono::milliseconds wait{0};
};

/// A request was held back to stay within the rate limit.
struct PacingEvent {
    /// As in `RequestEvent`.
    std::uint64_t callId = 0;
    /// How long the request was held back.
    std::chrono::milliseconds waited{0};
};

/// A call has ended.
struct CallEvent {
    /// As in `RequestEvent`.
    std::uint64_t callId = 0;
    /// How often the request was sent.
    int attempts = 0;
    int status = 0;                      ///< of the last response; 0 where none came
    std::string error = {};              ///< empty when the call succeeded
    TransferInfo transfer = {};          ///< of the last response
    std::chrono::microseconds total{0};  ///< with back-off and pacing
};

/// A watch (`Client::watchExecutions`) could not look at the history and tries again later, or could again. The calls that failed
/// are reported by themselves as well.
struct OutageEvent {
    /// Whether the server can be reached again.
    bool over = false;
    std::string reason = {};              ///< one line; empty when it is over
    std::int64_t failures = 0;            ///< looks that failed so far, since the last that did not
    std::chrono::milliseconds wait{0};    ///< until the next try; 0 when it is over
    std::chrono::milliseconds lasted{0};  ///< since the first failure
};

/// A watch has looked at the history. What it found is delivered next.
struct PollEvent {
    std::int64_t polls = 0;  ///< looks so far, this one included
    std::int64_t found = 0;  ///< new runs and changes of status that it found, in the query's statuses or not
    std::chrono::milliseconds wait{0};  ///< until the next look
};

/// Receives events on the threads that make the calls, several at a time. What it throws is swallowed: watching must not
/// change what happens. It should return soon, for the call waits for it.
class REFOLD_EXPORT Observer {
  public:
    Observer() = default;
    Observer(const Observer&) = delete;
    Observer& operator=(const Observer&) = delete;
    virtual ~Observer();

    /// \param event  the request that is about to be sent
    virtual void onRequest(const RequestEvent& event);
    /// \param event  the response that has arrived
    virtual void onResponse(const ResponseEvent& event);
    /// \param event  the attempt that failed, and the pause before the next one
    virtual void onRetry(const RetryEvent& event);
    /// \param event  how long a request was held back
    virtual void onPacing(const PacingEvent& event);
    /// \param event  how the call ended
    virtual void onCallEnd(const CallEvent& event);
    /// \param event  the outage as it stands
    virtual void onOutage(const OutageEvent& event);
    /// On the watch's own thread, which may take its `checkpoint()` here: the first is worth keeping before anything has changed.
    /// \param event  what the look was like
    virtual void onPoll(const PollEvent& event);
};

}  // namespace v0
}  // namespace refold

#endif
