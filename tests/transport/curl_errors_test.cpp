// Tests the messages for timeouts, which name the limit and the interrupted activity, and for TLS failures.
#include "transport/curl_errors.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace refold::internal {
namespace {

using namespace std::chrono_literals;

TEST(CurlErrors, ATimeoutNamesItsLimitAndTheActivity) {
    TransferProgress start;
    start.limit = 30s;
    start.connectLimit = 10s;
    TransferProgress resolved = start;
    resolved.times.resolve = 1ms;
    TransferProgress inHandshake = resolved;
    inHandshake.times.connect = 2ms;
    TransferProgress inHandshakeByCount = resolved;
    inHandshakeByCount.handshakeBegun = true;
    TransferProgress connected = inHandshake;
    connected.connected = true;
    TransferProgress inHeaders = connected;
    inHeaders.headersBegun = true;
    TransferProgress inBody = inHeaders;
    inBody.bodyBegun = true;
    TransferProgress shortAttempt = resolved;
    shortAttempt.limit = 1500ms;
    struct Case {
        TransferProgress progress;
        std::string detail;
        std::string expected;
    };
    const std::vector<Case> cases{
        {start, "Resolving timed out", "the connect timeout of 10 s passed while resolving the host's name"},
        {resolved, "Connection timed out", "the connect timeout of 10 s passed while connecting"},
        {inHandshake, "SSL connection timeout", "the connect timeout of 10 s passed during the TLS handshake"},
        {inHandshakeByCount, "Connection timed out after 10000 milliseconds",
         "the connect timeout of 10 s passed during the TLS handshake"},
        {shortAttempt, "Connection timed out", "the attempt's timeout of 1500 ms passed while connecting"},
        {connected, "Operation timed out", "the attempt's timeout of 30 s passed while waiting for an answer"},
        {inHeaders, "Operation timed out",
         "the attempt's timeout of 30 s passed while the answer's headers were being read"},
        {inBody, "Operation timed out", "the attempt's timeout of 30 s passed while the answer was being read"},
        // libcurl reports nothing for a transfer that waits for another's connection: the loop ends it.
        {start, "", "the attempt's timeout of 30 s passed while waiting for another call's connection to this server"},
        {connected, "", "the attempt's timeout of 30 s passed while waiting for an answer"},
    };
    for (const Case& c : cases) {
        const TransportError error = transportErrorFor(CURLE_OPERATION_TIMEDOUT, c.detail, c.progress);
        EXPECT_EQ(error.kind(), TransportError::Kind::timeout);
        EXPECT_EQ(error.what(), c.expected);
    }
}

TEST(CurlErrors, TlsReasonsAreExplainedForEachLibrary) {
    struct Case {
        std::string detail;
        std::string expected;
    };
    const std::string unknown = "the server's certificate is not signed by a known CA";
    const std::string otherHost = "the server's certificate is for another host";
    const std::vector<Case> cases{
        {"SSL certificate problem: self-signed certificate in certificate chain", unknown},
        {"SSL certificate problem: unable to get local issuer certificate", unknown},
        {"schannel: next InitializeSecurityContext failed: SEC_E_UNTRUSTED_ROOT (0x80090325) - The certificate chain "
         "was issued by an "
         "authority that is not trusted.",
         unknown},
        {"schannel: CertGetCertificateChain trust error CERT_TRUST_IS_UNTRUSTED_ROOT", unknown},
        {"schannel: CertGetCertificateChain trust error CERT_TRUST_IS_PARTIAL_CHAIN", unknown},
        {"SSL: certificate subject name 'a' does not match target host name 'b'", otherHost},
        {"SSL: no alternative certificate subject name matches target host name 'b'", otherHost},
        {"schannel: SNI or certificate check failed: SEC_E_WRONG_PRINCIPAL (0x80090322) - The target principal name is "
         "incorrect.",
         otherHost},
        {"schannel: CertGetNameString() failed to match connection hostname (b) against server certificate names",
         otherHost},
        {"SSL certificate problem: certificate has expired", "the server's certificate has expired"},
        {"schannel: next InitializeSecurityContext failed: SEC_E_CERT_EXPIRED (0x80090328)",
         "the server's certificate has expired"},
        {"SSL certificate problem: certificate is not yet valid", "the server's certificate is not valid yet"},
        {"schannel: CertGetCertificateChain trust error CERT_TRUST_IS_NOT_TIME_VALID",
         "the server's certificate has expired or is not valid yet"},
        {"schannel: next InitializeSecurityContext failed: SEC_E_ILLEGAL_MESSAGE (0x80090326)",
         "the TLS connection to the server failed"},
    };
    for (const Case& c : cases) {
        const TransportError error = transportErrorFor(CURLE_PEER_FAILED_VERIFICATION, c.detail, {});
        EXPECT_EQ(error.kind(), TransportError::Kind::tls);
        EXPECT_EQ(std::string(error.what()).rfind(c.expected + " (", 0), 0U) << error.what();
    }
}

TEST(CurlErrors, APeerThatHangsUpInTheHandshakeIsALostConnection) {
    for (const char* const detail : {"OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to a:443",
                                     "OpenSSL SSL_connect: Connection reset by peer in connection to a:443",
                                     "TLS connect error: error:0A000126:SSL routines::unexpected eof while reading",
                                     "TLS connect error: error:00000000:lib(0)::reason(0)"}) {
        TransferProgress progress;
        progress.behindHttpsProxy = true;
        const TransportError error = transportErrorFor(CURLE_SSL_CONNECT_ERROR, detail, progress);
        EXPECT_EQ(error.kind(), TransportError::Kind::reset) << detail;
        EXPECT_NE(std::string(error.what()).find("check caFile"), std::string::npos) << error.what();
    }
}

TEST(CurlErrors, MessagesSayWhatToDo) {
    TransferProgress progress;
    progress.maxResponseBytes = 100;
    struct Case {
        CURLcode code;
        std::string detail;
        std::string expected;
    };
    const std::vector<Case> cases{
        {CURLE_COULDNT_RESOLVE_HOST, "Could not resolve host: a",
         "check the base URL (or the proxy's) and the network"},
        {CURLE_COULDNT_CONNECT, "Failed to connect to a", "check the base URL (or the proxy's) and the network"},
        {CURLE_FILESIZE_EXCEEDED, "", "exceeds maxResponseBytes (100); raise it"},
        {CURLE_WEIRD_SERVER_REPLY, "Received HTTP/0.9", "check the base URL's scheme and port"},
        {CURLE_PEER_FAILED_VERIFICATION, "self-signed certificate", "set caFile to its authority"},
        {CURLE_PEER_FAILED_VERIFICATION, "a does not match b", "check the name in the URL"},
        {CURLE_COULDNT_RESOLVE_PROXY, "Unsupported proxy syntax", "check the option proxy"},
    };
    for (const Case& c : cases) {
        const std::string message = transportErrorFor(c.code, c.detail, progress).what();
        EXPECT_NE(message.find(c.expected), std::string::npos) << message;
    }
}

// The texts of libcurl 7.74 to 8.22. Each is what the server means to send: another attempt would get the same.
TEST(CurlErrors, BrokenFramingIsProtocolWithEveryLibcurl) {
    struct Case {
        CURLcode code;
        std::string detail;
    };
    const std::vector<Case> cases{
        {CURLE_RECV_ERROR, "Illegal or missing hexadecimal sequence in chunked-encoding"},
        {CURLE_RECV_ERROR, "Malformed encoding found in chunked-encoding"},
        {CURLE_RECV_ERROR, "chunk hex-length char not a hex digit: 0x7a"},
        {CURLE_RECV_ERROR, "chunk hex-length longer than 16"},
        {CURLE_RECV_ERROR, "chunk hex-length not valid: 'ffffffffffffffff'"},
        {CURLE_RECV_ERROR, "invalid chunk size: 'ffffffffffffffff'"},
        {CURLE_BAD_CONTENT_ENCODING, "Unrecognized content encoding type"},
        {CURLE_BAD_CONTENT_ENCODING, "Reject response due to more than 5 content encodings"},
        {CURLE_BAD_CONTENT_ENCODING, "Reject response due to 'chunked' not being the last Transfer-Encoding"},
        {CURLE_BAD_CONTENT_ENCODING, "Unsolicited Transfer-Encoding (gzip) found"},
        {CURLE_BAD_CONTENT_ENCODING, "A Transfer-Encoding (gzip) was listed after chunked"},
        {CURLE_WEIRD_SERVER_REPLY, "Invalid status line"},
        {CURLE_WEIRD_SERVER_REPLY, "Nul byte in header"},
        {CURLE_UNSUPPORTED_PROTOCOL, "Unsupported response code in HTTP response"},
    };
    for (const Case& c : cases) {
        TransferProgress progress;
        progress.connected = true;
        const TransportError error = transportErrorFor(c.code, c.detail, progress);
        EXPECT_EQ(error.kind(), TransportError::Kind::protocol) << c.detail;
        EXPECT_FALSE(error.isTransient()) << c.detail;
        EXPECT_NE(std::string(error.what()).find(c.detail), std::string::npos) << error.what();
    }
}

// As on a bare Debian, where libcurl's own default is missing.
TEST(CurlErrors, AMissingCaFileNamesBothRemedies) {
    const TransportError error = transportErrorFor(
        CURLE_SSL_CACERT_BADFILE, "error setting certificate file: /etc/ssl/certs/ca-certificates.crt", {});
    EXPECT_EQ(error.kind(), TransportError::Kind::tls);
    for (const char* const remedy : {"/etc/ssl/certs/ca-certificates.crt", "caFile", "package ca-certificates"}) {
        EXPECT_NE(std::string(error.what()).find(remedy), std::string::npos) << error.what();
    }
}

}  // namespace
}  // namespace refold::internal
