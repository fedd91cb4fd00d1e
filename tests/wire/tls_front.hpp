// Terminates TLS in front of a loopback port, which turns a plain proxy into an HTTPS proxy. Relays bytes in both
// directions. Used by the tests of HTTPS proxies.
#ifndef REFOLD_TESTS_WIRE_TLS_FRONT_HPP
#define REFOLD_TESTS_WIRE_TLS_FRONT_HPP

#include "support/socket.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

struct ssl_ctx_st;
struct ssl_st;

namespace refold::test {

class TlsFront {
  public:
    /// `certificate` and `key` are PEM files.
    TlsFront(std::uint16_t target, const std::string& certificate, const std::string& key);
    TlsFront(const TlsFront&) = delete;
    TlsFront& operator=(const TlsFront&) = delete;
    /// Ends all connections.
    ~TlsFront();

    /// `https://127.0.0.1:port`
    std::string url() const;
    std::uint16_t port() const { return portOf(listener_); }

  private:
    struct ContextDeleter {
        void operator()(ssl_ctx_st* context) const noexcept;
    };

    void acceptLoop();
    void serve(const Descriptor& client) const;
    bool pass(ssl_st* from, int to) const;
    static bool pass(int from, ssl_st* to);

    const std::uint16_t target_;
    std::unique_ptr<ssl_ctx_st, ContextDeleter> context_;
    StopSignal stop_;
    Descriptor listener_;
    std::vector<std::thread> connections_;
    std::thread acceptThread_;
};

}  // namespace refold::test

#endif
