// The default transport: libcurl, with connections kept and shared by all threads, HTTP/2 where the server has it, TLS
// always verified. Made by the client unless the user passes a transport.
#ifndef REFOLD_TRANSPORT_CURL_TRANSPORT_HPP
#define REFOLD_TRANSPORT_CURL_TRANSPORT_HPP

#include <refold/transport.hpp>

#include "transport/multi_loop.hpp"
#include "transport/transfer.hpp"

#include <memory>
#include <mutex>
#include <vector>

namespace refold::internal {

class CurlTransport final : public Transport {
  public:
    explicit CurlTransport(WireOptions options);

    HttpResponse send(const HttpRequest& request) override;

  private:
    std::unique_ptr<Transfer> takeTransfer();
    void giveBack(std::unique_ptr<Transfer> transfer) noexcept;

    const WireOptions options_;
    MultiLoop loop_;
    std::mutex mutex_;
    // Configured handles for the next requests: setting one up costs more than a short request.
    std::vector<std::unique_ptr<Transfer>> idle_;
};

}  // namespace refold::internal

#endif
