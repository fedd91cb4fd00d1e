// Tests that a SIGPIPE which libcurl or its TLS library raises on the loop's thread never reaches the program.
#include "transport/multi_loop.hpp"

#include <refold/cancel.hpp>

#include <gtest/gtest.h>

#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>

namespace refold::internal {
namespace {

using namespace std::chrono_literals;

std::atomic<int> caught{0};

void countSignal(int /*signal*/) {
    ++caught;
}

/// Raises SIGPIPE, as a write to a closed connection without MSG_NOSIGNAL does.
void writeToClosedPipe() {
    int ends[2] = {};
    ASSERT_EQ(::pipe(ends), 0);
    ::close(ends[0]);
    EXPECT_EQ(::write(ends[1], "x", 1), -1);
    ::close(ends[1]);
}

int afterSocketWasMade(void* count, curl_socket_t /*socket*/, curlsocktype /*purpose*/) {
    ++*static_cast<int*>(count);
    writeToClosedPipe();
    return CURL_SOCKOPT_OK;
}

int closeSocket(void* count, curl_socket_t socket) {
    ++*static_cast<int*>(count);
    writeToClosedPipe();
    return ::close(socket);
}

/// Accepts connections and never answers.
class Listener {
  public:
    Listener() : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        EXPECT_EQ(::bind(socket_, reinterpret_cast<sockaddr*>(&address), size), 0);
        EXPECT_EQ(::listen(socket_, 4), 0);
        EXPECT_EQ(::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size), 0);
        url_ = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + "/";
    }
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;
    ~Listener() { ::close(socket_); }
    const char* url() const { return url_.c_str(); }

  private:
    int socket_;
    std::string url_;
};

class SigpipeInLoop : public ::testing::Test {
  protected:
    SigpipeInLoop() {
        caught = 0;
        struct sigaction action = {};
        action.sa_handler = &countSignal;
        ::sigaction(SIGPIPE, &action, &before_);
    }
    ~SigpipeInLoop() override { ::sigaction(SIGPIPE, &before_, nullptr); }
    SigpipeInLoop(const SigpipeInLoop&) = delete;
    SigpipeInLoop& operator=(const SigpipeInLoop&) = delete;

    static bool isBlockedOrPending() {
        sigset_t blocked;
        sigset_t pending;
        ::pthread_sigmask(SIG_SETMASK, nullptr, &blocked);
        ::sigpending(&pending);
        return sigismember(&blocked, SIGPIPE) == 1 || sigismember(&pending, SIGPIPE) == 1;
    }
    /// A transfer that raises the signal when it connects and when its connection is closed.
    static EasyHandle raisingTransfer(const Listener& listener, int* raised) {
        EasyHandle easy(curl_easy_init());
        curl_easy_setopt(easy.get(), CURLOPT_URL, listener.url());
        curl_easy_setopt(easy.get(), CURLOPT_PROXY, "");
        curl_easy_setopt(easy.get(), CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(easy.get(), CURLOPT_SOCKOPTFUNCTION, &afterSocketWasMade);
        curl_easy_setopt(easy.get(), CURLOPT_SOCKOPTDATA, raised);
        curl_easy_setopt(easy.get(), CURLOPT_CLOSESOCKETFUNCTION, &closeSocket);
        curl_easy_setopt(easy.get(), CURLOPT_CLOSESOCKETDATA, raised);
        return easy;
    }

  private:
    struct sigaction before_ = {};
};

TEST_F(SigpipeInLoop, NeverReachesTheProgram) {
    const Listener listener;
    int raised = 0;
    {
        MultiLoop loop;
        const EasyHandle easy = raisingTransfer(listener, &raised);
        EXPECT_EQ(loop.run(easy.get(), 1s, CancelToken()), CURLE_OPERATION_TIMEDOUT);
    }
    EXPECT_EQ(raised, 2) << "when it connected and when the connection was closed";
    EXPECT_EQ(caught, 0);
    EXPECT_FALSE(isBlockedOrPending()) << "the thread's signal mask and pending signals are restored";
    writeToClosedPipe();
    EXPECT_EQ(caught, 1) << "the program's own SIGPIPE still arrives";
}

TEST_F(SigpipeInLoop, LeavesTheProgramsPendingSignal) {
    sigset_t pipe;
    sigset_t before;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &pipe, &before);
    writeToClosedPipe();
    const Listener listener;
    int raised = 0;
    {
        MultiLoop loop;
        const EasyHandle easy = raisingTransfer(listener, &raised);
        EXPECT_EQ(loop.run(easy.get(), 1s, CancelToken()), CURLE_OPERATION_TIMEDOUT);
    }
    EXPECT_EQ(raised, 2);
    EXPECT_EQ(caught, 0);
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    EXPECT_EQ(caught, 1) << "delivered once unblocked";
}

}  // namespace
}  // namespace refold::internal
