// Pools transfers and runs each through the shared loop.
#include "transport/curl_transport.hpp"

#include <utility>

namespace refold::internal {

namespace {

constexpr std::size_t mostIdleTransfers = 64;

}  // namespace

CurlTransport::CurlTransport(WireOptions options) : options_(std::move(options)) {
    idle_.reserve(mostIdleTransfers);
}

HttpResponse CurlTransport::send(const HttpRequest& request) {
    std::unique_ptr<Transfer> transfer = takeTransfer();
    transfer->prepare(request);
    const CURLcode result = loop_.run(transfer->handle(), request.timeout, request.cancel);
    HttpResponse response = transfer->takeResponse(result);
    giveBack(std::move(transfer));
    return response;
}

std::unique_ptr<Transfer> CurlTransport::takeTransfer() {
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (!idle_.empty()) {
            std::unique_ptr<Transfer> transfer = std::move(idle_.back());
            idle_.pop_back();
            return transfer;
        }
    }
    return std::make_unique<Transfer>(options_);
}

void CurlTransport::giveBack(std::unique_ptr<Transfer> transfer) noexcept {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (idle_.size() < mostIdleTransfers) idle_.push_back(std::move(transfer));
}

}  // namespace refold::internal
