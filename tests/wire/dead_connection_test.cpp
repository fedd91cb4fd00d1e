// Tests a connection that a router has dropped silently: later attempts and calls use a new one.
#include "support/socket.hpp"
#include "wire/wire_fixture.hpp"

#include <gtest/gtest.h>

#include <poll.h>
#include <sys/socket.h>

#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

namespace refold::test {
namespace {

using namespace std::chrono_literals;

/// Relays TCP connections to a loopback port. After `forget`, it discards everything on existing connections and relays
/// new ones.
class ForgetfulRelay {
  public:
    explicit ForgetfulRelay(std::uint16_t target) : target_(target), listener_(bindLoopback()) {
        listenOn(listener_, 16);
        acceptThread_ = std::thread([this] { acceptLoop(); });
    }
    ForgetfulRelay(const ForgetfulRelay&) = delete;
    ForgetfulRelay& operator=(const ForgetfulRelay&) = delete;
    ~ForgetfulRelay() {
        stop_.raise();
        acceptThread_.join();
        for (std::thread& connection : connections_) connection.join();
    }

    std::string port() const { return std::to_string(portOf(listener_)); }
    void forget() { forgotten_ = accepted_.load(); }
    int accepted() const { return accepted_; }

  private:
    void acceptLoop() {
        while (waitFor(listener_.get(), POLLIN, stop_, 1h)) {
            const int client = ::accept(listener_.get(), nullptr, nullptr);
            if (client < 0) continue;
            connections_.emplace_back([this, client, number = ++accepted_] { relay(Descriptor(client), number); });
        }
    }
    void relay(const Descriptor& client, int number) {
        const Descriptor server = connectLoopback(target_);
        while (true) {
            pollfd sides[] = {{client.get(), POLLIN, 0}, {server.get(), POLLIN, 0}, {stop_.fd(), POLLIN, 0}};
            if (::poll(sides, 3, -1) < 0 || sides[2].revents != 0) return;
            if (sides[0].revents != 0 && !pass(client, server, number)) return;
            if (sides[1].revents != 0 && !pass(server, client, number)) return;
        }
    }
    bool pass(const Descriptor& from, const Descriptor& to, int number) {
        char buffer[16384];
        const ssize_t size = ::recv(from.get(), buffer, sizeof buffer, 0);
        if (size <= 0) return false;
        if (number <= forgotten_) return true;
        return ::send(to.get(), buffer, static_cast<std::size_t>(size), MSG_NOSIGNAL) == size;
    }

    const std::uint16_t target_;
    StopSignal stop_;
    Descriptor listener_;
    std::atomic<int> accepted_{0};
    std::atomic<int> forgotten_{0};
    std::vector<std::thread> connections_;
    std::thread acceptThread_;
};

class DeadConnection : public Wire {
  protected:
    static ClientOptions optionsFor(const ForgetfulRelay& relay) {
        ClientOptions quick = options("https://127.0.0.1:" + relay.port());
        quick.attemptTimeout = patient(400ms);
        return quick;
    }
};

TEST_F(DeadConnection, IsAbandonedByTheNextAttempt) {
    for (const char* const protocol : {"http2", "tls"}) {
        ForgetfulRelay relay(nginx().port(protocol));
        const Client client = makeClient(optionsFor(relay));
        EXPECT_EQ(client.listExecutions().size(), 3U);
        relay.forget();
        EXPECT_NO_THROW(EXPECT_EQ(client.listExecutions().size(), 3U)) << protocol;
        EXPECT_EQ(relay.accepted(), 2) << protocol;
    }
}

TEST_F(DeadConnection, IsAbandonedByEveryOtherCall) {
    ForgetfulRelay relay(nginx().port("http2"));
    ClientOptions single = optionsFor(relay);
    single.retry.maxAttempts = 1;
    const Client client = makeClient(single);
    EXPECT_EQ(client.listExecutions().size(), 3U);
    relay.forget();
    EXPECT_THROW(client.listExecutions(), TransportError);
    for (int call = 0; call < 4; ++call) EXPECT_NO_THROW(EXPECT_EQ(client.listExecutions().size(), 3U)) << call;
    EXPECT_EQ(relay.accepted(), 2);
}

}  // namespace
}  // namespace refold::test
