// The embedded server: history, endpoints, faults and log behind one lock, served by HttpServer.
#include <refold/testing/fake_server.hpp>

#include "testing/accounts.hpp"
#include "testing/execution_endpoint.hpp"
#include "testing/http_server.hpp"
#include "testing/max_wait.hpp"
#include "testing/query_parameters.hpp"
#include "testing/request_limit.hpp"
#include "testing/run_endpoint.hpp"
#include "testing/session_token_endpoint.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <stdexcept>
#include <utility>

namespace refold {
inline namespace v0 {
namespace testing {

namespace fake = internal::fake;

namespace {

constexpr std::size_t loggedRequests = 10000;

/// The fault of one request.
struct Fault {
    std::optional<FakeAnswer> answer = {};  ///< in place of the server's own
    std::chrono::milliseconds delay{0};
    FakeAnswer::Ending ending = FakeAnswer::Ending::complete;
};

char lowered(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

std::string_view FakeRequest::header(std::string_view name) const noexcept {
    for (const HttpHeader& header : headers) {
        if (std::equal(header.name.begin(), header.name.end(), name.begin(), name.end(),
                       [](char a, char b) { return lowered(a) == lowered(b); })) {
            return header.value;
        }
    }
    return {};
}

std::optional<std::string> FakeRequest::parameter(std::string_view name) const {
    const fake::QueryParameters parameters(query);
    const std::string* value = parameters.find(name);
    return value == nullptr ? std::nullopt : std::optional<std::string>(*value);
}

struct FakeServer::State final : private fake::RequestHandler {
    explicit State(FakeServerOptions given)
        : options(std::move(given)),
          latency(options.latency),
          accounts(options),
          endpoint(options, accounts),
          runs(options),
          tokenEndpoint(options),
          limit(options.rateLimit),
          http(*this, options.port, options.gzip) {}

    State(const State&) = delete;
    State& operator=(const State&) = delete;

    ~State() override {
        {
            const std::lock_guard<std::mutex> lock(mutex);
            stopping = true;
        }
        stopped.notify_all();
        http.stop();
    }

    void order(const Fault& fault, int count) {
        const std::lock_guard<std::mutex> lock(mutex);
        for (int i = 0; i < count; ++i) faults.push_back(fault);
    }

    const FakeServerOptions options;
    mutable std::mutex mutex;
    mutable std::condition_variable arrived;
    std::condition_variable stopped;
    std::chrono::milliseconds latency;
    fake::Accounts accounts;
    fake::ExecutionEndpoint endpoint;
    fake::RunEndpoint runs;
    fake::SessionTokenEndpoint tokenEndpoint;
    fake::RequestLimit limit;
    std::deque<Fault> faults;
    RequestHook hook;
    std::function<void()> pageReadHook;
    std::deque<FakeRequest> log;
    std::atomic<std::uint64_t> requestCount{0};
    bool stopping = false;
    fake::HttpServer http;

  private:
    FakeAnswer answer(FakeRequest request) override {
        std::unique_lock<std::mutex> lock(mutex);
        const std::uint64_t number = ++requestCount;
        log.push_back(request);
        if (log.size() > loggedRequests) log.pop_front();
        arrived.notify_all();

        Fault fault;
        if (!faults.empty()) {
            fault = std::move(faults.front());
            faults.pop_front();
        }
        if (hook) {
            const RequestHook called = hook;
            lock.unlock();
            std::optional<FakeAnswer> own;
            try {
                own = called(request);
            } catch (const std::exception& error) {
                own = fake::errorAnswer(500, std::string("onRequest threw: ") + error.what(), number);
            } catch (...) {
                own = fake::errorAnswer(500, "onRequest threw what is no std::exception", number);
            }
            lock.lock();
            if (own && !fault.answer) fault.answer = std::move(own);
        }
        const std::chrono::milliseconds wait = latency + fault.delay;
        if (wait.count() > 0)
            stopped.wait_until(lock, std::chrono::steady_clock::now() + wait, [this] { return stopping; });

        FakeAnswer result = fault.answer ? *std::move(fault.answer) : pacedAnswer(request, number, lock);
        if (fault.ending != FakeAnswer::Ending::complete) result.ending = fault.ending;
        return result;
    }

    FakeAnswer pacedAnswer(const FakeRequest& request, std::uint64_t number, std::unique_lock<std::mutex>& lock) {
        if (limit.pass(fake::RequestLimit::Clock::now())) return ownAnswer(request, number, lock);
        FakeAnswer refusal = fake::errorAnswer(429, "Too many requests", number);
        refusal.headers.push_back({"Retry-After", std::to_string(limit.secondsToWait())});
        return refusal;
    }

    FakeAnswer ownAnswer(const FakeRequest& request, std::uint64_t number, std::unique_lock<std::mutex>& lock) {
        if (fake::SessionTokenEndpoint::isFor(request)) return tokenEndpoint.answer(request, accounts, number);
        fake::History& history = accounts.historyFor(request);
        const std::optional<fake::RunPath> path = fake::RunPath::parse(request);
        if (!path) {
            return endpoint.answer(request, history, number, [this, &lock] {
                if (!pageReadHook) return;
                const std::function<void()> called = pageReadHook;
                lock.unlock();
                called();
                lock.lock();
            });
        }
        if (std::optional<FakeAnswer> refusal = accounts.refuse(request, number)) return *std::move(refusal);
        return runs.answer(*path, request, history, number);
    }
};

FakeServer::FakeServer(FakeServerOptions options) : state_(std::make_unique<State>(std::move(options))) {
}

FakeServer::~FakeServer() = default;

std::string FakeServer::baseUrl() const {
    return "http://127.0.0.1:" + std::to_string(port());
}

int FakeServer::port() const noexcept {
    return state_->http.port();
}

const FakeServerOptions& FakeServer::options() const noexcept {
    return state_->options;
}

void FakeServer::acceptSessionToken(const std::string& token) {
    const std::lock_guard<std::mutex> lock(state_->mutex);
    state_->accounts.acceptToken(token, state_->options.linkedAccountId);
}

void FakeServer::revokeSessionToken(const std::string& token) {
    const std::lock_guard<std::mutex> lock(state_->mutex);
    state_->accounts.revokeToken(token);
}

void FakeServer::setSessionTokenLifetime(std::optional<std::chrono::seconds> lifetime) {
    const std::lock_guard<std::mutex> lock(state_->mutex);
    state_->tokenEndpoint.setLifetime(lifetime);
}

void FakeServer::revokeIssuedSessionTokens() {
    const std::lock_guard<std::mutex> lock(state_->mutex);
    state_->tokenEndpoint.revokeIssued(state_->accounts);
}

std::uint64_t FakeServer::issuedSessionTokens() const {
    const std::lock_guard<std::mutex> lock(state_->mutex);
    return state_->tokenEndpoint.issued();
}

void FakeServer::addLinkedAccount(const std::string& id, std::size_t runs) {
    const std::lock_guard<std::mutex> lock(state_->mutex);
    state_->accounts.add(id, runs);
}

std::string FakeServer::addRun(FakeRun run) {
    const std::lock_guard<std::mutex> lock(state_->mutex);
    fake::History& history = state_->accounts.history(run.linkedAccountId);
    if (!run.id.empty() && state_->accounts.historyWith(run.id) != nullptr)
        throw std::invalid_argument("FakeServer: there is a run " + run.id + " already");
    return history.add(std::move(run));
}

bool FakeServer::removeRun(std::string_view id) {
    const std::lock_guard<std::mutex> lock(state_->mutex);
    state_->runs.forget(id);
    fake::History* const history = state_->accounts.historyWith(id);
    return history != nullptr && history->remove(id);
}

bool FakeServer::setStatus(std::string_view id, const std::string& status) {
    const std::lock_guard<std::mutex> lock(state_->mutex);
    fake::History* const history = state_->accounts.historyWith(id);
    return history != nullptr && history->setStatus(id, status);
}

bool FakeServer::setNodes(std::string_view id, std::vector<FakeNode> nodes) {
    const std::lock_guard<std::mutex> lock(state_->mutex);
    if (state_->accounts.historyWith(id) == nullptr) return false;
    state_->runs.setNodes(id, std::move(nodes));
    return true;
}

bool FakeServer::setStages(std::string_view id, std::vector<FakeStage> stages) {
    const std::lock_guard<std::mutex> lock(state_->mutex);
    if (state_->accounts.historyWith(id) == nullptr) return false;
    state_->runs.setStages(id, std::move(stages));
    return true;
}

std::size_t FakeServer::runCount() const {
    const std::lock_guard<std::mutex> lock(state_->mutex);
    return state_->accounts.runCount();
}

std::vector<std::string> FakeServer::ids(const ExecutionQuery& query, const std::string& linkedAccountId) const {
    const std::lock_guard<std::mutex> lock(state_->mutex);
    const fake::History& history = std::as_const(state_->accounts).history(linkedAccountId);
    return history.ids(fake::toFilter(query, state_->options), query.sortAsc.value_or(false));
}

std::string FakeServer::runJson(std::string_view id) const {
    const std::lock_guard<std::mutex> lock(state_->mutex);
    const fake::History* const history = state_->accounts.historyWith(id);
    if (history == nullptr) throw std::out_of_range("FakeServer: there is no run " + std::string(id));
    return history->runJson(id);
}

void FakeServer::onRequest(RequestHook hook) {
    const std::lock_guard<std::mutex> lock(state_->mutex);
    state_->hook = std::move(hook);
}

void FakeServer::onPageRead(std::function<void()> hook) {
    const std::lock_guard<std::mutex> lock(state_->mutex);
    state_->pageReadHook = std::move(hook);
}

void FakeServer::setLatency(std::chrono::milliseconds latency) {
    const std::lock_guard<std::mutex> lock(state_->mutex);
    state_->latency = latency;
}

void FakeServer::failNext(int count, int status, std::optional<std::chrono::seconds> retryAfter) {
    Fault fault;
    fault.answer = fake::errorAnswer(status, "Ordered by the test", 0);
    if (retryAfter) fault.answer->headers.push_back({"Retry-After", std::to_string(retryAfter->count())});
    state_->order(fault, count);
}

void FakeServer::answerNext(FakeAnswer answer, int count) {
    Fault fault;
    fault.answer = std::move(answer);
    state_->order(fault, count);
}

void FakeServer::delayNext(std::chrono::milliseconds delay, int count) {
    Fault fault;
    fault.delay = delay;
    state_->order(fault, count);
}

void FakeServer::breakNext(FakeAnswer::Ending ending, int count) {
    Fault fault;
    fault.ending = ending;
    state_->order(fault, count);
}

void FakeServer::clearFaults() {
    const std::lock_guard<std::mutex> lock(state_->mutex);
    state_->faults.clear();
}

void FakeServer::closeConnections() {
    state_->http.closeConnections();
}

std::vector<FakeRequest> FakeServer::requests() const {
    const std::lock_guard<std::mutex> lock(state_->mutex);
    return {state_->log.begin(), state_->log.end()};
}

std::uint64_t FakeServer::requestCount() const noexcept {
    return state_->requestCount;
}

std::uint64_t FakeServer::connectionCount() const noexcept {
    return state_->http.connectionCount();
}

bool FakeServer::waitForRequests(std::uint64_t count, std::chrono::milliseconds timeout) const {
    std::unique_lock<std::mutex> lock(state_->mutex);
    return state_->arrived.wait_for(lock, std::min(timeout, internal::fake::maxWait),
                                    [&] { return state_->requestCount >= count; });
}

}  // namespace testing
}  // namespace v0
}  // namespace refold
