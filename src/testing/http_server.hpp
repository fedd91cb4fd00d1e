// The embedded server's HTTP: accepts connections on loopback, reads requests, passes them to a handler, and writes the
// answers, whole or broken on purpose. Used by FakeServer.
#ifndef REFOLD_TESTING_HTTP_SERVER_HPP
#define REFOLD_TESTING_HTTP_SERVER_HPP

#include "testing/request_handler.hpp"

#include <cstdint>
#include <memory>

namespace refold::internal::fake {

class HttpServer {
  public:
    /// Listens on 127.0.0.1; port 0 means any free one. Throws std::runtime_error if it cannot listen, and
    /// std::invalid_argument for an invalid port.
    HttpServer(RequestHandler& handler, int port, bool gzip);
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;
    ~HttpServer();

    int port() const noexcept;
    std::uint64_t connectionCount() const noexcept;
    /// Closes the open connections before it returns. May be called by the handler, but not after `stop`.
    void closeConnections();
    /// Closes everything and waits for the threads. The handler must not block any more.
    void stop();

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace refold::internal::fake

#endif
