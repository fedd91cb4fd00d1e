// One exchange on a libcurl easy handle: the request's settings going in, the response gathered under its limits coming
// out. Used over and over by CurlTransport; not for two requests at a time.
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

/// What the transport needs of ClientOptions.
struct WireOptions {
    std::chrono::milliseconds connectTimeout{10000};
    std::optional<std::string> proxy = {};
    std::string caFile = {};
    std::size_t maxResponseBytes = 0;
};

class Transfer {
  public:
    /// `options` must outlive the transfer.
    explicit Transfer(const WireOptions& options);
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;
    ~Transfer() = default;

    /// Sets the handle up for a request. The request must live until the transfer has run.
    void prepare(const HttpRequest& request);
    CURL* handle() const noexcept { return easy_.get(); }
    /// The response after the handle has run, or the TransportError that libcurl's verdict amounts to.
    HttpResponse takeResponse(CURLcode result);

    /// After a transfer that failed: whether the connection that it used may be dead without libcurl knowing. True if
    /// it got no byte in its time, and for any failure of a reused connection.
    bool suspectsConnection(CURLcode result) const;

    // libcurl's callbacks: false ends the transfer.
    bool onHeader(std::string_view line) noexcept;
    bool onBody(std::string_view bytes) noexcept;
    void onConnected() noexcept { connected_ = true; }

  private:
    void readHeader(std::string_view line);
    void refuse(TransportError::Kind kind, const std::string& reason);
    void chooseProxy(const HttpRequest& request);
    TransferInfo info() const;
    bool requestWasSent() const;
    bool handshakeBegun() const;
    bool failedAtProxy() const;
    bool hasHttpsProxy() const;
    [[noreturn]] void fail(CURLcode result) const;

    const WireOptions& options_;
    EasyHandle easy_;
    HeaderList requestHeaders_;
    std::array<char, CURL_ERROR_SIZE> errorText_{};
    const HttpRequest* request_ = nullptr;
    HttpResponse response_;
    std::size_t headerBytes_ = 0;
    bool secure_ = false;
    /// Whether libcurl (7.80 or newer) calls `onConnected`.
    bool tellsConnected_ = false;
    /// All the way to the server: TCP, proxy and TLS.
    bool connected_ = false;
    bool headersComplete_ = false;
    bool bodyBegun_ = false;
    // Why a callback ended the transfer, where it did.
    std::optional<TransportError> refusal_;
    std::exception_ptr failure_;
};

}  // namespace refold::internal

#endif
