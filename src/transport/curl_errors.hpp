// libcurl's result codes -> TransportError, with a reason that a person can act on. Used by Transfer.
#ifndef REFOLD_TRANSPORT_CURL_ERRORS_HPP
#define REFOLD_TRANSPORT_CURL_ERRORS_HPP

#include <refold/error.hpp>
#include <refold/transport.hpp>

#include <curl/curl.h>

#include <chrono>
#include <cstddef>
#include <string>

namespace refold::internal {

/// How far a transfer came before it failed.
struct TransferProgress {
    std::chrono::milliseconds limit{0};
    std::chrono::milliseconds connectLimit{0};
    TransferInfo times = {};
    /// TCP stands, and the proxy's tunnel where there is one, so that TLS has begun. False where that is not known:
    /// `times` and libcurl's words tell it then.
    bool handshakeBegun = false;
    /// All the way: TCP, proxy and TLS.
    bool connected = false;
    /// If a certificate is at fault: that of the proxy, not of the server.
    bool certificateOfProxy = false;
    /// The proxy, which has let the connection through, is itself spoken to over TLS.
    bool behindHttpsProxy = false;
    bool headersBegun = false;
    bool bodyBegun = false;
    /// What a proxy answered to CONNECT; 0 where there was none.
    int proxyStatus = 0;
    /// errno of the connect that failed; 0 where none did.
    int systemError = 0;
    std::size_t maxResponseBytes = 0;
};

/// Whether it was the connect timeout that passed, if any did, rather than the request's own.
bool isConnectTimeout(const std::string& detail, const TransferProgress& progress) noexcept;

/// "while waiting for an answer": what a transfer did when its time was up.
std::string doingAtTimeout(const std::string& detail, const TransferProgress& progress);

/// \param detail  libcurl's error buffer, which may be empty
TransportError transportErrorFor(CURLcode code, const std::string& detail, const TransferProgress& progress);

}  // namespace refold::internal

#endif
