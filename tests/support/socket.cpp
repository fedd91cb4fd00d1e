// POSIX sockets and poll; loopback only.
#include "support/socket.hpp"
#include "support/throw_errno.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <string>
#include <system_error>

namespace refold::test {

namespace {

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

}  // namespace

void Descriptor::reset() noexcept {
    if (fd_ >= 0) close(std::exchange(fd_, -1));
}

StopSignal::StopSignal() : event_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (event_.get() < 0) throwErrno("eventfd");
}

void StopSignal::raise() noexcept {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = write(event_.get(), &one, sizeof one);
}

void StopSignal::lower() noexcept {
    std::uint64_t value = 0;
    [[maybe_unused]] const auto taken = read(event_.get(), &value, sizeof value);
}

Descriptor bindLoopback(std::uint16_t port, Sharing sharing) {
    Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (socket.get() < 0) throwErrno("socket");
    const int on = 1;
    const int option = sharing == Sharing::port ? SO_REUSEPORT : SO_REUSEADDR;
    setsockopt(socket.get(), SOL_SOCKET, option, &on, sizeof on);
    const sockaddr_in address = loopback(port);
    if (bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) throwErrno("bind");
    return socket;
}

void listenOn(const Descriptor& socket, int backlog) {
    if (listen(socket.get(), backlog) != 0) throwErrno("listen");
}

std::uint16_t portOf(const Descriptor& socket) {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    if (getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &size) != 0) throwErrno("getsockname");
    return ntohs(address.sin_port);
}

Descriptor connectLoopback(std::uint16_t port) {
    Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const sockaddr_in address = loopback(port);
    if (connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return Descriptor();
    return socket;
}

bool waitFor(int fd, short events, const StopSignal& stop, std::chrono::milliseconds limit) {
    pollfd watched[2] = {{fd, events, 0}, {stop.fd(), POLLIN, 0}};
    for (;;) {
        const int ready = poll(watched, 2, static_cast<int>(limit.count()));
        if (ready < 0 && errno == EINTR) continue;
        if (ready <= 0 || watched[1].revents != 0) return false;
        return watched[0].revents != 0;
    }
}

bool sleepFor(std::chrono::milliseconds time, const StopSignal& stop) {
    pollfd watched{stop.fd(), POLLIN, 0};
    return poll(&watched, 1, static_cast<int>(time.count())) == 0;
}

bool sendAll(int fd, std::string_view bytes, const StopSignal& stop) {
    while (!bytes.empty()) {
        const ssize_t sent = send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent > 0) {
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        } else if (sent < 0 && errno == EAGAIN) {
            if (!waitFor(fd, POLLOUT, stop, std::chrono::minutes(1))) return false;
        } else if (sent >= 0 || errno != EINTR) {
            return false;
        }
    }
    return true;
}

std::optional<std::size_t> receiveSome(int fd, char* buffer, std::size_t size, const StopSignal& stop) {
    for (;;) {
        if (!waitFor(fd, POLLIN, stop, std::chrono::minutes(1))) return std::nullopt;
        const ssize_t got = recv(fd, buffer, size, MSG_DONTWAIT);
        if (got >= 0) return static_cast<std::size_t>(got);
        if (errno != EAGAIN && errno != EINTR) return std::nullopt;
    }
}

}  // namespace refold::test
