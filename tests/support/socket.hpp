// Socket helpers: an owned descriptor, a loopback listener on a free port, and waits that a stop signal ends. Used by
// `FaultServer`, `ForwardProxy`, `Nginx` and `UnresponsiveListener`. Made of what POSIX systems share: Linux's eventfd,
// accept4 and the like are not on macOS.
#ifndef REFOLD_TESTS_SUPPORT_SOCKET_HPP
#define REFOLD_TESTS_SUPPORT_SOCKET_HPP

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace refold::test {

/// Owns a file descriptor.
class Descriptor {
  public:
    Descriptor() = default;
    explicit Descriptor(int fd) noexcept : fd_(fd) {}
    Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        if (this != &other) {
            reset();
            fd_ = std::exchange(other.fd_, -1);
        }
        return *this;
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() { reset(); }

    int get() const noexcept { return fd_; }
    void reset() noexcept;

  private:
    int fd_ = -1;
};

/// A pipe that programs started by this process do not inherit.
struct Pipe {
    Descriptor readEnd;
    Descriptor writeEnd;
};
Pipe makePipe();

/// A signal that ends every wait below, until it is lowered again.
class StopSignal {
  public:
    StopSignal();
    void raise() noexcept;
    void lower() noexcept;
    int fd() const noexcept { return pipe_.readEnd.get(); }

  private:
    Pipe pipe_;  // has bytes while the signal is raised
};

void makeNonBlocking(const Descriptor& descriptor);
/// Creates a TCP socket that programs started by this process do not inherit.
Descriptor makeSocket();
/// Accepts a waiting connection as a non-blocking socket of that kind; returns an invalid descriptor if none waits.
Descriptor acceptOn(const Descriptor& listener);

enum class Sharing {
    none,
    port,  ///< another process of this user may bind the port too, if it asks for the same (SO_REUSEPORT)
};
/// Returns a TCP socket bound to loopback; port 0 lets the kernel choose. It refuses connections until it listens.
Descriptor bindLoopback(std::uint16_t port = 0, Sharing sharing = Sharing::none);
void listenOn(const Descriptor& socket, int backlog);
std::uint16_t portOf(const Descriptor& socket);
/// Connects to loopback, blocking; returns an invalid descriptor if refused.
Descriptor connectLoopback(std::uint16_t port);

/// Waits until `fd` is ready for `events` (as in poll). False when stopped or out of time.
bool waitFor(int fd, short events, const StopSignal& stop, std::chrono::milliseconds limit);
/// Sleeps; false when stopped.
bool sleepFor(std::chrono::milliseconds time, const StopSignal& stop);

/// Like POSIX's `send`, but never raises SIGPIPE. The socket must come from one of the functions above.
ssize_t sendQuietly(int fd, std::string_view bytes, int flags = 0);
/// Sends everything; false when stopped or when the peer is gone. The socket must be non-blocking.
bool sendAll(int fd, std::string_view bytes, const StopSignal& stop);
/// Receives available bytes into `buffer`; 0 if the peer closed, empty if stopped or the connection is lost.
std::optional<std::size_t> receiveSome(int fd, char* buffer, std::size_t size, const StopSignal& stop);

}  // namespace refold::test

#endif
