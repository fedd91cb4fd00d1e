// Uses a custom transport, for programs that have a network stack of their own. This one sends HTTP over a plain
// socket, as to a gateway on the same machine: REFOLD_BASE_URL=http://127.0.0.1:8080. A transport sends one request and
// returns the response, whatever its status; the library does retries, pacing, authentication and parsing.
#include <refold/refold.hpp>

#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>

namespace {

using Clock = std::chrono::steady_clock;
using Kind = refold::TransportError::Kind;

// Without it, a write to a closed connection would raise SIGPIPE. macOS has an option of the socket instead.
#ifdef MSG_NOSIGNAL
constexpr int withoutSignal = MSG_NOSIGNAL;
#else
constexpr int withoutSignal = 0;
#endif

/// A connection that respects a request's time limit and watches its cancel token while it waits.
class Connection {
  public:
    Connection(const std::string& host, const std::string& port, const refold::HttpRequest& request)
        : cancel_(request.cancel), end_(Clock::now() + request.timeout) {
        addrinfo hints = {};
        hints.ai_socktype = SOCK_STREAM;
        addrinfo* found = nullptr;
        if (::getaddrinfo(host.c_str(), port.c_str(), &hints, &found) != 0) {
            throw refold::TransportError(Kind::resolve, "cannot resolve " + host);
        }
        const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> address(found, &::freeaddrinfo);
        socket_ = ::socket(address->ai_family, address->ai_socktype, 0);
        if (socket_ < 0 || ::connect(socket_, address->ai_addr, address->ai_addrlen) != 0) {
            if (socket_ >= 0) ::close(socket_);
            throw refold::TransportError(Kind::connect, "cannot connect to " + host + ":" + port);
        }
#ifdef SO_NOSIGPIPE
        const int on = 1;
        ::setsockopt(socket_, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
#endif
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection() {
        ::close(socket_);
    }

    void send(std::string_view text) {
        while (!text.empty()) {
            waitFor(POLLOUT);
            const ssize_t sent = ::send(socket_, text.data(), text.size(), withoutSignal);
            if (sent < 0) throw refold::TransportError(Kind::reset, "the connection was lost while sending");
            text.remove_prefix(static_cast<std::size_t>(sent));
        }
    }

    std::string receiveToEnd() {
        std::string text;
        char buffer[16384];
        for (;;) {
            waitFor(POLLIN);
            const ssize_t received = ::recv(socket_, buffer, sizeof buffer, 0);
            if (received < 0) throw refold::TransportError(Kind::reset, "the connection was lost while receiving");
            if (received == 0) return text;
            text.append(buffer, static_cast<std::size_t>(received));
        }
    }

  private:
    void waitFor(short events) const {
        constexpr int slice = 20;
        pollfd polled = {socket_, events, 0};
        while (::poll(&polled, 1, slice) <= 0) {
            if (cancel_.isCancelled()) throw refold::Cancelled();
            if (Clock::now() >= end_) throw refold::TransportError(Kind::timeout, "no answer in time");
        }
    }

    refold::CancelToken cancel_;
    Clock::time_point end_;
    int socket_ = -1;
};

refold::HttpResponse parseResponse(const std::string& text) {
    const std::size_t headEnd = text.find("\r\n\r\n");
    if (text.rfind("HTTP/1.", 0) != 0 || headEnd == std::string::npos) {
        throw refold::TransportError(Kind::truncated, "the answer ended within its headers");
    }
    refold::HttpResponse response;
    response.status = std::atoi(text.c_str() + text.find(' '));
    for (std::size_t line = text.find("\r\n") + 2; line < headEnd; line = text.find("\r\n", line) + 2) {
        const std::size_t colon = text.find(':', line);
        const std::size_t value = text.find_first_not_of(' ', colon + 1);
        response.headers.push_back(
            {text.substr(line, colon - line), text.substr(value, text.find("\r\n", line) - value)});
    }
    response.body = text.substr(headEnd + 4);
    const std::string length(response.header("Content-Length"));
    if (!length.empty() && std::strtoull(length.c_str(), nullptr, 10) != response.body.size()) {
        throw refold::TransportError(Kind::truncated, "the answer ended before its end");
    }
    return response;
}

class SocketTransport final : public refold::Transport {
  public:
    refold::HttpResponse send(const refold::HttpRequest& request) override {
        const std::string scheme = "http://";
        if (request.url.rfind(scheme, 0) != 0) throw refold::TransportError(Kind::other, "this example has no TLS");
        const std::size_t path = std::min(request.url.find('/', scheme.size()), request.url.size());
        const std::string authority = request.url.substr(scheme.size(), path - scheme.size());
        const std::size_t colon = std::min(authority.rfind(':'), authority.size());
        const std::string port = colon < authority.size() ? authority.substr(colon + 1) : "80";

        // HTTP/1.0 keeps the answer simple: no chunks, and its end is the connection's.
        std::string head = request.method + " " + request.url.substr(path) + " HTTP/1.0\r\nHost: " + authority + "\r\n";
        for (const refold::HttpHeader& header : request.headers) head += header.name + ": " + header.value + "\r\n";
        Connection connection(authority.substr(0, colon), port, request);
        connection.send(head + "Connection: close\r\n\r\n" + request.body);
        return parseResponse(connection.receiveToEnd());
    }
};

}  // namespace

int main() try {
    refold::ClientOptions options;
    options.transport = std::make_shared<SocketTransport>();

    const refold::Client client = refold::Client::fromEnvironment(options);
    for (const refold::Execution& run : client.listExecutions()) {
        std::cout << run.id << "  " << run.status.value() << '\n';
    }
} catch (const refold::Error& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
