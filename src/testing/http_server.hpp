// HTTP for the embedded server: accepts connections on loopback, reads requests, hands them to a handler, writes the answers,
// whole or broken on purpose. The only place that knows cpp-httplib.
#ifndef REFOLD_TESTING_HTTP_SERVER_HPP
#define REFOLD_TESTING_HTTP_SERVER_HPP

#include <refold/testing/fake_server.hpp>

#include <cstdint>
#include <memory>

namespace refold::internal::fake {

/// Answers requests; called by several threads at a time.
class RequestHandler {
  public:
    RequestHandler() = default;
    RequestHandler(const RequestHandler&) = delete;
    RequestHandler& operator=(const RequestHandler&) = delete;
    virtual ~RequestHandler() = default;

    virtual refold::testing::FakeAnswer answer(refold::testing::FakeRequest request) = 0;
};

class HttpServer {
  public:
    /// Listens when it returns. Throws std::runtime_error.
    HttpServer(RequestHandler& handler, bool gzip);
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;
    ~HttpServer();

    int port() const noexcept;
    std::uint64_t connectionCount() const noexcept;
    void closeConnections();
    /// Closes everything and waits for the threads; the handler must not wait for anything any more.
    void stop();

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace refold::internal::fake

#endif
