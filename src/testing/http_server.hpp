// HTTP for the embedded server: accepts connections on loopback, reads requests, hands them to a handler, writes the answers,
// whole or broken on purpose. Used by FakeServer.
#ifndef REFOLD_TESTING_HTTP_SERVER_HPP
#define REFOLD_TESTING_HTTP_SERVER_HPP

#include "testing/request_handler.hpp"

#include <cstdint>
#include <memory>

namespace refold::internal::fake {

class HttpServer {
  public:
    /// Listens on 127.0.0.1 when it returns. Throws std::runtime_error where the port cannot be had, std::invalid_argument where it is no port.
    /// \param port  0: any that is free
    HttpServer(RequestHandler& handler, int port, bool gzip);
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;
    ~HttpServer();

    int port() const noexcept;
    std::uint64_t connectionCount() const noexcept;
    /// They are closed when it returns. May be called by the handler; not after `stop`.
    void closeConnections();
    /// Closes everything and waits for the threads; the handler must not wait for anything any more.
    void stop();

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace refold::internal::fake

#endif
