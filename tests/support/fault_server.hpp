// An HTTP/1.1 server on raw sockets that misbehaves on purpose: each request gets the next reply of a script, exact in
// bytes and pauses. Independent of the API. Used by every test that needs a misbehaving or observed server.
#ifndef REFOLD_TESTS_SUPPORT_FAULT_SERVER_HPP
#define REFOLD_TESTS_SUPPORT_FAULT_SERVER_HPP

#include "support/fault_reply.hpp"
#include "support/socket.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace refold::test {

/// A received request.
struct SeenRequest {
    int connection = 0;  ///< counted from 1
    std::string head;    ///< request line and headers, unchanged
    std::string body;
    std::chrono::steady_clock::time_point arrived;

    /// The request line without its line end.
    std::string line() const;
    /// The value of the first header of that name, in any case; empty if there is none.
    std::string header(std::string_view name) const;
};

class FaultServer {
  public:
    using Script = std::vector<FaultReply>;
    using Handler = std::function<FaultReply(const SeenRequest&)>;

    /// Request n gets reply n, on any connection; the last reply repeats.
    explicit FaultServer(Script script);
    /// Each request gets the reply that `handler` returns. Several threads call it at the same time. `threadStart` runs
    /// first on each of the server's threads.
    explicit FaultServer(Handler handler, std::function<void()> threadStart = {});
    FaultServer(const FaultServer&) = delete;
    FaultServer& operator=(const FaultServer&) = delete;
    ~FaultServer();

    std::uint16_t port() const noexcept { return port_; }
    std::string authority() const { return "127.0.0.1:" + std::to_string(port_); }
    std::string baseUrl() const { return "http://" + authority(); }

    /// Replaces `{name}` with `value` in everything sent from now on. `{self}` is the server's authority. `{imf+5}`,
    /// `{rfc850+5}` and `{asctime-5}` are the three forms of an HTTP date, as seconds from now.
    void setVariable(const std::string& name, const std::string& value);

    std::vector<SeenRequest> requests() const;
    /// Number of replies begun, to requests and to connections without a read request.
    int served() const;
    int connections() const;
    /// Waits until `count` replies have begun; false if `limit` passes first.
    bool waitForServed(int count, std::chrono::milliseconds limit) const;

    /// Drops every connection and refuses new ones, until `restart()` listens again on the same port.
    void shutDown();
    void restart();

  private:
    void start();
    void acceptLoop();
    void serve(Descriptor socket, int number);
    bool readRequest(int fd, std::string& pending, SeenRequest& request);
    bool nextIsBeforeRequest() const;
    FaultReply take(const SeenRequest* request);
    bool perform(const FaultReply& reply, Descriptor& socket);
    /// Discards what the peer sends, until it closes or sends nothing for as long as `silence`.
    void readToEnd(int fd, std::chrono::milliseconds silence);
    std::string expand(const std::string& bytes) const;

    const Script script_;
    const Handler handler_;
    const std::function<void()> threadStart_;
    StopSignal stop_;
    std::uint16_t port_ = 0;
    Descriptor listener_;
    std::thread acceptThread_;

    mutable std::mutex mutex_;
    std::vector<std::thread> connectionThreads_;
    std::map<std::string, std::string> variables_;
    std::vector<SeenRequest> requests_;
    std::size_t served_ = 0;
    int connections_ = 0;
};

}  // namespace refold::test

#endif
