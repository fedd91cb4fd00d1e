// The seam between the library and the network: one request in, one response out. The default is made of libcurl; a test or
// a program with a network stack of its own passes another in `ClientOptions::transport`.
#ifndef REFOLD_TRANSPORT_HPP
#define REFOLD_TRANSPORT_HPP

#include <refold/cancel.hpp>
#include <refold/export.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace refold {
inline namespace v0 {

/// A header of a request or a response.
struct HttpHeader {
    /// In any case of letters.
    std::string name;
    /// Without surrounding blanks.
    std::string value;
};

/// What a transport is to send.
struct HttpRequest {
    /// In capitals.
    std::string method = "GET";
    std::string url = {};  ///< absolute, percent-encoded, without credentials
    /// All that are to be sent, credentials included: whoever logs them logs secrets.
    std::vector<HttpHeader> headers = {};
    /// Empty for none.
    std::string body = {};
    /// Whether the server may get it twice without harm. If not, a transport sends it on a fresh connection and never
    /// replays it.
    bool idempotent = true;
    /// The most that this attempt may take.
    std::chrono::milliseconds timeout{30000};
    /// Ends the attempt; a transport looks at it while it waits.
    CancelToken cancel = {};
};

/// Where an exchange's time went, each measured from its start; zero for what did not happen (a reused connection is neither
/// resolved nor connected again).
struct TransferInfo {
    /// Until the name was resolved.
    std::chrono::microseconds resolve{0};
    /// Until the connection stood.
    std::chrono::microseconds connect{0};
    /// Until it was secured.
    std::chrono::microseconds tls{0};
    /// Until the first byte of the answer.
    std::chrono::microseconds firstByte{0};
    /// Until the last one.
    std::chrono::microseconds total{0};
    /// Whether a connection was used that stood already.
    bool connectionReused = false;
    /// `1.0`, `1.1` or `2`; empty where unknown.
    std::string httpVersion = {};
    /// The body's size on the wire, before decompression.
    std::uint64_t bytesReceived = 0;
};

/// What came back, whatever its status.
struct HttpResponse {
    /// The HTTP status; 0 for none.
    int status = 0;
    /// In the order in which they came; a name may come several times.
    std::vector<HttpHeader> headers = {};
    std::string body = {};  ///< decompressed
    /// How the exchange went.
    TransferInfo transfer = {};

    /// The value of the first header of that name, in any case of letters; empty where there is none.
    /// \param name  in any case of letters
    /// \return the value, as long as the response lives
    REFOLD_EXPORT std::string_view header(std::string_view name) const noexcept;
};

/// Sends requests. One transport serves all threads of a client at the same time.
class REFOLD_EXPORT Transport {
  public:
    Transport() = default;
    Transport(const Transport&) = delete;
    Transport& operator=(const Transport&) = delete;
    virtual ~Transport();

    /// Sends `request` and returns what came back, whatever its status: a 404 is a response. Redirects are not followed.
    /// Throws `TransportError` when no whole response came within `request.timeout`, and `Cancelled` soon
    /// after `request.cancel` is cancelled.
    /// \param request  what to send, and within which time
    /// \return the response
    virtual HttpResponse send(const HttpRequest& request) = 0;
};

}  // namespace v0
}  // namespace refold

#endif
