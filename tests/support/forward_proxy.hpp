// A small forward proxy: CONNECT for https, absolute form for http, loopback targets only. Records its requests. Used
// by the tests of the wire.
#ifndef REFOLD_TESTS_SUPPORT_FORWARD_PROXY_HPP
#define REFOLD_TESTS_SUPPORT_FORWARD_PROXY_HPP

#include "support/socket.hpp"

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace refold::test {

class ForwardProxy {
  public:
    /// `hosts` maps `name:port`, as a client requests it, to a loopback port; other targets must be on loopback.
    explicit ForwardProxy(std::map<std::string, std::uint16_t> hosts = {});
    ForwardProxy(const ForwardProxy&) = delete;
    ForwardProxy& operator=(const ForwardProxy&) = delete;
    ~ForwardProxy();

    std::string url() const { return "http://127.0.0.1:" + std::to_string(portOf(listener_)); }
    std::uint16_t port() const { return portOf(listener_); }
    /// Answers every request from now on with this status line, such as `403 Forbidden`.
    void refuseWith(const std::string& status);
    /// The heads of the received requests, unchanged.
    std::vector<std::string> requests() const;

  private:
    void acceptLoop();
    void serve(const Descriptor& client);
    std::uint16_t targetPort(const std::string& authority) const;
    void relay(int client, int server) const;

    const std::map<std::string, std::uint16_t> hosts_;
    StopSignal stop_;
    Descriptor listener_;
    mutable std::mutex mutex_;
    std::string refusal_;
    std::vector<std::string> requests_;
    std::vector<std::thread> connections_;
    std::thread acceptThread_;
};

}  // namespace refold::test

#endif
