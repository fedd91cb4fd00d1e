// Tests connections that are lost: dropped silently by a router, reset, closed, or with a stream that is reset. Later
// attempts and calls use a new one.
#include "support/recording_observer.hpp"
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

/// A relay's treatment of the connections that it has lost.
enum class Loss {
    silent,  ///< discards everything
    reset,   ///< resets the connection when the client uses it
    closed,  ///< closes it then
};

/// Relays TCP connections to a loopback port. After `forget`, it relays new ones only.
class DroppingRelay {
  public:
    explicit DroppingRelay(std::uint16_t target) : target_(target), listener_(bindLoopback()) {
        listenOn(listener_, 16);
        acceptThread_ = std::thread([this] { acceptLoop(); });
    }
    DroppingRelay(const DroppingRelay&) = delete;
    DroppingRelay& operator=(const DroppingRelay&) = delete;
    ~DroppingRelay() {
        stop_.raise();
        acceptThread_.join();
        for (std::thread& connection : connections_) connection.join();
    }

    std::string port() const { return std::to_string(portOf(listener_)); }
    void forget(Loss loss = Loss::silent) {
        loss_ = loss;
        forgotten_ = accepted_.load();
    }
    int accepted() const { return accepted_; }

  private:
    void acceptLoop() {
        while (waitFor(listener_.get(), POLLIN, stop_, 1h)) {
            Descriptor client = acceptOn(listener_);
            if (client.get() < 0) continue;
            connections_.emplace_back(
                [this, client = std::move(client), number = ++accepted_] { relay(client, number); });
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
        if (number <= forgotten_) {
            const linger now{1, 0};
            if (loss_ == Loss::reset) ::setsockopt(from.get(), SOL_SOCKET, SO_LINGER, &now, sizeof now);
            return loss_ == Loss::silent;
        }
        return sendAll(to.get(), {buffer, static_cast<std::size_t>(size)}, stop_);
    }

    const std::uint16_t target_;
    StopSignal stop_;
    Descriptor listener_;
    std::atomic<int> accepted_{0};
    std::atomic<int> forgotten_{0};
    std::atomic<Loss> loss_{Loss::silent};
    std::vector<std::thread> connections_;
    std::thread acceptThread_;
};

class DeadConnection : public Wire {
  protected:
    static ClientOptions optionsFor(const DroppingRelay& relay) {
        ClientOptions quick = options("https://127.0.0.1:" + relay.port());
        quick.attemptTimeout = patient(400ms);
        return quick;
    }
};

TEST_F(DeadConnection, IsAbandonedByTheNextAttempt) {
    for (const char* const protocol : {"http2", "tls"}) {
        DroppingRelay relay(nginx().port(protocol));
        const Client client = makeClient(optionsFor(relay));
        EXPECT_EQ(client.listExecutions().size(), 3U);
        relay.forget();
        EXPECT_NO_THROW(EXPECT_EQ(client.listExecutions().size(), 3U)) << protocol;
        EXPECT_EQ(relay.accepted(), 2) << protocol;
    }
}

TEST_F(DeadConnection, IsAbandonedByEveryOtherCall) {
    DroppingRelay relay(nginx().port("http2"));
    ClientOptions single = optionsFor(relay);
    single.retry.maxAttempts = 1;
    const Client client = makeClient(single);
    EXPECT_EQ(client.listExecutions().size(), 3U);
    relay.forget();
    EXPECT_THROW(client.listExecutions(), TransportError);
    for (int call = 0; call < 4; ++call) EXPECT_NO_THROW(EXPECT_EQ(client.listExecutions().size(), 3U)) << call;
    EXPECT_EQ(relay.accepted(), 2);
}

TEST_F(DeadConnection, ThatIsResetIsReplacedAtOnce) {
    for (const Loss loss : {Loss::reset, Loss::closed}) {
        for (const char* const protocol : {"http2", "tls"}) {
            DroppingRelay relay(nginx().port(protocol));
            ClientOptions slow = options("https://127.0.0.1:" + relay.port());
            slow.retry.maxAttempts = 2;
            const Client client = makeClient(slow);
            EXPECT_EQ(client.listExecutions().size(), 3U);
            relay.forget(loss);
            const auto start = std::chrono::steady_clock::now();
            std::vector<std::thread> calls;
            for (int call = 0; call < 4; ++call) {
                calls.emplace_back([&] { EXPECT_NO_THROW(EXPECT_EQ(client.listExecutions().size(), 3U)) << protocol; });
            }
            for (std::thread& call : calls) call.join();
            EXPECT_LT(std::chrono::steady_clock::now() - start, slow.attemptTimeout);
            EXPECT_LE(relay.accepted(), 1 + 4) << protocol << ": at most a connection for each call";
            EXPECT_NO_THROW(EXPECT_EQ(client.listExecutions().size(), 3U)) << protocol;
        }
    }
}

TEST_F(DeadConnection, IsSuspectedAfterAStreamIsReset) {
    const auto observer = std::make_shared<RecordingObserver>();
    ClientOptions observed = options(url("reset2", "https"));
    observed.observer = observer;
    observed.retry.maxAttempts = 2;
    const Client client = makeClient(observed);
    for (int call = 0; call < 6; ++call) EXPECT_NO_THROW(EXPECT_EQ(client.listExecutions().size(), 3U)) << call;
    for (const ResponseEvent& response : observer->responses()) EXPECT_FALSE(response.transfer.connectionReused);
}

}  // namespace
}  // namespace refold::test
