// Maps result codes to kinds, keeps libcurl's message as the reason, and adds advice.
#include "transport/curl_errors.hpp"

#include "time/duration_text.hpp"

#include <algorithm>
#include <initializer_list>
#include <system_error>

namespace refold::internal {

namespace {

using Kind = TransportError::Kind;

bool contains(const std::string& text, const char* part) {
    return text.find(part) != std::string::npos;
}

TransportError timeoutError(const std::string& detail, const TransferProgress& progress) {
    const std::string limit = isConnectTimeout(detail, progress)
                                  ? "the connect timeout of " + inSeconds(progress.connectLimit)
                                  : "the attempt's timeout of " + inSeconds(progress.limit);
    return TransportError(Kind::timeout, limit + " passed " + doingAtTimeout(detail, progress));
}

bool containsAny(const std::string& text, std::initializer_list<const char*> parts) {
    return std::any_of(parts.begin(), parts.end(), [&text](const char* part) { return contains(text, part); });
}

/// The common reasons in plain words. Recognises the texts of OpenSSL, GnuTLS and Schannel, which names its own codes.
std::string tlsReason(CURLcode code, const std::string& detail, const TransferProgress& progress) {
    const std::string owner = progress.certificateOfProxy ? "the proxy" : "the server";
    const std::string certificate = owner + "'s certificate ";
    if (code == CURLE_SSL_CACERT_BADFILE) {
        return "the CA file cannot be read (" + detail +
               "); check caFile, or where none is set, install the system's CA certificates (package ca-certificates)";
    }
    if (containsAny(detail, {"expired", "EXPIRED"})) return certificate + "has expired (" + detail + ")";
    if (contains(detail, "not yet valid")) return certificate + "is not valid yet (" + detail + ")";
    if (contains(detail, "NOT_TIME_VALID")) return certificate + "has expired or is not valid yet (" + detail + ")";
    if (containsAny(detail, {"does not match", "no alternative certificate", "WRONG_PRINCIPAL",
                             "failed to match connection hostname", "certificate name verification failed"})) {
        return certificate + "is for another host (" + detail + "); check the name in the URL";
    }
    if (containsAny(detail, {"self-signed", "self signed", "unable to get", "unknown CA", "unable to verify",
                             "UNTRUSTED_ROOT", "PARTIAL_CHAIN", "not trusted"})) {
        return certificate + "is not signed by a known CA (" + detail + "); if you trust " + owner +
               ", set caFile to its authority";
    }
    return "the TLS connection to " + owner + " failed (" + detail + ")";
}

/// The alerts from bad_certificate to certificate_unknown, and unknown_ca (RFC 8446, 6).
bool isAboutCertificate(int alert) noexcept {
    return (alert >= 42 && alert <= 46) || alert == 48;
}

std::string textOfAlert(int alert) {
    if (alert == 45) return "certificate expired";
    return alert == 48 ? "unknown CA" : "TLS alert " + std::to_string(alert);
}

/// The system's reason for a failed connect, which libcurl omits: refused, no route, not permitted.
std::string systemReason(int error) {
    // Not generic_category(): on Windows errors of sockets are the system's, not errno's.
    return error == 0 ? std::string() : " (" + std::system_category().message(error) + ")";
}

TransportError connectionLost(const std::string& reason, const TransferProgress& progress) {
    if (progress.bodyBegun) {
        return TransportError(Kind::truncated, "the connection was lost in the middle of the answer (" + reason + ")");
    }
    return TransportError(Kind::reset, "the connection was lost before the answer was complete (" + reason + ")");
}

}  // namespace

bool isConnectTimeout(const std::string& detail, const TransferProgress& progress) noexcept {
    // Without a message from libcurl the event loop ended the request, by the request's own limit.
    return !detail.empty() && !progress.connected && progress.connectLimit < progress.limit;
}

std::string doingAtTimeout(const std::string& detail, const TransferProgress& progress) {
    if (progress.bodyBegun) return "while the answer was being read";
    if (progress.headersBegun && progress.connected) return "while the answer's headers were being read";
    if (progress.connected) return "while waiting for an answer";
    if (detail.empty()) return "while waiting for another call's connection to this server";
    if (progress.handshakeBegun || progress.times.connect.count() > 0 || contains(detail, "SSL")) {
        return "during the TLS handshake";
    }
    if (progress.times.resolve.count() > 0) return "while connecting";
    return "while resolving the host's name";
}

std::string tooLargeReason(std::size_t maxResponseBytes) {
    return "the answer exceeds maxResponseBytes (" + std::to_string(maxResponseBytes) +
           "); raise it if such answers are expected";
}

TransportError transportErrorFor(CURLcode code, const std::string& detail, const TransferProgress& progress) {
    const std::string reason = detail.empty() ? curl_easy_strerror(code) : detail;
    if (progress.proxyStatus >= 300) {
        return TransportError(Kind::proxy, "the proxy refused the connection with status " +
                                               std::to_string(progress.proxyStatus) +
                                               "; check its address and credentials");
    }
    if (contains(reason, "nsupported proxy")) {
        // libcurl repeats the URL with its password.
        return TransportError(Kind::proxy,
                              "the proxy's URL cannot be used (it is not shown, it may hold a password); check the "
                              "option proxy, or the variables https_proxy, http_proxy and all_proxy");
    }
    switch (code) {
        case CURLE_COULDNT_RESOLVE_HOST:
        case CURLE_COULDNT_RESOLVE_PROXY:
            return TransportError(Kind::resolve, reason + "; check the base URL (or the proxy's) and the network");
        case CURLE_COULDNT_CONNECT:
            return TransportError(Kind::connect, reason + systemReason(progress.systemError) +
                                                     "; check the base URL (or the proxy's) and the network");
        case CURLE_OPERATION_TIMEDOUT:
            return timeoutError(detail, progress);
        case CURLE_PARTIAL_FILE:
            return TransportError(Kind::truncated, "the answer was cut short (" + reason + ")");
        case CURLE_BAD_CONTENT_ENCODING:
            // The server chose this encoding; nothing was damaged on the way.
            if (containsAny(reason, {"Unrecognized", "Reject", "Transfer-Encoding"})) {
                return TransportError(Kind::protocol,
                                      "the answer has an encoding that was not requested (" + reason + ")");
            }
            return TransportError(Kind::truncated, "the answer cannot be decompressed (" + reason + ")");
        case CURLE_SSL_CONNECT_ERROR:
            // A peer that hangs up in the handshake is a lost connection, not a refusal of TLS.
            // Newer libcurls (8.14) show OpenSSL's empty error for SSL_ERROR_SYSCALL.
            if (containsAny(reason, {"SSL_ERROR_SYSCALL", "error:00000000:", "reset by peer", "unexpected eof"})) {
                if (isAboutCertificate(progress.sentAlert)) {
                    return TransportError(Kind::tls, tlsReason(code, textOfAlert(progress.sentAlert), progress));
                }
                // The TLS library's reason is lost when the refusal is written through the TLS of the proxy.
                const char* const hint = progress.behindHttpsProxy ? "; behind an HTTPS proxy, a certificate of the "
                                                                     "server's that is not signed by a known CA looks "
                                                                     "like this too: check caFile"
                                                                   : "";
                return TransportError(Kind::reset,
                                      "the connection was lost during the TLS handshake (" + reason + ")" + hint);
            }
            return TransportError(Kind::tls, tlsReason(code, reason, progress));
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CACERT_BADFILE:
        case CURLE_SSL_CERTPROBLEM:
        case CURLE_SSL_CIPHER:
        case CURLE_SSL_ISSUER_ERROR:
        case CURLE_SSL_ENGINE_INITFAILED:
        case CURLE_SSL_INVALIDCERTSTATUS:
        case CURLE_USE_SSL_FAILED:
            return TransportError(Kind::tls, tlsReason(code, reason, progress));
        case CURLE_RECV_ERROR:
            // "... in chunked-encoding" up to libcurl 8.4; since then also "chunk hex-length ...", and for a size
            // beyond 63 bits "invalid chunk size: ...".
            if (containsAny(reason, {"chunked-encoding", "chunk hex-length", "chunk size"})) {
                return TransportError(Kind::protocol, "the answer's chunked encoding is invalid (" + reason + ")");
            }
            return connectionLost(reason, progress);
        case CURLE_GOT_NOTHING:
        case CURLE_SEND_ERROR:
        case CURLE_HTTP2:
        case CURLE_HTTP2_STREAM:
            return connectionLost(reason, progress);
        case CURLE_FILESIZE_EXCEEDED:
            return TransportError(Kind::tooLarge, tooLargeReason(progress.maxResponseBytes));
#if LIBCURL_VERSION_NUM >= 0x080600
        case CURLE_TOO_LARGE:
#endif
        case CURLE_OUT_OF_MEMORY:
            // libcurl before 8.6 reports a header or status line beyond its limit as out of memory.
            if (progress.connected && (!progress.bodyBegun || code != CURLE_OUT_OF_MEMORY)) {
                return TransportError(Kind::tooLarge, "a header of the answer is longer than libcurl accepts");
            }
            return TransportError(Kind::other, reason);
        case CURLE_WEIRD_SERVER_REPLY:
        case CURLE_UNSUPPORTED_PROTOCOL:
            return TransportError(
                Kind::protocol, "the peer does not speak HTTP (" + reason + "); check the base URL's scheme and port");
        case CURLE_PROXY:
            return TransportError(Kind::proxy, reason);
        default:
            return TransportError(Kind::other, reason);
    }
}

}  // namespace refold::internal
