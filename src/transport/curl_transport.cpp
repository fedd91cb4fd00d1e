// Pools transfers, runs them in the shared loop, and replaces the loop if one of its connections may be dead.
#include "transport/curl_transport.hpp"

#include <utility>

namespace refold::internal {

namespace {

constexpr std::size_t maxIdleTransfers = 64;

}  // namespace

CurlTransport::CurlTransport(WireOptions options)
    : options_(std::move(options)), wire_(std::make_unique<Wire>(options_)) {
}

HttpResponse CurlTransport::send(const HttpRequest& request) {
    Wire& wire = wire_.get([this] { return std::make_unique<Wire>(options_); });
    const std::shared_ptr<MultiLoop> loop = wire.loop();
    std::unique_ptr<Transfer> transfer = wire.takeTransfer();
    transfer->prepare(request);
    const CURLcode result = loop->run(transfer->handle(), request.timeout, request.cancel);
    if (transfer->suspectsConnection(result)) wire.abandon(loop);
    HttpResponse response = transfer->takeResponse(result);
    wire.giveBack(std::move(transfer));
    return response;
}

CurlTransport::Wire::Wire(const WireOptions& options) : options_(options), loop_(std::make_shared<MultiLoop>()) {
    idle_.reserve(maxIdleTransfers);
}

std::shared_ptr<MultiLoop> CurlTransport::Wire::loop() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return loop_;
}

void CurlTransport::Wire::abandon(const std::shared_ptr<MultiLoop>& loop) {
    auto fresh = std::make_shared<MultiLoop>();
    const std::lock_guard<std::mutex> lock(mutex_);
    // Another request may have replaced it already.
    if (loop_ == loop) loop_ = std::move(fresh);
}

std::unique_ptr<Transfer> CurlTransport::Wire::takeTransfer() {
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

void CurlTransport::Wire::giveBack(std::unique_ptr<Transfer> transfer) noexcept {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (idle_.size() < maxIdleTransfers) idle_.push_back(std::move(transfer));
}

}  // namespace refold::internal
