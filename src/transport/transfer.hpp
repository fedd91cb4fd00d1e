// One exchange on a libcurl easy handle: sets the handle up for a request and collects the response within limits.
// CurlTransport reuses transfers, each for one request at a time.
#ifndef REFOLD_TRANSPORT_TRANSFER_HPP
#define REFOLD_TRANSPORT_TRANSFER_HPP

#include <refold/error.hpp>
#include <refold/transport.hpp>

#include "transport/curl_handles.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <exception>
#include <optional>
#include <string>
#include <string_view>

namespace refold::internal {

/// The members of ClientOptions that concern the transport.
struct WireOptions {
    std::chrono::milliseconds connectTimeout{10000};
    std::optional<std::string> proxy = {};
    std::string caFile = {};
    std::size_t maxResponseBytes = 0;
    /// A connection that was not used for longer is not used again. Home routers and load balancers drop idle
    /// connections after a minute or more, often silently.
    std::chrono::seconds maxIdle{90};
    /// Nor is an older one: limits how long a client uses the old address of a server that has moved. Requires libcurl
    /// 7.80.
    std::chrono::seconds maxLifetime{15 * 60};
};

class Transfer {
  public:
    /// `options` must outlive the transfer.
    explicit Transfer(const WireOptions& options);
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;
    ~Transfer() = default;

    /// Sets the handle up. `request` must outlive the run.
    void prepare(const HttpRequest& request);
    CURL* handle() const noexcept { return easy_.get(); }
    /// Call after the handle has run. Returns the response, or throws the TransportError for `result`.
    HttpResponse takeResponse(CURLcode result);

    /// True if the connection may be dead without libcurl knowing: the transfer timed out without a byte, or failed on
    /// a reused connection.
    bool suspectsConnection(CURLcode result) const;

    // Called by libcurl; false ends the transfer.
    bool onHeader(std::string_view line) noexcept;
    bool onBody(std::string_view bytes) noexcept;
    void onConnected() noexcept { connected_ = true; }
    void onFatalAlert(int alert) noexcept { alert_ = alert; }

  private:
    void readHeader(std::string_view line);
    void readField(std::string_view line);
    void refuse(TransportError::Kind kind, const std::string& reason);
    void chooseProxy(const HttpRequest& request);
    TransferInfo info() const;
    bool requestWasSent() const;
    bool handshakeBegun() const;
    bool failedAtProxy() const;
    [[noreturn]] void fail(CURLcode result) const;

    const WireOptions& options_;
    EasyHandle easy_;
    HeaderList requestHeaders_;
    std::array<char, CURL_ERROR_SIZE> errorText_{};
    const HttpRequest* request_ = nullptr;
    HttpResponse response_;
    std::size_t headerBytes_ = 0;
    bool secure_ = false;
    /// True if libcurl calls `onConnected` (7.80 or newer).
    bool reportsConnect_ = false;
    /// True once TCP, the proxy's tunnel and TLS are established.
    bool connected_ = false;
    /// The fatal TLS alert that was sent; 0 for none. Known only with an HTTPS proxy.
    int alert_ = 0;
    bool headersComplete_ = false;
    bool bodyBegun_ = false;
    // Set by a callback that ended the transfer.
    std::optional<TransportError> refusal_;
    std::exception_ptr failure_;
};

}  // namespace refold::internal

#endif
