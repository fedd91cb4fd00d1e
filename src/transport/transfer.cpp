// Settings of the easy handle, and the limits on what comes back.
#include "transport/transfer.hpp"

#include <refold/error.hpp>

#include "text/ascii_case.hpp"
#include "transport/attempt_timeout.hpp"
#include "transport/curl_errors.hpp"
#include "transport/url.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <new>

namespace refold::internal {

namespace {

// Far above what an API answers with; a server that sends more is broken or hostile. The trailers and the 1xx answers
// before the response count too.
constexpr std::size_t mostHeaderBytes = std::size_t{256} * 1024;
constexpr std::size_t mostHeaders = 512;

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blank = " \t\r\n";
    const std::size_t start = text.find_first_not_of(blank);
    if (start == std::string_view::npos) return {};
    return text.substr(start, text.find_last_not_of(blank) - start + 1);
}

/// The buffer for a body that is growing: the limit divided by eight as often as the body still fits. So no buffer is larger
/// than the limit, and the smaller ones before it, which the allocator may keep, are little beside it.
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
    // 0 for an empty chunk would be taken for a failure only if it differed from what was given.
    return static_cast<Transfer*>(transfer)->onBody({data, bytes}) ? bytes : bytes + 1;
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

}  // namespace

Transfer::Transfer(const WireOptions& options) : options_(options), easy_(curl_easy_init()) {
    CURL* const easy = easy_.get();
    if (easy == nullptr) throw std::bad_alloc();
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, errorText_.data());
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &takeHeader);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &takeBody);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);

    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    curl_easy_setopt(easy, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
    curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!options.caFile.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, options.caFile.c_str());

    // Refuses by the announced length already; what is not announced is counted in onBody.
    const auto largest = static_cast<std::uint64_t>(std::numeric_limits<curl_off_t>::max());
    curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE,
                     static_cast<curl_off_t>(std::min<std::uint64_t>(options.maxResponseBytes, largest)));

    // Time limits without signals, and without waiting for a resolver thread that is stuck in getaddrinfo.
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options.connectTimeout.count()));
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "gzip");
    // Rather wait for the first HTTP/2 connection than open several at the start.
    curl_easy_setopt(easy, CURLOPT_PIPEWAIT, 1L);
}

void Transfer::prepare(const HttpRequest& request) {
    CURL* const easy = easy_.get();
    request_ = &request;
    response_ = {};
    headerBytes_ = 0;
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

    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS,
                     static_cast<long>(std::max<std::chrono::milliseconds::rep>(request.timeout.count(), 1)));
    // libcurl sends a request again by itself when a kept connection turns out to be dead; on a fresh one it cannot.
    curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, request.idempotent ? 0L : 1L);
    chooseProxy(request);
}

void Transfer::chooseProxy(const HttpRequest& request) {
    CURL* const easy = easy_.get();
    const std::optional<Url> target = Url::parse(request.url);
    const bool secure = target && target->isHttps();
    // Over plain http there is no HTTP/2 to wait for. And libcurl sends again by itself what HTTP/2 servers say they have not
    // looked at (REFUSED_STREAM, GOAWAY), which is not theirs to promise for a request that must not happen twice.
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION,
                     static_cast<long>(secure && request.idempotent ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1));
    if (options_.proxy) {
        curl_easy_setopt(easy, CURLOPT_PROXY, options_.proxy->c_str());
        curl_easy_setopt(easy, CURLOPT_NOPROXY, "");
    } else {
        const bool byEnvironment = secure && !target->isLoopback();
        curl_easy_setopt(easy, CURLOPT_PROXY, byEnvironment ? nullptr : "");
    }
}

bool Transfer::onHeader(std::string_view line) noexcept {
    try {
        headerBytes_ += line.size();
        if (headerBytes_ > mostHeaderBytes || response_.headers.size() >= mostHeaders) {
            refuse(TransportError::Kind::tooLarge, "the answer has more headers than the " +
                                                       std::to_string(mostHeaders) + " (or " +
                                                       std::to_string(mostHeaderBytes / 1024) + " KiB) that are read");
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
    if (line.substr(0, 5) == "HTTP/") {
        response_.headers.clear();  // those of a 1xx answer before
        headersComplete_ = false;
        return;
    }
    if (trimmed(line).empty()) {
        headersComplete_ = true;
        long status = 0;
        curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
        if (status == 101)
            refuse(TransportError::Kind::protocol, "the server changes to a protocol that nobody asked for");
        return;
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return;
    const std::string_view name = trimmed(line.substr(0, colon));
    const std::string_view value = trimmed(line.substr(colon + 1));
    // libcurl goes by the last length; which one is true nobody can tell (RFC 9112, 6.3).
    const std::string_view before = response_.header("content-length");
    if (!before.empty() && before != value && sameButForCase(name, "content-length")) {
        refuse(TransportError::Kind::protocol, "the answer announces two different lengths");
        return;
    }
    response_.headers.push_back({std::string(name), std::string(value)});
}

void Transfer::refuse(TransportError::Kind kind, const std::string& reason) {
    refusal_.emplace(kind, reason);
}

bool Transfer::onBody(std::string_view bytes) noexcept {
    try {
        bodyBegun_ = true;
        const std::size_t limit = options_.maxResponseBytes;
        if (bytes.size() > limit - response_.body.size()) {
            refuse(TransportError::Kind::tooLarge,
                   "the answer is larger than maxResponseBytes (" + std::to_string(limit) + ")");
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
    // libcurl takes a connection that is closed in the middle of the headers for a whole answer without a body.
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
    // Nothing was connected either where connecting failed.
    info.connectionReused = connects == 0 && timeOf(easy, CURLINFO_PRETRANSFER_TIME_T).count() > 0;
    long version = 0;
    curl_easy_getinfo(easy, CURLINFO_HTTP_VERSION, &version);
    info.httpVersion = httpVersionName(version);
    curl_off_t bytes = 0;
    curl_easy_getinfo(easy, CURLINFO_SIZE_DOWNLOAD_T, &bytes);
    info.bytesReceived = static_cast<std::uint64_t>(bytes);
    return info;
}

void Transfer::fail(CURLcode result) const {
    if (refusal_) throw TransportError(*refusal_);
    TransferProgress progress;
    progress.maxResponseBytes = options_.maxResponseBytes;
    progress.connected = timeOf(easy_.get(), CURLINFO_PRETRANSFER_TIME_T).count() > 0;
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
    const std::string detail = errorText_.data();
    const TransportError error = transportErrorFor(result, detail, progress);
    // Part of the request may have gone out before libcurl counts it as sent.
    long requestBytes = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_REQUEST_SIZE, &requestBytes);
    ErrorContext context = error.context();
    context.outcomeUnknown = (progress.connected || requestBytes > 0) && error.outcomeUnknown();
    if (error.kind() == TransportError::Kind::timeout && !isConnectTimeout(detail, progress)) {
        throw AttemptTimeout(error.what(), doingAtTimeout(detail, progress), context);
    }
    throw TransportError(error.kind(), error.what(), context);
}

}  // namespace refold::internal
