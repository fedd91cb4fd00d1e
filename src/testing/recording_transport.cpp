// Passes requests on and records the answers.
#include <refold/testing/recording_transport.hpp>

#include <refold/error.hpp>

#include "testing/recording.hpp"

#include <filesystem>
#include <fstream>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <system_error>
#include <utility>
#include <vector>

namespace refold {
inline namespace v0 {
namespace testing {

struct RecordingTransport::State {
    std::shared_ptr<Transport> transport;
    std::string file;
    mutable std::mutex mutex;
    /// In the order in which the requests were sent. Empty for a request in progress or cancelled.
    std::vector<std::optional<internal::fake::Exchange>> exchanges;
    bool changed = false;

    std::size_t begin() {
        const std::lock_guard<std::mutex> lock(mutex);
        exchanges.emplace_back();
        return exchanges.size() - 1;
    }
    void end(std::size_t position, internal::fake::Exchange exchange) {
        const std::lock_guard<std::mutex> lock(mutex);
        exchanges[position] = std::move(exchange);
        changed = true;
    }
};

RecordingTransport::RecordingTransport(std::shared_ptr<Transport> transport, std::string file)
    : state_(std::make_unique<State>()) {
    if (transport == nullptr)
        throw std::invalid_argument("RecordingTransport: there is no transport to pass requests to");
    if (file.empty()) throw std::invalid_argument("RecordingTransport: the recording needs a file name");
    state_->transport = std::move(transport);
    state_->file = std::move(file);
}

RecordingTransport::~RecordingTransport() {
    try {
        if (state_->changed) save();
    } catch (...) {
        static_cast<void>(0);  // documented: call save() to see errors
    }
}

HttpResponse RecordingTransport::send(const HttpRequest& request) {
    const std::size_t position = state_->begin();
    internal::fake::Exchange exchange;
    exchange.request = request;
    exchange.request.cancel = {};
    try {
        exchange.response = state_->transport->send(request);
    } catch (const TransportError& error) {
        exchange.failure = error.kind();
        state_->end(position, std::move(exchange));
        throw;
    }
    HttpResponse response = exchange.response;
    state_->end(position, std::move(exchange));
    return response;
}

void RecordingTransport::save() {
    const std::lock_guard<std::mutex> lock(state_->mutex);
    std::vector<internal::fake::Exchange> finished;
    for (const auto& exchange : state_->exchanges) {
        if (exchange) finished.push_back(*exchange);
    }
    // Atomic: a reader sees the old recording or the new one.
    const std::string draft = state_->file + ".new";
    std::ofstream out(draft, std::ios::binary | std::ios::trunc);
    out << internal::fake::writeRecording(finished);
    out.close();
    // Not std::rename(), which refuses on Windows when there is an old one.
    std::error_code error;
    if (out) std::filesystem::rename(draft, state_->file, error);
    if (!out || error) {
        std::filesystem::remove(draft, error);
        throw std::runtime_error("RecordingTransport: cannot write " + state_->file);
    }
    state_->changed = false;
}

std::size_t RecordingTransport::exchangeCount() const {
    const std::lock_guard<std::mutex> lock(state_->mutex);
    std::size_t count = 0;
    for (const auto& exchange : state_->exchanges) count += exchange ? 1U : 0U;
    return count;
}

}  // namespace testing
}  // namespace v0
}  // namespace refold
