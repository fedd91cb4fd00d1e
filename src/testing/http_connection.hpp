// One connection of the embedded server: reads requests, has them answered, and writes the answers, whole or broken on
// purpose. Used by HttpServer. All members belong to the thread that runs the socket's I/O context.
#ifndef REFOLD_TESTING_HTTP_CONNECTION_HPP
#define REFOLD_TESTING_HTTP_CONNECTION_HPP

#include "testing/request_handler.hpp"
#include "testing/request_threads.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <cstdint>
#include <memory>
#include <optional>

namespace refold::internal::fake {

/// Lives until it is closed and its request in progress has been answered.
class HttpConnection final : public std::enable_shared_from_this<HttpConnection> {
  public:
    /// Shared by all connections of a server; must outlive them.
    struct Server {
        RequestHandler& handler;
        RequestThreads& threads;
        bool gzip;
    };

    /// `number` starts at 1; see `FakeRequest::connection`.
    HttpConnection(boost::asio::ip::tcp::socket socket, std::uint64_t number, const Server& server);
    HttpConnection(const HttpConnection&) = delete;
    HttpConnection& operator=(const HttpConnection&) = delete;
    ~HttpConnection() = default;

    /// Serves requests until the connection ends.
    void start() { readHead(); }
    /// Ends the connection, even in the middle of an answer. Drops the answer to a request in progress.
    void close() noexcept;

  private:
    using ErrorCode = boost::system::error_code;

    void readHead();
    void sendContinue();
    void readBody();
    void handOver();
    void refuse(const ErrorCode& error);
    refold::testing::FakeRequest takeRequest();
    void write(refold::testing::FakeAnswer answer);
    void makeResponse(refold::testing::FakeAnswer answer);
    void afterWrite(const ErrorCode& error);
    void reset() noexcept;

    boost::asio::ip::tcp::socket socket_;
    std::uint64_t number_;
    const Server& server_;
    boost::beast::flat_buffer buffer_;
    std::optional<boost::beast::http::request_parser<boost::beast::http::string_body>> parser_;
    boost::beast::http::response<boost::beast::http::string_body> response_;
    refold::testing::FakeAnswer::Ending ending_ = refold::testing::FakeAnswer::Ending::complete;
    bool takesGzip_ = false;
};

}  // namespace refold::internal::fake

#endif
