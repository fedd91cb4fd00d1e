// One thread accepts and one thread per connection runs the script. A stop signal ends all waits, so destruction is
// immediate.
#include "support/fault_server.hpp"

#include <poll.h>
#include <strings.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <ctime>

namespace refold::test {

namespace {

constexpr std::chrono::minutes untilStopped{1};

std::string httpDate(const char* format, std::time_t time) {
    std::tm utc{};
    gmtime_r(&time, &utc);
    std::array<char, 64> text{};
    std::strftime(text.data(), text.size(), format, &utc);
    return text.data();
}

// Replaces {prefix+N} and {prefix-N} with the date N seconds from now or before.
void expandDates(std::string& text, const std::string& prefix, const char* format) {
    for (std::size_t at = text.find("{" + prefix); at != std::string::npos; at = text.find("{" + prefix, at + 1)) {
        const std::size_t end = text.find('}', at);
        const long offset = std::strtol(text.c_str() + at + 1 + prefix.size(), nullptr, 10);
        text.replace(at, end + 1 - at, httpDate(format, std::time(nullptr) + offset));
    }
}

}  // namespace

std::string SeenRequest::line() const {
    return head.substr(0, head.find("\r\n"));
}

std::string SeenRequest::header(std::string_view name) const {
    for (std::size_t at = head.find("\r\n"); at != std::string::npos && at + 2 < head.size();
         at = head.find("\r\n", at + 2)) {
        const std::size_t begin = at + 2;
        const std::size_t colon = head.find(':', begin);
        if (colon != begin + name.size() || strncasecmp(head.c_str() + begin, name.data(), name.size()) != 0) continue;
        const std::size_t value = std::min(head.find_first_not_of(" \t", colon + 1), head.size());
        return head.substr(value, head.find("\r\n", value) - value);
    }
    return {};
}

FaultServer::FaultServer(Script script) : script_(std::move(script)) {
    start();
}

FaultServer::FaultServer(Handler handler, std::function<void()> threadStart)
    : handler_(std::move(handler)), threadStart_(std::move(threadStart)) {
    start();
}

FaultServer::~FaultServer() {
    shutDown();
}

void FaultServer::start() {
    listener_ = bindLoopback(port_);
    port_ = portOf(listener_);
    listenOn(listener_, 128);
    acceptThread_ = std::thread([this] { acceptLoop(); });
}

void FaultServer::shutDown() {
    if (!acceptThread_.joinable()) return;
    stop_.raise();
    acceptThread_.join();
    std::vector<std::thread> threads;
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        threads.swap(connectionThreads_);
    }
    for (std::thread& thread : threads) thread.join();
    listener_.reset();
    stop_.lower();
}

void FaultServer::restart() {
    if (!acceptThread_.joinable()) start();
}

void FaultServer::setVariable(const std::string& name, const std::string& value) {
    const std::lock_guard<std::mutex> lock(mutex_);
    variables_["{" + name + "}"] = value;
}

std::vector<SeenRequest> FaultServer::requests() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return requests_;
}

int FaultServer::served() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return static_cast<int>(served_);
}

int FaultServer::connections() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return connections_;
}

bool FaultServer::waitForServed(int count, std::chrono::milliseconds limit) const {
    const auto end = std::chrono::steady_clock::now() + limit;
    while (served() < count) {
        if (std::chrono::steady_clock::now() > end) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return true;
}

void FaultServer::acceptLoop() {
    if (threadStart_) threadStart_();
    for (;;) {
        if (!waitFor(listener_.get(), POLLIN, stop_, untilStopped)) {
            if (sleepFor(std::chrono::milliseconds(0), stop_)) continue;
            return;
        }
        Descriptor client = acceptOn(listener_);
        if (client.get() < 0) continue;
        const std::lock_guard<std::mutex> lock(mutex_);
        const int number = ++connections_;
        connectionThreads_.emplace_back(
            [this, client = std::move(client), number]() mutable { serve(std::move(client), number); });
    }
}

void FaultServer::serve(Descriptor socket, int number) {
    if (threadStart_) threadStart_();
    std::string pending;
    bool open = !nextIsBeforeRequest() || perform(take(nullptr), socket);
    while (open) {
        SeenRequest request;
        request.connection = number;
        if (!readRequest(socket.get(), pending, request)) return;
        open = perform(take(&request), socket);
    }
}

bool FaultServer::readRequest(int fd, std::string& pending, SeenRequest& request) {
    std::size_t bodySize = 0;
    for (;;) {
        const std::size_t end = pending.find("\r\n\r\n");
        if (end != std::string::npos) {
            request.head = pending.substr(0, end + 4);
            bodySize = std::strtoul(request.header("Content-Length").c_str(), nullptr, 10);
            if (pending.size() >= end + 4 + bodySize) break;
        }
        std::array<char, 8192> buffer{};
        const auto got = receiveSome(fd, buffer.data(), buffer.size(), stop_);
        if (!got || *got == 0) return false;
        pending.append(buffer.data(), *got);
    }
    request.body = pending.substr(request.head.size(), bodySize);
    request.arrived = std::chrono::steady_clock::now();
    pending.erase(0, request.head.size() + bodySize);
    return true;
}

bool FaultServer::nextIsBeforeRequest() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return !script_.empty() && script_[std::min(served_, script_.size() - 1)].isBeforeRequest();
}

FaultReply FaultServer::take(const SeenRequest* request) {
    std::size_t turn = 0;
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        turn = served_++;
        if (request != nullptr) requests_.push_back(*request);
    }
    if (handler_) return request == nullptr ? FaultReply() : handler_(*request);
    return script_[std::min(turn, script_.size() - 1)];
}

bool FaultServer::perform(const FaultReply& reply, Descriptor& socket) {
    using Action = FaultReply::Action;
    for (const FaultReply::Step& step : reply.steps()) {
        switch (step.action) {
            case Action::send:
                if (!sendAll(socket.get(), expand(step.bytes), stop_)) return false;
                break;
            case Action::drip:
                for (const char byte : step.bytes) {
                    if (!sleepFor(step.time, stop_)) return false;
                    if (!sendAll(socket.get(), std::string_view(&byte, 1), stop_)) return false;
                }
                break;
            case Action::repeat:
                while (sendAll(socket.get(), step.bytes, stop_)) {
                }
                return false;
            case Action::wait:
                if (!sleepFor(step.time, stop_)) return false;
                break;
            case Action::silence:
                readToEnd(socket.get(), untilStopped);
                return false;
            case Action::close:
                // Reads until the peer has closed too, because closing with unread data would send a reset.
                shutdown(socket.get(), SHUT_WR);
                readToEnd(socket.get(), std::chrono::milliseconds(300));
                return false;
            case Action::reset: {
                const linger abortive{1, 0};
                setsockopt(socket.get(), SOL_SOCKET, SO_LINGER, &abortive, sizeof abortive);
                socket.reset();
                return false;
            }
        }
    }
    return true;
}

void FaultServer::readToEnd(int fd, std::chrono::milliseconds silence) {
    std::array<char, 4096> rest{};
    while (waitFor(fd, POLLIN, stop_, silence)) {
        const auto got = receiveSome(fd, rest.data(), rest.size(), stop_);
        if (!got || *got == 0) return;
    }
}

std::string FaultServer::expand(const std::string& bytes) const {
    std::string text = bytes;
    if (text.find('{') == std::string::npos) return text;
    std::map<std::string, std::string> variables;
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        variables = variables_;
    }
    variables["{self}"] = authority();
    for (const auto& [name, value] : variables) {
        for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + value.size())) {
            text.replace(at, name.size(), value);
        }
    }
    expandDates(text, "imf", "%a, %d %b %Y %H:%M:%S GMT");
    expandDates(text, "rfc850", "%A, %d-%b-%y %H:%M:%S GMT");
    expandDates(text, "asctime", "%a %b %e %H:%M:%S %Y");
    return text;
}

}  // namespace refold::test
