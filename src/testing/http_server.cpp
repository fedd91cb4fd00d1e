// One thread runs an I/O context that accepts, reads, writes and closes every connection, so that this needs no lock.
// Other threads answer the requests.
#include "testing/http_server.hpp"

#include "testing/http_connection.hpp"
#include "testing/request_threads.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#if !defined(_WIN32)
#include <fcntl.h>
#endif

#include <algorithm>
#include <atomic>
#include <chrono>
#include <future>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace refold::internal::fake {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr int backlog = 512;
constexpr std::chrono::milliseconds pauseAfterFailedAccept(10);

/// Keeps child processes from holding the port or a connection open.
template <class Socket>
void keepFromChildren([[maybe_unused]] Socket& socket) {
#if !defined(_WIN32)
    ::fcntl(socket.native_handle(), F_SETFD, FD_CLOEXEC);
#endif
}

}  // namespace

class HttpServer::Impl {
  public:
    Impl(RequestHandler& handler, int port, bool gzip) : connectionServer_{handler, threads_, gzip} {
        listen(port);
        accept();
        loopThread_ = std::thread([this] { loop_.run(); });
    }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;
    ~Impl() { stop(); }

    int port() const noexcept { return port_; }
    std::uint64_t connectionCount() const noexcept { return connectionCount_; }

    void closeConnections() {
        runOnLoop([this] { closeAll(); });
    }

    void stop() {
        if (!loopThread_.joinable()) return;
        runOnLoop([this] {
            boost::system::error_code ignored;
            acceptor_.close(ignored);
            acceptAgain_.cancel();
            closeAll();
        });
        // The loop still runs, because a handler may wait in closeConnections.
        threads_.stop();
        loop_.stop();
        loopThread_.join();
    }

  private:
    void listen(int port) {
        if (port < 0 || port > 65535) {
            throw std::invalid_argument("FakeServer: FakeServerOptions::port is " + std::to_string(port) +
                                        "; it must be 0 (any free port) to 65535");
        }
        const tcp::endpoint endpoint(asio::ip::address_v4::loopback(), static_cast<unsigned short>(port));
        boost::system::error_code error;
        acceptor_.open(endpoint.protocol(), error);
#if !defined(_WIN32)
        // Allows a port in TIME_WAIT. On Windows this is not needed and would share the port.
        if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
#endif
        if (!error) acceptor_.bind(endpoint, error);
        if (!error) acceptor_.listen(backlog, error);
        if (error) {
            const std::string which = port == 0 ? "any port" : "port " + std::to_string(port);
            const std::string advice =
                port == 0 ? "" : "; choose another FakeServerOptions::port, or 0 for any free one";
            throw std::runtime_error("FakeServer: cannot listen on " + which + " of 127.0.0.1: " + error.message() +
                                     advice);
        }
        keepFromChildren(acceptor_);
        port_ = acceptor_.local_endpoint().port();
    }

    void accept() {
        acceptor_.async_accept([this](const boost::system::error_code& error, tcp::socket socket) {
            if (!acceptor_.is_open()) return;
            if (!error) {
                serve(std::move(socket));
                return accept();
            }
            // Too many open files, for example.
            acceptAgain_.expires_after(pauseAfterFailedAccept);
            acceptAgain_.async_wait([this](const boost::system::error_code& canceled) {
                if (!canceled) accept();
            });
        });
    }

    void serve(tcp::socket socket) {
        keepFromChildren(socket);
        const auto connection =
            std::make_shared<HttpConnection>(std::move(socket), ++connectionCount_, connectionServer_);
        const auto isGone = [](const std::weak_ptr<HttpConnection>& other) { return other.expired(); };
        connections_.erase(std::remove_if(connections_.begin(), connections_.end(), isGone), connections_.end());
        connections_.push_back(connection);
        connection->start();
    }

    void closeAll() {
        for (const auto& reference : connections_) {
            if (const auto connection = reference.lock()) connection->close();
        }
        connections_.clear();
    }

    /// Runs the task on the loop's thread and waits for it.
    template <class Action>
    void runOnLoop(Action action) {
        std::promise<void> done;
        const std::future<void> isDone = done.get_future();
        asio::post(loop_, [&action, done = std::move(done)]() mutable {
            action();
            done.set_value();
        });
        isDone.wait();
    }

    RequestThreads threads_;
    const HttpConnection::Server connectionServer_;
    asio::io_context loop_{1};  // run by one thread
    const asio::executor_work_guard<asio::io_context::executor_type> work_{loop_.get_executor()};
    tcp::acceptor acceptor_{loop_};
    asio::steady_timer acceptAgain_{loop_};
    int port_ = 0;
    std::atomic<std::uint64_t> connectionCount_{0};
    std::vector<std::weak_ptr<HttpConnection>> connections_;
    std::thread loopThread_;
};

HttpServer::HttpServer(RequestHandler& handler, int port, bool gzip)
    : impl_(std::make_unique<Impl>(handler, port, gzip)) {
}

HttpServer::~HttpServer() = default;

int HttpServer::port() const noexcept {
    return impl_->port();
}

std::uint64_t HttpServer::connectionCount() const noexcept {
    return impl_->connectionCount();
}

void HttpServer::closeConnections() {
    impl_->closeConnections();
}

void HttpServer::stop() {
    impl_->stop();
}

}  // namespace refold::internal::fake
