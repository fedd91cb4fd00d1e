// Tests SIGPIPE with a libcurl before 7.87, which lets OpenSSL write without MSG_NOSIGNAL. This program defines its own
// `send`, which a newer libcurl calls instead of the C library's. It omits that flag, or raises the signal at every
// write. With an older libcurl OpenSSL calls `write`, which raises the signal without any help. To run it with one, put
// its libraries into LD_LIBRARY_PATH.
#include "wire/tls_front.hpp"
#include "wire/wire_fixture.hpp"

#include "support/forward_proxy.hpp"

#include <gtest/gtest.h>

#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace {

/// The behaviour of `send` on a thread.
enum class Writes {
    plain,
    unguarded,  ///< like an old libcurl: a write to a closed connection raises the signal
    raising,    ///< every write raises the signal
};
thread_local Writes writes = Writes::plain;
std::atomic<int> raised{0};
std::atomic<int> signals{0};

void countSignal(int /*signal*/) {
    ++signals;
}

}  // namespace

// NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name)
extern "C" ssize_t send(int socket, const void* bytes, size_t size, int flags) {
    if (writes == Writes::unguarded) flags &= ~MSG_NOSIGNAL;
    const ssize_t sent = ::sendto(socket, bytes, size, flags, nullptr, 0);
    if (writes == Writes::unguarded && sent < 0 && errno == EPIPE) ++raised;
    if (writes == Writes::raising) {
        ++raised;
        ::raise(SIGPIPE);
    }
    return sent;
}

// NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name)
extern "C" ssize_t write(int file, const void* bytes, size_t size) {
    const ssize_t written = ::syscall(SYS_write, file, bytes, size);
    if (written < 0 && errno == EPIPE) ++raised;
    return written;
}

namespace refold::test {
namespace {

using namespace std::chrono_literals;

/// Relays connections to a loopback port. `hangUp` ends the existing ones.
class ClosingRelay {
  public:
    explicit ClosingRelay(std::uint16_t target) : target_(target), listener_(bindLoopback()) {
        listenOn(listener_, 16);
        acceptThread_ = std::thread([this] { acceptLoop(); });
    }
    ClosingRelay(const ClosingRelay&) = delete;
    ClosingRelay& operator=(const ClosingRelay&) = delete;
    ~ClosingRelay() {
        stop_.raise();
        acceptThread_.join();
        for (std::thread& connection : connections_) connection.join();
    }

    std::uint16_t port() const { return portOf(listener_); }
    /// Ends existing connections by a reset, or in order, so that the client's next write causes the reset.
    void hangUp(bool resets) const {
        const std::lock_guard<std::mutex> lock(mutex_);
        for (const int client : clients_) {
            if (!resets) {
                // Its thread then closes it.
                ::shutdown(client, SHUT_RDWR);
                continue;
            }
            ::shutdown(client, SHUT_WR);
            std::this_thread::sleep_for(2ms);
            const linger now{1, 0};
            ::setsockopt(client, SOL_SOCKET, SO_LINGER, &now, sizeof now);
            // Closes the connection but not the descriptor, which its thread still polls.
            sockaddr nobody{};
            nobody.sa_family = AF_UNSPEC;
            ::connect(client, &nobody, sizeof nobody);
        }
    }

  private:
    void acceptLoop() {
        while (waitFor(listener_.get(), POLLIN, stop_, 1h)) {
            const int client = ::accept(listener_.get(), nullptr, nullptr);
            if (client < 0) continue;
            const std::lock_guard<std::mutex> lock(mutex_);
            clients_.push_back(client);
            connections_.emplace_back([this, client] { relay(client); });
        }
    }
    void relay(int fd) const {
        const Descriptor client(fd);  // closed after `hangUp` no longer knows it
        const Descriptor server = connectLoopback(target_);
        while (true) {
            pollfd sides[] = {{client.get(), POLLIN, 0}, {server.get(), POLLIN, 0}, {stop_.fd(), POLLIN, 0}};
            if (::poll(sides, 3, -1) < 0 || sides[2].revents != 0) return;
            if (sides[0].revents != 0 && !pass(client, server)) break;
            if (sides[1].revents != 0 && !pass(server, client)) break;
        }
        const std::lock_guard<std::mutex> lock(mutex_);
        clients_.erase(std::remove(clients_.begin(), clients_.end(), fd), clients_.end());
    }
    static bool pass(const Descriptor& from, const Descriptor& to) {
        char buffer[16384];
        const ssize_t size = ::recv(from.get(), buffer, sizeof buffer, 0);
        return size > 0 && ::send(to.get(), buffer, static_cast<std::size_t>(size), MSG_NOSIGNAL) == size;
    }

    const std::uint16_t target_;
    StopSignal stop_;
    Descriptor listener_;
    mutable std::mutex mutex_;
    mutable std::vector<int> clients_;
    std::vector<std::thread> connections_;
    std::thread acceptThread_;
};

class Sigpipe : public Wire {
  protected:
    Sigpipe() {
        signals = 0;
        raised = 0;
        struct sigaction action = {};
        action.sa_handler = &countSignal;
        ::sigaction(SIGPIPE, &action, &before_);
    }
    ~Sigpipe() override {
        writes = Writes::plain;
        ::sigaction(SIGPIPE, &before_, nullptr);
    }
    Sigpipe(const Sigpipe&) = delete;
    Sigpipe& operator=(const Sigpipe&) = delete;

    /// Uses a connection that the peer closes, once between two calls and once before the client is destroyed.
    static void useAndLose(Writes kind, const ClientOptions& options, const ClosingRelay& relay) {
        writes = kind;
        raised = 0;
        for (const bool resets : {true, false, true, false}) {
            std::optional<Client> client = makeClient(options);
            EXPECT_EQ(client->listExecutions().size(), 3U);
            relay.hangUp(resets);
            std::this_thread::sleep_for(20ms);
            EXPECT_EQ(client->listExecutions().size(), 3U);
            relay.hangUp(resets);
            std::this_thread::sleep_for(20ms);
            client.reset();
        }
        writes = Writes::plain;
        EXPECT_GT(raised, 0) << "the signal was never raised: the test proves nothing";
        EXPECT_EQ(signals, 0) << "of " << raised;
    }

  private:
    struct sigaction before_ = {};
};

TEST_F(Sigpipe, OfAServerThatHangsUpDoesNotReachTheProgram) {
    for (const auto& [protocol, kind] : {std::pair("tls", Writes::unguarded), std::pair("tls", Writes::raising),
                                         std::pair("http2", Writes::raising)}) {
        const ClosingRelay relay(nginx().port(protocol));
        useAndLose(kind, options("https://127.0.0.1:" + std::to_string(relay.port())), relay);
    }
}

TEST_F(Sigpipe, OfAnHttpsProxyThatHangsUpDoesNotReachTheProgram) {
    const ForwardProxy plain({{"elsewhere.example.test:443", nginx().port("elsewhere")}});
    const TlsFront front(plain.port(), directory().file("good.pem"), directory().file("good.key"));
    const ClosingRelay relay(front.port());
    ClientOptions proxied = options("https://elsewhere.example.test");
    proxied.proxy = "https://127.0.0.1:" + std::to_string(relay.port());
    // This libcurl closes proxy connections without sending anything, so an unguarded write never fails.
    useAndLose(Writes::raising, proxied, relay);
}

}  // namespace
}  // namespace refold::test
