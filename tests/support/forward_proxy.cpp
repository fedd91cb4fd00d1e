// One thread per connection; after the first request a connection relays bytes.
#include "support/forward_proxy.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <tuple>
#include <utility>

namespace refold::test {

namespace {

constexpr std::chrono::minutes acceptWait{1};

}  // namespace

ForwardProxy::ForwardProxy(std::map<std::string, std::uint16_t> hosts)
    : hosts_(std::move(hosts)), listener_(bindLoopback()) {
    listenOn(listener_, 64);
    acceptThread_ = std::thread([this] { acceptLoop(); });
}

ForwardProxy::~ForwardProxy() {
    stop_.raise();
    acceptThread_.join();
    for (std::thread& connection : connections_) connection.join();
}

void ForwardProxy::refuseWith(const std::string& status) {
    const std::lock_guard<std::mutex> lock(mutex_);
    refusal_ = status;
}

std::vector<std::string> ForwardProxy::requests() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return requests_;
}

void ForwardProxy::acceptLoop() {
    while (waitFor(listener_.get(), POLLIN, stop_, acceptWait)) {
        Descriptor client = acceptOn(listener_);
        if (client.get() < 0) continue;
        const std::lock_guard<std::mutex> lock(mutex_);
        connections_.emplace_back([this, client = std::move(client)] { serve(client); });
    }
}

void ForwardProxy::serve(const Descriptor& client) {
    std::string head;
    while (head.find("\r\n\r\n") == std::string::npos) {
        std::array<char, 4096> buffer{};
        const auto got = receiveSome(client.get(), buffer.data(), buffer.size(), stop_);
        if (!got || *got == 0) return;
        head.append(buffer.data(), *got);
    }
    std::string refusal;
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        requests_.push_back(head);
        refusal = refusal_;
    }
    if (!refusal.empty()) {
        sendAll(client.get(), "HTTP/1.1 " + refusal + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", stop_);
        return;
    }
    const std::size_t space = head.find(' ');
    std::string target = head.substr(space + 1, head.find(' ', space + 1) - space - 1);
    const bool tunnel = head.compare(0, space, "CONNECT") == 0;
    if (!tunnel) {
        // http://host:port/path -> /path, on a connection for this one request.
        const std::size_t host = target.find("://") + 3;
        const std::size_t path = std::min(target.find('/', host), target.size());
        const std::string origin = path == target.size() ? "/" : target.substr(path);
        head.replace(space + 1, target.size(), origin);
        head.insert(head.find("\r\n") + 2, "Connection: close\r\n");
        target = target.substr(host, path - host);
    }
    const Descriptor server = connectLoopback(targetPort(target));
    if (server.get() < 0) {
        sendAll(client.get(), "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", stop_);
        return;
    }
    if (tunnel) {
        sendAll(client.get(), "HTTP/1.1 200 Connection established\r\n\r\n", stop_);
    } else {
        sendAll(server.get(), head, stop_);
    }
    relay(client.get(), server.get());
}

std::uint16_t ForwardProxy::targetPort(const std::string& authority) const {
    const auto known = hosts_.find(authority);
    if (known != hosts_.end()) return known->second;
    return static_cast<std::uint16_t>(std::atoi(authority.c_str() + authority.rfind(':') + 1));
}

void ForwardProxy::relay(int client, int server) const {
    std::array<char, 16384> buffer{};
    for (;;) {
        pollfd watched[3] = {{client, POLLIN, 0}, {server, POLLIN, 0}, {stop_.fd(), POLLIN, 0}};
        if (poll(watched, 3, -1) < 0 || watched[2].revents != 0) return;
        for (const auto& [from, to, events] :
             {std::tuple{client, server, watched[0].revents}, std::tuple{server, client, watched[1].revents}}) {
            if (events == 0) continue;
            const ssize_t got = recv(from, buffer.data(), buffer.size(), MSG_DONTWAIT);
            if (got <= 0) return;
            if (!sendAll(to, {buffer.data(), static_cast<std::size_t>(got)}, stop_)) return;
        }
    }
}

}  // namespace refold::test
