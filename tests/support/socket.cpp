// POSIX sockets and poll; loopback only.
#include "support/socket.hpp"
#include "support/throw_errno.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
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

void keepFromPrograms(const Descriptor& descriptor) {
    if (fcntl(descriptor.get(), F_SETFD, FD_CLOEXEC) != 0) throwErrno("fcntl");
}

// macOS suppresses SIGPIPE by an option of the socket, other systems by a flag of each call.
#ifdef SO_NOSIGPIPE
void suppressSigpipe(const Descriptor& socket) {
    const int on = 1;
    setsockopt(socket.get(), SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
}
#else
void suppressSigpipe(const Descriptor& /*socket*/) {
}
#endif
#ifdef MSG_NOSIGNAL
constexpr int withoutSigpipe = MSG_NOSIGNAL;
#else
constexpr int withoutSigpipe = 0;
#endif

}  // namespace

void Descriptor::reset() noexcept {
    if (fd_ >= 0) close(std::exchange(fd_, -1));
}

Pipe makePipe() {
    int ends[2];
    if (pipe(ends) != 0) throwErrno("pipe");
    Pipe made{Descriptor(ends[0]), Descriptor(ends[1])};
    keepFromPrograms(made.readEnd);
    keepFromPrograms(made.writeEnd);
    return made;
}

StopSignal::StopSignal() : pipe_(makePipe()) {
    makeNonBlocking(pipe_.readEnd);
    makeNonBlocking(pipe_.writeEnd);
}

void StopSignal::raise() noexcept {
    [[maybe_unused]] const auto written = write(pipe_.writeEnd.get(), "!", 1);
}

void StopSignal::lower() noexcept {
    char taken[64];
    while (read(pipe_.readEnd.get(), taken, sizeof taken) > 0) {
    }
}

void makeNonBlocking(const Descriptor& descriptor) {
    const int flags = fcntl(descriptor.get(), F_GETFL);
    if (flags < 0 || fcntl(descriptor.get(), F_SETFL, flags | O_NONBLOCK) != 0) throwErrno("fcntl");
}

Descriptor makeSocket() {
    Descriptor socket(::socket(AF_INET, SOCK_STREAM, 0));
    if (socket.get() < 0) throwErrno("socket");
    keepFromPrograms(socket);
    suppressSigpipe(socket);
    return socket;
}

Descriptor acceptOn(const Descriptor& listener) {
    Descriptor socket(accept(listener.get(), nullptr, nullptr));
    if (socket.get() < 0) return socket;
    keepFromPrograms(socket);
    suppressSigpipe(socket);
    makeNonBlocking(socket);
    return socket;
}

Descriptor bindLoopback(std::uint16_t port, Sharing sharing) {
    Descriptor socket = makeSocket();
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
    Descriptor socket = makeSocket();
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

ssize_t sendQuietly(int fd, std::string_view bytes, int flags) {
    return send(fd, bytes.data(), bytes.size(), flags | withoutSigpipe);
}

bool sendAll(int fd, std::string_view bytes, const StopSignal& stop) {
    while (!bytes.empty()) {
        const ssize_t sent = sendQuietly(fd, bytes, MSG_DONTWAIT);
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
