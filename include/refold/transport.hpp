// The seam between the library and the network: one request in, one response out. The default transport uses libcurl.
// Derive from `Transport` to use another network stack or to fake one in tests, and pass it in
// `ClientOptions::transport`.
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
    std::string name;   ///< case does not matter
    std::string value;  ///< without surrounding blanks
};

/// A request as the transport sends it.
struct HttpRequest {
    std::string method = "GET";  ///< in capitals
    std::string url = {};        ///< absolute, percent-encoded, without credentials
    /// All headers to send. They include the credentials, so do not log them.
    std::vector<HttpHeader> headers = {};
    std::string body = {};  ///< empty for none
    /// True if the server may receive the request twice without harm. A transport sends any other request on a fresh
    /// connection and never repeats it.
    bool idempotent = true;
    /// Time limit of this attempt.
    std::chrono::milliseconds timeout{30000};
    /// Ends the attempt. A transport watches it while it waits.
    CancelToken cancel = {};
};

/// Timing of an exchange, each value measured from its start. Zero for a step that did not happen: a reused connection
/// is neither resolved nor connected.
struct TransferInfo {
    std::chrono::microseconds resolve{0};    ///< until the host name was resolved
    std::chrono::microseconds connect{0};    ///< until the TCP connection was established
    std::chrono::microseconds tls{0};        ///< until the TLS handshake completed
    std::chrono::microseconds firstByte{0};  ///< until the first byte of the answer
    std::chrono::microseconds total{0};      ///< until the last byte
    bool connectionReused = false;           ///< true if the connection existed before
    std::string httpVersion = {};            ///< `1.0`, `1.1` or `2`; empty if unknown
    std::uint64_t bytesReceived = 0;         ///< size of the body on the wire, before decompression
};

/// A complete response, whatever its status.
struct HttpResponse {
    int status = 0;                        ///< HTTP status
    std::vector<HttpHeader> headers = {};  ///< in the order received; a name may occur several times
    std::string body = {};                 ///< decompressed
    TransferInfo transfer = {};            ///< timing of the exchange

    /// Returns the value of the first header with that name, in any case; empty if there is none. Valid while the
    /// response lives.
    [[nodiscard]] REFOLD_EXPORT std::string_view header(std::string_view name) const noexcept;
};

/// Sends requests. All threads of a client use one transport at the same time.
class REFOLD_EXPORT Transport {
  public:
    Transport() = default;
    Transport(const Transport&) = delete;
    Transport& operator=(const Transport&) = delete;
    virtual ~Transport();

    /// Sends `request` and returns the response, whatever its status: a 404 is a response, and so is a redirect, which
    /// is not followed. Throws `TransportError` if no complete response arrives within `request.timeout`, and
    /// `Cancelled` soon after `request.cancel` is cancelled. The error's kind decides whether the call is retried and
    /// whether a rerun counts as sent. Any other `refold::Error` keeps its class and is not retried. Any other
    /// exception becomes a `TransportError` of kind `other`, which is not retried; `std::bad_alloc` passes through.
    /// After such an exception, except `InvalidArgument`, a rerun counts as sent (`Error::outcomeUnknown`).
    virtual HttpResponse send(const HttpRequest& request) = 0;
};

}  // namespace v0
}  // namespace refold

#endif
