// One connection of the embedded server: cpp-httplib's Stream over a socket that can be shut down from outside, and that sends
// an answer in one piece, or only a part of it. Used by HttpServer.
#ifndef REFOLD_TESTING_HTTP_CONNECTION_HPP
#define REFOLD_TESTING_HTTP_CONNECTION_HPP

#include <refold/testing/fake_server.hpp>

#include <httplib.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace refold::internal::fake {

class HttpConnection final : public httplib::Stream {
  public:
    /// Takes the socket over.
    HttpConnection(int socket, std::uint64_t number);
    HttpConnection(const HttpConnection&) = delete;
    HttpConnection& operator=(const HttpConnection&) = delete;
    ~HttpConnection() override;

    std::uint64_t number() const noexcept { return number_; }
    /// Waits for the first bytes of a request; false when the connection is over.
    bool waitForRequest();
    /// What the client said it can decompress, before the server decided.
    std::string offeredEncodings;
    /// Whether the request that is being served announced no body.
    bool isWithoutLength = false;
    /// How the answer that is being written is to end.
    refold::testing::FakeAnswer::Ending ending = refold::testing::FakeAnswer::Ending::complete;
    /// Sends the answer; false when the connection is over.
    bool finishAnswer();
    /// Ends all reading and writing; the one member that other threads may call.
    void shutDown() noexcept;

    bool is_readable() const override;
    bool is_writable() const override;
    ssize_t read(char* data, std::size_t size) override;
    ssize_t write(const char* data, std::size_t size) override;
    void get_remote_ip_and_port(std::string& ip, int& port) const override;
    void get_local_ip_and_port(std::string& ip, int& port) const override;
    socket_t socket() const override;

  private:
    bool fill();
    bool flush(std::size_t size);

    int socket_;
    std::uint64_t number_;
    std::array<char, 16384> input_{};
    std::size_t inputBegin_ = 0;
    std::size_t inputEnd_ = 0;
    std::string output_;
};

}  // namespace refold::internal::fake

#endif
