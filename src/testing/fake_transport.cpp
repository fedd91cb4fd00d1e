// Answers from the script, and waits as a network transport would.
#include <refold/testing/fake_transport.hpp>

#include "testing/max_wait.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <utility>

namespace refold {
inline namespace v0 {
namespace testing {

namespace {

struct ScriptedAnswer {
    FakeTransport::Responder responder;
    std::chrono::milliseconds delay{0};
    bool silent = false;
    bool repeats = false;
};

/// Waits until the delay, the time limit or a cancellation, whichever comes first.
void spend(std::chrono::milliseconds time, const HttpRequest& request) {
    const bool tooLong = time >= request.timeout;
    if (request.cancel.waitFor(std::min(time, request.timeout))) throw Cancelled();
    if (tooLong) {
        throw TransportError(TransportError::Kind::timeout,
                             "no answer within " + std::to_string(request.timeout.count()) + " ms (scripted)");
    }
}

}  // namespace

struct FakeTransport::State {
    mutable std::mutex mutex;
    std::condition_variable arrived;
    std::deque<ScriptedAnswer> script;
    std::vector<HttpRequest> requests;

    void push(ScriptedAnswer answer) {
        const std::lock_guard<std::mutex> lock(mutex);
        if (!script.empty() && script.back().repeats) {
            throw std::logic_error("FakeTransport: an answer behind one that repeats would never be given");
        }
        script.push_back(std::move(answer));
    }

    ScriptedAnswer& last() {
        if (script.empty()) throw std::logic_error("FakeTransport: script an answer first, then say how it is given");
        return script.back();
    }

    /// Records the request and takes its answer from the script.
    ScriptedAnswer take(const HttpRequest& request) {
        const std::lock_guard<std::mutex> lock(mutex);
        requests.push_back(request);
        arrived.notify_all();
        if (script.empty()) {
            throw std::logic_error("FakeTransport: no answer is left for request " + std::to_string(requests.size()) +
                                   ", " + request.method + " " + request.url);
        }
        if (script.front().repeats) return script.front();
        ScriptedAnswer answer = std::move(script.front());
        script.pop_front();
        return answer;
    }
};

FakeTransport::FakeTransport() : state_(std::make_unique<State>()) {
}

FakeTransport::~FakeTransport() = default;

FakeTransport& FakeTransport::respond(int status, std::string body, std::vector<HttpHeader> headers) {
    HttpResponse response;
    response.status = status;
    response.headers = std::move(headers);
    response.body = std::move(body);
    return respond(std::move(response));
}

FakeTransport& FakeTransport::respond(HttpResponse response) {
    return respondWith([response = std::move(response)](const HttpRequest&) { return response; });
}

FakeTransport& FakeTransport::fail(TransportError::Kind kind, std::string message) {
    return respondWith([kind, message = std::move(message)](const HttpRequest&) -> HttpResponse {
        throw TransportError(kind, message);
    });
}

FakeTransport& FakeTransport::respondWith(Responder responder) {
    ScriptedAnswer answer;
    answer.responder = std::move(responder);
    state_->push(std::move(answer));
    return *this;
}

FakeTransport& FakeTransport::hang() {
    ScriptedAnswer answer;
    answer.silent = true;
    state_->push(std::move(answer));
    return *this;
}

FakeTransport& FakeTransport::after(std::chrono::milliseconds delay) {
    const std::lock_guard<std::mutex> lock(state_->mutex);
    state_->last().delay = delay;
    return *this;
}

FakeTransport& FakeTransport::repeat() {
    const std::lock_guard<std::mutex> lock(state_->mutex);
    state_->last().repeats = true;
    return *this;
}

std::vector<HttpRequest> FakeTransport::requests() const {
    const std::lock_guard<std::mutex> lock(state_->mutex);
    return state_->requests;
}

std::size_t FakeTransport::requestCount() const {
    const std::lock_guard<std::mutex> lock(state_->mutex);
    return state_->requests.size();
}

std::size_t FakeTransport::remaining() const {
    const std::lock_guard<std::mutex> lock(state_->mutex);
    const bool repeats = !state_->script.empty() && state_->script.back().repeats;
    return state_->script.size() - (repeats ? 1U : 0U);
}

bool FakeTransport::waitForRequests(std::size_t count, std::chrono::milliseconds timeout) const {
    std::unique_lock<std::mutex> lock(state_->mutex);
    return state_->arrived.wait_for(lock, std::min(timeout, internal::fake::maxWait),
                                    [&] { return state_->requests.size() >= count; });
}

HttpResponse FakeTransport::send(const HttpRequest& request) {
    if (request.cancel.isCancelled()) throw Cancelled();
    const ScriptedAnswer answer = state_->take(request);
    if (answer.silent) spend(request.timeout, request);
    if (answer.delay.count() > 0) spend(answer.delay, request);
    return answer.responder(request);
}

}  // namespace testing
}  // namespace v0
}  // namespace refold
