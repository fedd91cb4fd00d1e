// Configures the easy handle and enforces the limits on the response.
#include "transport/transfer.hpp"

#include <refold/error.hpp>

#include "text/ascii_case.hpp"
#include "transport/attempt_timeout.hpp"
#include "transport/curl_errors.hpp"
#include "transport/http_header.hpp"
#include "transport/https_proxy.hpp"
#include "transport/response_rules.hpp"
#include "transport/url.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <new>

namespace refold::internal {

namespace {

// Far above what an API sends; a server that sends more is broken or hostile. Trailers and 1xx responses count too.
constexpr std::size_t maxHeaderBytes = std::size_t{256} * 1024;
constexpr std::size_t maxHeaders = 512;

constexpr long keepAliveIdleSeconds = 20;
constexpr long keepAliveIntervalSeconds = 5;

/// Returns the buffer size for a growing body: the limit, divided by eight while the body still fits. No buffer exceeds
/// the limit, and the outgrown ones, which the allocator may keep, are small in comparison.
std::size_t capacityFor(std::size_t size, std::size_t limit) {
    constexpr std::size_t step = 8;
    std::size_t capacity = limit;
    while (capacity > step && capacity / step >= size) capacity /= step;
    return capacity;
}

std::size_t takeHeader(char* data, std::size_t size, std::size_t count, void* transfer) {
    const std::size_t bytes = size * count;
    return static_cast<Transfer*>(transfer)->onHeader({data, bytes}) ? bytes : 0;
}

std::size_t takeBody(char* data, std::size_t size, std::size_t count, void* transfer) {
    const std::size_t bytes = size * count;
    // Any count but that of the bytes given is a failure; 0 would not be one for an empty chunk.
    return static_cast<Transfer*>(transfer)->onBody({data, bytes}) ? bytes : bytes + 1;
}

#if LIBCURL_VERSION_NUM >= 0x075000
int noteConnected(void* transfer, char* /*remoteAddress*/, char* /*localAddress*/, int /*remotePort*/,
                  int /*localPort*/) {
    static_cast<Transfer*>(transfer)->onConnected();
    return CURL_PREREQFUNC_OK;
}
#endif

/// Takes an alert of two bytes from libcurl's trace of TLS. If it is written through the TLS of a proxy, libcurl does
/// not report why the TLS library refuses the server.
int noteAlert(CURL* /*easy*/, curl_infotype kind, char* data, size_t size, void* transfer) {
    constexpr char fatal = 2;
    if (kind == CURLINFO_SSL_DATA_OUT && size == 2 && data[0] == fatal) {
        static_cast<Transfer*>(transfer)->onFatalAlert(static_cast<unsigned char>(data[1]));
    }
    return 0;
}

void append(HeaderList& list, const std::string& line) {
    curl_slist* const longer = curl_slist_append(list.get(), line.c_str());
    if (longer == nullptr) throw std::bad_alloc();
    static_cast<void>(list.release());
    list.reset(longer);
}

std::string httpVersionName(long version) {
    switch (version) {
        case CURL_HTTP_VERSION_1_0:
            return "1.0";
        case CURL_HTTP_VERSION_1_1:
            return "1.1";
        case CURL_HTTP_VERSION_2_0:
            return "2";
        case CURL_HTTP_VERSION_3:
            return "3";
        default:
            return {};
    }
}

std::chrono::microseconds timeOf(CURL* easy, CURLINFO what) {
    curl_off_t time = 0;
    curl_easy_getinfo(easy, what, &time);
    return std::chrono::microseconds(time);
}

/// Converts a time limit for libcurl: at least 1 ms, because 0 means none, and at most what a 32-bit `long` holds.
long curlTime(std::chrono::milliseconds time) {
    constexpr std::int64_t longest = std::numeric_limits<std::int32_t>::max();
    return static_cast<long>(std::clamp<std::int64_t>(time.count(), 1, longest));
}

}  // namespace

Transfer::Transfer(const WireOptions& options) : options_(options), easy_(curl_easy_init()) {
    CURL* const easy = easy_.get();
    if (easy == nullptr) throw std::bad_alloc();
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, errorText_.data());
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &takeHeader);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &takeBody);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
#if LIBCURL_VERSION_NUM >= 0x075000
    // Fails if the libcurl at run time is older than the one at compile time.
    reportsConnect_ = curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, &noteConnected) == CURLE_OK;
    curl_easy_setopt(easy, CURLOPT_PREREQDATA, this);
#endif

#if LIBCURL_VERSION_NUM >= 0x075500
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
#else
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS, static_cast<long>(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    curl_easy_setopt(easy, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
    curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    // Schannel checks revocation, and would refuse every certificate of an authority that publishes none.
    curl_easy_setopt(easy, CURLOPT_SSL_OPTIONS, static_cast<long>(CURLSSLOPT_REVOKE_BEST_EFFORT));
    curl_easy_setopt(easy, CURLOPT_PROXY_SSL_OPTIONS, static_cast<long>(CURLSSLOPT_REVOKE_BEST_EFFORT));
    if (!options.caFile.empty()) {
        curl_easy_setopt(easy, CURLOPT_CAINFO, options.caFile.c_str());
        curl_easy_setopt(easy, CURLOPT_PROXY_CAINFO, options.caFile.c_str());
    }

    // Refuses by Content-Length; onBody counts bodies without one.
    const auto largest = static_cast<std::uint64_t>(std::numeric_limits<curl_off_t>::max());
    curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE,
                     static_cast<curl_off_t>(std::min<std::uint64_t>(options.maxResponseBytes, largest)));

    // Enforces time limits without signals, and without waiting for a resolver thread that hangs in getaddrinfo.
    if (isHttpsProxy(options.proxy)) {
        curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, &noteAlert);
        curl_easy_setopt(easy, CURLOPT_DEBUGDATA, this);
        curl_easy_setopt(easy, CURLOPT_VERBOSE, 1L);
    }
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
#if LIBCURL_VERSION_NUM >= 0x075700
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
#endif
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, curlTime(options.connectTimeout));
    // Probes kept connections to find dead ones, and limits their age.
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPIDLE, keepAliveIdleSeconds);
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPINTVL, keepAliveIntervalSeconds);
    curl_easy_setopt(easy, CURLOPT_MAXAGE_CONN, static_cast<long>(options.maxIdle.count()));
#if LIBCURL_VERSION_NUM >= 0x075000
    curl_easy_setopt(easy, CURLOPT_MAXLIFETIME_CONN, static_cast<long>(options.maxLifetime.count()));
#endif
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "gzip");
    // Waits for the first HTTP/2 connection instead of opening several at the start.
    curl_easy_setopt(easy, CURLOPT_PIPEWAIT, 1L);
}

void Transfer::prepare(const HttpRequest& request) {
    CURL* const easy = easy_.get();
    request_ = &request;
    response_ = {};
    headerBytes_ = 0;
    connected_ = false;
    alert_ = 0;
    headersComplete_ = false;
    bodyBegun_ = false;
    refusal_.reset();
    failure_ = nullptr;
    errorText_.front() = '\0';

    curl_easy_setopt(easy, CURLOPT_URL, request.url.c_str());
    if (request.method == "GET") {
        curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
        curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, nullptr);
    } else {
        curl_easy_setopt(easy, CURLOPT_POST, 1L);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.body.c_str());
        curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    }

    requestHeaders_.reset();
    for (const HttpHeader& header : request.headers) {
        append(requestHeaders_, header.value.empty() ? header.name + ";" : header.name + ": " + header.value);
    }
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, requestHeaders_.get());

    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, curlTime(request.timeout));
    // libcurl repeats a request by itself if a kept connection is dead; it does not on a fresh one.
    curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, request.idempotent ? 0L : 1L);
    chooseProxy(request);
}

void Transfer::chooseProxy(const HttpRequest& request) {
    CURL* const easy = easy_.get();
    const std::optional<Url> target = Url::parse(request.url);
    secure_ = target && target->isHttps();
    // HTTP/2 needs TLS. Not for requests that are not idempotent: libcurl repeats by itself what an HTTP/2 server says
    // it has not processed (REFUSED_STREAM, GOAWAY), and a gateway cannot promise that for the server behind it.
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION,
                     static_cast<long>(secure_ && request.idempotent ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1));
    if (options_.proxy) {
        curl_easy_setopt(easy, CURLOPT_PROXY, options_.proxy->c_str());
        curl_easy_setopt(easy, CURLOPT_NOPROXY, "");
    } else {
        const bool byEnvironment = secure_ && !target->isLoopback();
        curl_easy_setopt(easy, CURLOPT_PROXY, byEnvironment ? nullptr : "");
    }
}

bool Transfer::onHeader(std::string_view line) noexcept {
    try {
        headerBytes_ += line.size();
        if (headerBytes_ > maxHeaderBytes || response_.headers.size() >= maxHeaders) {
            refuse(TransportError::Kind::tooLarge, "the answer's headers exceed the limit of " +
                                                       std::to_string(maxHeaders) + " headers or " +
                                                       std::to_string(maxHeaderBytes / 1024) + " KiB");
            return false;
        }
        readHeader(line);
        return !refusal_;
    } catch (...) {
        failure_ = std::current_exception();
        return false;
    }
}

void Transfer::readHeader(std::string_view line) {
    if (bodyBegun_) return;  // a trailer
    if (isStatusLine(line)) {
        if (const std::string_view fault = faultOfStatusLine(line); !fault.empty()) {
            refuse(TransportError::Kind::protocol, std::string(fault));
            return;
        }
        response_.headers.clear();  // those of a 1xx answer before
        headersComplete_ = false;
        return;
    }
    if (trimmed(line).empty()) {
        headersComplete_ = true;
        long status = 0;
        curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
        if (status == 101)
            refuse(TransportError::Kind::protocol, "the server switched to a protocol that was not requested");
        return;
    }
    readField(line);
}

// libcurl before 7.83 accepts fields without a colon or with a NUL, before 8.21 those with a carriage return inside;
// before 7.84 it does not join continued lines.
void Transfer::readField(std::string_view line) {
    const std::string_view withoutEnd = line.substr(0, line.size() - std::min<std::size_t>(line.size(), 2));
    if (line.find('\0') != std::string_view::npos || withoutEnd.find('\r') != std::string_view::npos) {
        refuse(TransportError::Kind::protocol, "a header of the answer contains a NUL or a carriage return");
        return;
    }
    const bool continues = line.front() == ' ' || line.front() == '\t';
    if (continues && !response_.headers.empty()) {
        std::string& value = response_.headers.back().value;
        value += ' ';
        value += trimmed(line);
        return;
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) {
        refuse(TransportError::Kind::protocol, "a line of the answer's headers has no colon");
        return;
    }
    const std::string_view name = trimmed(line.substr(0, colon));
    const std::string_view value = trimmed(line.substr(colon + 1));
    // Which of two is right cannot be known (RFC 9112, 6.3). libcurl uses the last length, and before 8.17 the first
    // location.
    for (const std::string_view single : {"Content-Length", "Location"}) {
        if (!equalsIgnoringCase(name, single)) continue;
        const std::string_view before = response_.header(single);
        if (!before.empty() && !value.empty() && before != value) {
            refuse(TransportError::Kind::protocol, "the answer has two different " + std::string(single) + " headers");
            return;
        }
    }
    if (equalsIgnoringCase(name, "Content-Length") && !isOneLength(value)) {
        refuse(TransportError::Kind::protocol, "the answer's Content-Length is not a number");
        return;
    }
    response_.headers.push_back(httpHeader(std::string(name), std::string(value)));
}

void Transfer::refuse(TransportError::Kind kind, const std::string& reason) {
    refusal_.emplace(kind, reason);
}

bool Transfer::onBody(std::string_view bytes) noexcept {
    try {
        bodyBegun_ = true;
        const std::size_t limit = options_.maxResponseBytes;
        if (bytes.size() > limit - response_.body.size()) {
            refuse(TransportError::Kind::tooLarge, tooLargeReason(limit));
            return false;
        }
        const std::size_t size = response_.body.size() + bytes.size();
        if (size > response_.body.capacity()) response_.body.reserve(capacityFor(size, limit));
        response_.body.append(bytes);
        return true;
    } catch (...) {
        failure_ = std::current_exception();
        return false;
    }
}

HttpResponse Transfer::takeResponse(CURLcode result) {
    if (failure_ != nullptr) std::rethrow_exception(failure_);
    if (result != CURLE_OK) fail(result);
    // libcurl accepts a connection closed in the middle of the headers as a complete response without a body.
    if (!headersComplete_) {
        throw TransportError(TransportError::Kind::truncated,
                             "the connection was closed in the middle of the answer's headers");
    }
    long status = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
    response_.status = static_cast<int>(status);
    response_.transfer = info();
    return std::move(response_);
}

TransferInfo Transfer::info() const {
    CURL* const easy = easy_.get();
    TransferInfo info;
    info.resolve = timeOf(easy, CURLINFO_NAMELOOKUP_TIME_T);
    info.connect = timeOf(easy, CURLINFO_CONNECT_TIME_T);
    info.tls = timeOf(easy, CURLINFO_APPCONNECT_TIME_T);
    info.firstByte = timeOf(easy, CURLINFO_STARTTRANSFER_TIME_T);
    info.total = timeOf(easy, CURLINFO_TOTAL_TIME_T);
    long connects = 0;
    curl_easy_getinfo(easy, CURLINFO_NUM_CONNECTS, &connects);
    // The count is 0 too if connecting failed.
    info.connectionReused = connects == 0 && requestWasSent();
    long version = 0;
    curl_easy_getinfo(easy, CURLINFO_HTTP_VERSION, &version);
    info.httpVersion = httpVersionName(version);
    curl_off_t bytes = 0;
    curl_easy_getinfo(easy, CURLINFO_SIZE_DOWNLOAD_T, &bytes);
    info.bytesReceived = static_cast<std::uint64_t>(bytes);
    return info;
}

/// True if part of the request may have reached the server: it is sent as soon as the connection, with TLS, is
/// established. CURLINFO_PRETRANSFER_TIME_T does not show this: part of a request is sent before it, and libcurl 8.23
/// sets it even if it never connected.
bool Transfer::requestWasSent() const {
    if (reportsConnect_) return connected_;
    long requestBytes = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_REQUEST_SIZE, &requestBytes);
    long connects = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_NUM_CONNECTS, &connects);
    // Over a new connection, the bytes may be those of CONNECT.
    const bool isTlsReady = connects == 0 || timeOf(easy_.get(), CURLINFO_APPCONNECT_TIME_T).count() > 0;
    return requestBytes > 0 && (!secure_ || isTlsReady);
}

/// Newer versions of libcurl (8.14) neither report the connect time nor name TLS if the handshake timed out.
bool Transfer::handshakeBegun() const {
#if LIBCURL_VERSION_NUM >= 0x080700
    long connects = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_NUM_CONNECTS, &connects);
    long usesProxy = 1;  // for a libcurl at run time that does not know
    curl_easy_getinfo(easy_.get(), CURLINFO_USED_PROXY, &usesProxy);
    long connectStatus = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_HTTP_CONNECTCODE, &connectStatus);
    return secure_ && connects > 0 && (usesProxy == 0 || connectStatus == 200);
#else
    return false;
#endif
}

bool Transfer::suspectsConnection(CURLcode result) const {
    if (result == CURLE_OK || result == CURLE_ABORTED_BY_CALLBACK || refusal_ || failure_ != nullptr) return false;
    if (result == CURLE_OPERATION_TIMEDOUT && headerBytes_ == 0) {
        // Without a message from libcurl it waited for a connection that another request uses.
        return requestWasSent() || errorText_.front() == '\0';
    }
    return info().connectionReused;
}

/// True if an invalid certificate would be the proxy's.
bool Transfer::failedAtProxy() const {
    long verified = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_PROXY_SSL_VERIFYRESULT, &verified);
    if (verified != 0) return true;
    long connectStatus = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_HTTP_CONNECTCODE, &connectStatus);
    // A proxy from the environment may be passed by for this host.
    return connectStatus == 0 && options_.proxy && isHttpsProxy(options_.proxy);
}

void Transfer::fail(CURLcode result) const {
    if (refusal_) throw TransportError(*refusal_);
    TransferProgress progress;
    progress.maxResponseBytes = options_.maxResponseBytes;
    progress.connected = requestWasSent();
    progress.handshakeBegun = handshakeBegun();
    progress.certificateOfProxy = failedAtProxy();
    progress.limit = request_->timeout;
    progress.connectLimit = options_.connectTimeout;
    progress.times = info();
    long systemError = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_OS_ERRNO, &systemError);
    progress.systemError = static_cast<int>(systemError);
    progress.headersBegun = headerBytes_ > 0;
    progress.bodyBegun = bodyBegun_;
    long connectStatus = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_HTTP_CONNECTCODE, &connectStatus);
    progress.proxyStatus = static_cast<int>(connectStatus);
    progress.behindHttpsProxy = connectStatus != 0 && isHttpsProxy(options_.proxy);
    if (progress.behindHttpsProxy) progress.sentAlert = alert_;
    const std::string detail = errorText_.data();
    const TransportError error = transportErrorFor(result, detail, progress);
    ErrorContext context = error.context();
    context.outcomeUnknown = progress.connected && error.outcomeUnknown();
    if (error.kind() == TransportError::Kind::timeout && !isConnectTimeout(detail, progress)) {
        throw AttemptTimeout(error.what(), doingAtTimeout(detail, progress), context);
    }
    throw TransportError(error.kind(), error.what(), context);
}

}  // namespace refold::internal
