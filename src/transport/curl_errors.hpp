// Turns libcurl's result codes into TransportErrors with a reason and advice. Used by Transfer.
#ifndef REFOLD_TRANSPORT_CURL_ERRORS_HPP
#define REFOLD_TRANSPORT_CURL_ERRORS_HPP

#include <refold/error.hpp>
#include <refold/transport.hpp>

#include <curl/curl.h>

#include <chrono>
#include <cstddef>
#include <string>

namespace refold::internal {

/// The state of a transfer when it failed.
struct TransferProgress {
    std::chrono::milliseconds limit{0};
    std::chrono::milliseconds connectLimit{0};
    TransferInfo times = {};
    /// True if the TLS handshake is known to have begun. If false, `times` and libcurl's message may still show it.
    bool handshakeBegun = false;
    /// True if TCP, the proxy's tunnel and TLS are established.
    bool connected = false;
    /// True if an invalid certificate is the proxy's, not the server's.
    bool certificateOfProxy = false;
    /// True if an HTTPS proxy has opened the tunnel.
    bool behindHttpsProxy = false;
    /// The fatal TLS alert that the server was sent through an HTTPS proxy; 0 if none is known.
    int sentAlert = 0;
    bool headersBegun = false;
    bool bodyBegun = false;
    /// The proxy's status for CONNECT; 0 without an answer.
    int proxyStatus = 0;
    /// The system's error code of a failed connect; 0 if none failed.
    int systemError = 0;
    std::size_t maxResponseBytes = 0;
};

/// True if a timeout was the connect timeout rather than the request's own.
bool isConnectTimeout(const std::string& detail, const TransferProgress& progress) noexcept;

/// The sentence that `tooLarge` errors of the body share.
std::string tooLargeReason(std::size_t maxResponseBytes);

/// Returns what a transfer did when it timed out, such as "while waiting for an answer".
std::string doingAtTimeout(const std::string& detail, const TransferProgress& progress);

/// `detail` is libcurl's error buffer, which may be empty.
TransportError transportErrorFor(CURLcode code, const std::string& detail, const TransferProgress& progress);

}  // namespace refold::internal

#endif
