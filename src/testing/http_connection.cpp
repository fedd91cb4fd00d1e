// Reading and writing on one connection of the embedded server.
#include "testing/http_connection.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace refold::internal::fake {

using Ending = refold::testing::FakeAnswer::Ending;

HttpConnection::HttpConnection(int socket, std::uint64_t number) : socket_(socket), number_(number) {
    const int on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

HttpConnection::~HttpConnection() {
    ::close(socket_);
}

bool HttpConnection::waitForRequest() {
    return inputBegin_ != inputEnd_ || fill();
}

bool HttpConnection::fill() {
    ssize_t count = 0;
    do {
        count = ::recv(socket_, input_.data(), input_.size(), 0);
    } while (count < 0 && errno == EINTR);
    if (count <= 0) return false;
    inputBegin_ = 0;
    inputEnd_ = static_cast<std::size_t>(count);
    return true;
}

bool HttpConnection::flush(std::size_t size) {
    for (std::size_t sent = 0; sent < size;) {
        const ssize_t count = ::send(socket_, output_.data() + sent, size - sent, MSG_NOSIGNAL);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return false;
        sent += static_cast<std::size_t>(count);
    }
    output_.clear();
    return true;
}

bool HttpConnection::finishAnswer() {
    if (ending == Ending::complete) return flush(output_.size());
    if (ending != Ending::closed) {
        const std::size_t headEnd = output_.find("\r\n\r\n");
        const std::size_t bodyBegin = headEnd == std::string::npos ? output_.size() : headEnd + 4;
        flush(bodyBegin + (output_.size() - bodyBegin) / 2);
    }
    if (ending == Ending::reset) {
        const linger atOnce{1, 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
    } else {
        shutDown();
    }
    return false;
}

void HttpConnection::shutDown() noexcept {
    ::shutdown(socket_, SHUT_RDWR);
}

bool HttpConnection::is_readable() const {
    return true;
}

bool HttpConnection::is_writable() const {
    return true;
}

ssize_t HttpConnection::read(char* data, std::size_t size) {
    if (inputBegin_ == inputEnd_ && !fill()) return -1;
    const std::size_t count = std::min(size, inputEnd_ - inputBegin_);
    std::memcpy(data, input_.data() + inputBegin_, count);
    inputBegin_ += count;
    return static_cast<ssize_t>(count);
}

ssize_t HttpConnection::write(const char* data, std::size_t size) {
    output_.append(data, size);
    return static_cast<ssize_t>(size);
}

// cpp-httplib hands a request over without its connection, but with this "port": by it the handler finds the connection again.
void HttpConnection::get_remote_ip_and_port(std::string& ip, int& port) const {
    ip = "127.0.0.1";
    port = static_cast<int>(number_);
}

void HttpConnection::get_local_ip_and_port(std::string& ip, int& port) const {
    ip = "127.0.0.1";
    port = 0;
}

socket_t HttpConnection::socket() const {
    return socket_;
}

}  // namespace refold::internal::fake
