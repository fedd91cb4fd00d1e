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

struct HttpHeader {
    std::string name;
    std::string value;
};

struct HttpRequest {
    std::string method = "GET";
    std::string url = {};  ///< absolute, percent-encoded, without credentials
    std::vector<HttpHeader> headers = {};
    std::string body = {};
    /// Whether the server may get it twice without harm. If not, a transport sends it on a fresh connection and never
    /// replays it.
    bool idempotent = true;
    /// The most that this attempt may take.
    std::chrono::milliseconds timeout{30000};
    CancelToken cancel = {};
};

/// Where an exchange's time went, each measured from its start; zero for what did not happen (a reused connection is neither
/// resolved nor connected again).
struct TransferInfo {
    std::chrono::microseconds resolve{0};
    std::chrono::microseconds connect{0};
    std::chrono::microseconds tls{0};
    std::chrono::microseconds firstByte{0};
    std::chrono::microseconds total{0};
    bool connectionReused = false;
    /// `1.0`, `1.1` or `2`; empty where unknown.
    std::string httpVersion = {};
    /// The body's size on the wire, before decompression.
    std::uint64_t bytesReceived = 0;
};

struct HttpResponse {
    int status = 0;
    std::vector<HttpHeader> headers = {};
    std::string body = {};  ///< decompressed
    TransferInfo transfer = {};

    /// The value of the first header of that name, in any case of letters; empty where there is none.
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
    virtual HttpResponse send(const HttpRequest& request) = 0;
};

}  // namespace v0
}  // namespace refold

#endif
