// One thread per connection, with blocking sockets: the relayed data is small.
#include "wire/tls_front.hpp"

#include <openssl/ssl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>

#include <array>
#include <chrono>
#include <stdexcept>

namespace refold::test {

namespace {

struct SessionDeleter {
    void operator()(SSL* session) const noexcept { SSL_free(session); }
};

/// Blocks SIGPIPE, which OpenSSL raises here after the client has disconnected. The tests count the client's SIGPIPE
/// only.
void blockSigpipe() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

}  // namespace

void TlsFront::ContextDeleter::operator()(ssl_ctx_st* context) const noexcept {
    SSL_CTX_free(context);
}

TlsFront::TlsFront(std::uint16_t target, const std::string& certificate, const std::string& key)
    : target_(target), context_(SSL_CTX_new(TLS_server_method())), listener_(bindLoopback()) {
    if (SSL_CTX_use_certificate_file(context_.get(), certificate.c_str(), SSL_FILETYPE_PEM) != 1 ||
        SSL_CTX_use_PrivateKey_file(context_.get(), key.c_str(), SSL_FILETYPE_PEM) != 1) {
        throw std::runtime_error("OpenSSL does not take " + certificate);
    }
    listenOn(listener_, 16);
    acceptThread_ = std::thread([this] { acceptLoop(); });
}

TlsFront::~TlsFront() {
    stop_.raise();
    acceptThread_.join();
    for (std::thread& connection : connections_) connection.join();
}

std::string TlsFront::url() const {
    return "https://127.0.0.1:" + std::to_string(portOf(listener_));
}

void TlsFront::acceptLoop() {
    while (waitFor(listener_.get(), POLLIN, stop_, std::chrono::hours(1))) {
        const int client = ::accept(listener_.get(), nullptr, nullptr);
        if (client >= 0) connections_.emplace_back([this, client] { serve(Descriptor(client)); });
    }
}

void TlsFront::serve(const Descriptor& client) const {
    blockSigpipe();
    const std::unique_ptr<SSL, SessionDeleter> session(SSL_new(context_.get()));
    SSL_set_fd(session.get(), client.get());
    if (SSL_accept(session.get()) != 1) return;
    const Descriptor server = connectLoopback(target_);
    if (server.get() < 0) return;
    while (true) {
        pollfd sides[] = {{client.get(), POLLIN, 0}, {server.get(), POLLIN, 0}, {stop_.fd(), POLLIN, 0}};
        if (::poll(sides, 3, -1) < 0 || sides[2].revents != 0) return;
        if (sides[0].revents != 0 && !pass(session.get(), server.get())) return;
        if (sides[1].revents != 0 && !pass(server.get(), session.get())) return;
    }
}

bool TlsFront::pass(ssl_st* from, int to) const {
    std::array<char, 16384> buffer{};
    do {
        const int got = SSL_read(from, buffer.data(), static_cast<int>(buffer.size()));
        if (got <= 0) return false;
        if (!sendAll(to, {buffer.data(), static_cast<std::size_t>(got)}, stop_)) return false;
    } while (SSL_pending(from) > 0);
    return true;
}

bool TlsFront::pass(int from, ssl_st* to) {
    std::array<char, 16384> buffer{};
    const ssize_t got = ::recv(from, buffer.data(), buffer.size(), 0);
    return got > 0 && SSL_write(to, buffer.data(), static_cast<int>(got)) == got;
}

}  // namespace refold::test
