// The embedded server's HTTP: cpp-httplib parses and writes; accepting, threads and sockets are arranged here so that it
// is quick, can break answers, and stops at once.
#include "testing/http_server.hpp"

#include "testing/connection_threads.hpp"
#include "testing/http_connection.hpp"

#include <sys/socket.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

namespace refold::internal::fake {

using refold::testing::FakeAnswer;
using refold::testing::FakeRequest;

namespace {

/// cpp-httplib's server ignores SIGPIPE for the whole process, which is not its user's business here: nothing is written
/// without MSG_NOSIGNAL.
class SigpipeKept {
  public:
    SigpipeKept() { ::sigaction(SIGPIPE, nullptr, &before_); }
    SigpipeKept(const SigpipeKept&) = delete;
    SigpipeKept& operator=(const SigpipeKept&) = delete;

  protected:
    ~SigpipeKept() = default;
    void restore() const { ::sigaction(SIGPIPE, &before_, nullptr); }

  private:
    struct sigaction before_ {};
};

bool isAddedByHttplib(const std::string& name) {
    return name == "REMOTE_ADDR" || name == "REMOTE_PORT" || name == "LOCAL_ADDR" || name == "LOCAL_PORT";
}

}  // namespace

class HttpServer::Impl final : private SigpipeKept, private httplib::Server {
  public:
    Impl(RequestHandler& handler, bool gzip) : handler_(handler), gzip_(gzip) {
        restore();
        new_task_queue = [] {
            return static_cast<httplib::TaskQueue*>(std::make_unique<ConnectionThreads>().release());
        };
        set_keep_alive_max_count(1000000);
        set_keep_alive_timeout(3600);
        // GET goes by this door, for the one behind it matches regular expressions; what may have a body needs it read first.
        set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
            if (request.method != "GET" && request.method != "HEAD") return HandlerResponse::Unhandled;
            serve(request, response);
            return HandlerResponse::Handled;
        });
        const auto rest = [this](const httplib::Request& request, httplib::Response& response) {
            serve(request, response);
        };
        Post(".*", rest);
        Put(".*", rest);
        Patch(".*", rest);
        Delete(".*", rest);
        Options(".*", rest);

        port_ = bind_to_any_port("127.0.0.1");
        if (port_ <= 0) throw std::runtime_error("FakeServer: no port to listen on at 127.0.0.1");
        // cpp-httplib's backlog of 5 makes a burst of connects wait a second for TCP's next try.
        ::listen(svr_sock_, 512);
        acceptor_ = std::thread([this] { listen_after_bind(); });
        // Stopping a server that has not begun would do nothing.
        while (!is_running()) std::this_thread::sleep_for(std::chrono::microseconds(100));
    }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;
    ~Impl() override { stopAll(); }

    int port() const noexcept { return port_; }
    std::uint64_t connectionCount() const noexcept { return connectionCount_; }

    void closeConnections() {
        const std::lock_guard<std::mutex> lock(mutex_);
        for (const auto& [number, connection] : connections_) connection->shutDown();
    }

    void stopAll() {
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            stopping_ = true;
            for (const auto& [number, connection] : connections_) connection->shutDown();
        }
        if (!acceptor_.joinable()) return;
        httplib::Server::stop();
        acceptor_.join();
    }

  private:
    bool process_and_close_socket(socket_t socket) override {
        HttpConnection connection(socket, ++connectionCount_);
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            if (stopping_) return false;
            connections_[connection.number()] = &connection;
        }
        while (connection.waitForRequest()) {
            bool closed = false;
            connection.ending = FakeAnswer::Ending::complete;
            const bool whole = process_request(connection, false, closed,
                                               [&](httplib::Request& request) { prepare(request, connection); });
            if (!connection.finishAnswer() || !whole || closed) break;
        }
        connection.shutDown();
        const std::lock_guard<std::mutex> lock(mutex_);
        connections_.erase(connection.number());
        return true;
    }

    /// cpp-httplib decides by this header and the content type whether to compress, and would rather use Brotli.
    void prepare(httplib::Request& request, HttpConnection& connection) const {
        connection.offeredEncodings = request.get_header_value("Accept-Encoding");
        request.headers.erase("Accept-Encoding");
        if (gzip_ && connection.offeredEncodings.find("gzip") != std::string::npos) {
            request.set_header("Accept-Encoding", "gzip");
        }
        // A request that announces no body has none (RFC 9112, 6.3), but cpp-httplib would wait for one.
        connection.isWithoutLength = !request.has_header("Content-Length") && !request.has_header("Transfer-Encoding");
        if (connection.isWithoutLength) request.set_header("Content-Length", "0");
    }

    void serve(const httplib::Request& request, httplib::Response& response) {
        HttpConnection& connection = *[&] {
            const std::lock_guard<std::mutex> lock(mutex_);
            return connections_.at(static_cast<std::uint64_t>(request.remote_port));
        }();
        FakeAnswer answer = handler_.answer(translate(request, connection));
        connection.ending = answer.ending;
        response.status = answer.status;
        for (const HttpHeader& header : answer.headers) response.set_header(header.name, header.value);
        response.body = std::move(answer.body);
        // The exact type is what cpp-httplib knows to be compressible.
        response.set_header("Content-Type", gzip_ ? std::string("application/json") : answer.contentType);
    }

    static FakeRequest translate(const httplib::Request& request, const HttpConnection& connection) {
        FakeRequest result;
        result.method = request.method;
        const std::size_t mark = request.target.find('?');
        result.path = request.target.substr(0, mark);
        if (mark != std::string::npos) result.query = request.target.substr(mark + 1);
        result.headers.reserve(request.headers.size());
        for (const auto& [name, value] : request.headers) {
            if (isAddedByHttplib(name) || name == "Accept-Encoding") continue;
            if (connection.isWithoutLength && name == "Content-Length") continue;
            result.headers.push_back({name, value});
        }
        if (!connection.offeredEncodings.empty()) {
            result.headers.push_back({"Accept-Encoding", connection.offeredEncodings});
        }
        result.body = request.body;
        result.connection = connection.number();
        return result;
    }

    RequestHandler& handler_;
    bool gzip_;
    int port_ = 0;
    std::thread acceptor_;
    std::atomic<std::uint64_t> connectionCount_{0};
    std::mutex mutex_;
    std::map<std::uint64_t, HttpConnection*> connections_;
    bool stopping_ = false;
};

HttpServer::HttpServer(RequestHandler& handler, bool gzip) : impl_(std::make_unique<Impl>(handler, gzip)) {
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
    impl_->stopAll();
}

}  // namespace refold::internal::fake
