// Matches requests with recorded ones.
#include <refold/testing/replaying_transport.hpp>

#include <refold/error.hpp>

#include "testing/recording.hpp"
#include "testing/recording_redactor.hpp"

#include <algorithm>
#include <deque>
#include <fstream>
#include <iterator>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace refold {
inline namespace v0 {
namespace testing {

namespace {

/// The key by which requests are matched, redacted like the recording.
std::string keyOf(const HttpRequest& request) {
    internal::fake::RecordingRedactor redactor;
    redactor.learnHeaders(request.headers);
    const internal::fake::Target target = internal::fake::targetOf(request.url);
    const std::string query = redactor.query(target.query);

    std::vector<std::string_view> parameters;
    for (std::string_view rest = query; !rest.empty();) {
        parameters.push_back(rest.substr(0, rest.find('&')));
        rest.remove_prefix(std::min(rest.size(), parameters.back().size() + 1));
    }
    std::sort(parameters.begin(), parameters.end());
    std::string key = request.method + " " + redactor.text(target.path);
    for (const std::string_view& parameter : parameters) {
        key += &parameter == &parameters.front() ? '?' : '&';
        key += parameter;
    }
    return key;
}

}  // namespace

struct ReplayingTransport::State {
    std::string file;
    mutable std::mutex mutex;
    std::map<std::string, std::deque<internal::fake::Exchange>> exchanges;

    internal::fake::Exchange take(const HttpRequest& request) {
        const std::string key = keyOf(request);
        const std::lock_guard<std::mutex> lock(mutex);
        const auto found = exchanges.find(key);
        if (found == exchanges.end()) {
            throw std::logic_error("ReplayingTransport: " + file + " holds no answer to " + key + "; record it again");
        }
        if (found->second.empty()) {
            throw std::logic_error("ReplayingTransport: all answers that " + file + " holds to " + key +
                                   " have been given; record it again");
        }
        internal::fake::Exchange exchange = std::move(found->second.front());
        found->second.pop_front();
        return exchange;
    }
};

ReplayingTransport::ReplayingTransport(const std::string& file) : state_(std::make_unique<State>()) {
    state_->file = file;
    std::ifstream in(file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (!in) throw std::runtime_error("ReplayingTransport: cannot read " + file);
    for (internal::fake::Exchange& exchange : internal::fake::readRecording(text, file)) {
        state_->exchanges[keyOf(exchange.request)].push_back(std::move(exchange));
    }
}

ReplayingTransport::~ReplayingTransport() = default;

HttpResponse ReplayingTransport::send(const HttpRequest& request) {
    if (request.cancel.isCancelled()) throw Cancelled();
    internal::fake::Exchange exchange = state_->take(request);
    if (exchange.failure) throw TransportError(*exchange.failure, "a failure that was recorded in " + state_->file);
    return std::move(exchange.response);
}

std::vector<std::string> ReplayingTransport::unused() const {
    const std::lock_guard<std::mutex> lock(state_->mutex);
    std::vector<std::string> keys;
    for (const auto& [key, left] : state_->exchanges) keys.insert(keys.end(), left.size(), key);
    return keys;
}

}  // namespace testing
}  // namespace v0
}  // namespace refold
