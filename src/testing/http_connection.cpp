#include "testing/http_connection.hpp"

#include "testing/gzip.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <boost/beast/http/write.hpp>

#include <cstddef>
#include <exception>
#include <string>
#include <string_view>
#include <utility>

namespace refold::internal::fake {

namespace asio = boost::asio;
namespace http = boost::beast::http;

using refold::testing::FakeAnswer;
using refold::testing::FakeRequest;

namespace {

// Beast cannot hold a header of 64 KiB.
constexpr std::uint32_t maxHeadBytes = 65000;
constexpr std::uint64_t maxBodyBytes = 64U << 20;

/// The type of Beast's string_view depends on the version of Boost.
template <class BoostStringView>
std::string toString(const BoostStringView& text) {
    return {text.data(), text.size()};
}

FakeAnswer plainAnswer(int status, std::string text) {
    FakeAnswer answer;
    answer.status = status;
    answer.contentType = "text/plain";
    answer.body = std::move(text) + '\n';
    return answer;
}

}  // namespace

HttpConnection::HttpConnection(asio::ip::tcp::socket socket, std::uint64_t number, const Server& server)
    : socket_(std::move(socket)), number_(number), server_(server) {
    ErrorCode ignored;
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
}

void HttpConnection::close() noexcept {
    ErrorCode ignored;
    // A child process may hold the socket too, so that closing alone would not end the connection.
    socket_.shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
    socket_.close(ignored);
}

void HttpConnection::reset() noexcept {
    ErrorCode ignored;
    socket_.set_option(asio::socket_base::linger(true, 0), ignored);
    socket_.close(ignored);
}

void HttpConnection::readHead() {
    parser_.emplace();
    parser_->header_limit(maxHeadBytes);
    parser_->body_limit(maxBodyBytes);
    http::async_read_header(socket_, buffer_, *parser_,
                            [self = shared_from_this()](const ErrorCode& error, std::size_t) {
                                if (error) return self->refuse(error);
                                if (http::token_list(self->parser_->get()[http::field::expect]).exists("100-continue"))
                                    return self->sendContinue();
                                self->readBody();
                            });
}

void HttpConnection::sendContinue() {
    static constexpr std::string_view interim = "HTTP/1.1 100 Continue\r\n\r\n";
    asio::async_write(socket_, asio::buffer(interim.data(), interim.size()),
                      [self = shared_from_this()](const ErrorCode& error, std::size_t) {
                          if (error) return self->close();
                          self->readBody();
                      });
}

void HttpConnection::readBody() {
    http::async_read(socket_, buffer_, *parser_, [self = shared_from_this()](const ErrorCode& error, std::size_t) {
        if (error) return self->refuse(error);
        self->handOver();
    });
}

/// Answers a malformed request with 400, unless the connection has ended.
void HttpConnection::refuse(const ErrorCode& error) {
    const bool isOver = error == http::error::end_of_stream || error == http::error::partial_message;
    if (isOver || error.category() != make_error_code(http::error::end_of_stream).category()) return close();
    FakeAnswer answer = plainAnswer(400, "FakeServer cannot read this request: " + error.message());
    answer.headers.push_back({"Connection", "close"});
    write(std::move(answer));
}

void HttpConnection::handOver() {
    server_.threads.run([self = shared_from_this(), request = takeRequest()]() mutable {
        FakeAnswer answer = self->server_.handler.answer(std::move(request));
        asio::post(self->socket_.get_executor(),
                   [self, answer = std::move(answer)]() mutable { self->write(std::move(answer)); });
    });
}

FakeRequest HttpConnection::takeRequest() {
    auto& message = parser_->get();
    takesGzip_ = http::ext_list(message[http::field::accept_encoding]).exists("gzip");
    FakeRequest request;
    request.method = toString(message.method_string());
    const std::string target = toString(message.target());
    const std::size_t mark = target.find('?');
    request.path = target.substr(0, mark);
    if (mark != std::string::npos) request.query = target.substr(mark + 1);
    for (const auto& field : message)
        request.headers.push_back({toString(field.name_string()), toString(field.value())});
    request.body = std::move(message.body());
    request.connection = number_;
    return request;
}

void HttpConnection::write(FakeAnswer answer) {
    if (!socket_.is_open()) return;
    ending_ = answer.ending;
    if (ending_ == FakeAnswer::Ending::closed) return close();
    try {
        makeResponse(std::move(answer));
    } catch (const std::exception& error) {
        // A status of four digits or a header of 64 KiB, for example. Which class Beast throws depends on its version.
        makeResponse(plainAnswer(500, std::string("FakeServer cannot send this FakeAnswer: ") + error.what()));
    }
    http::async_write(socket_, response_,
                      [self = shared_from_this()](const ErrorCode& error, std::size_t) { self->afterWrite(error); });
}

/// Throws if Beast cannot express the answer.
void HttpConnection::makeResponse(FakeAnswer answer) {
    const auto& request = parser_->get();
    response_ = {};
    response_.version(request.version());
    response_.result(static_cast<unsigned>(answer.status));
    response_.keep_alive(request.keep_alive());
    response_.set(http::field::content_type, answer.contentType);
    if (server_.gzip && takesGzip_) {
        response_.set(http::field::content_encoding, "gzip");
        answer.body = gzip(answer.body);
    }
    // The length of the whole body, even if only a part of it is sent.
    response_.content_length(answer.body.size());
    for (const HttpHeader& header : answer.headers) response_.insert(header.name, header.value);
    if (request.method() == http::verb::head) answer.body.clear();
    if (ending_ != FakeAnswer::Ending::complete) answer.body.resize(answer.body.size() / 2);
    response_.body() = std::move(answer.body);
}

void HttpConnection::afterWrite(const ErrorCode& error) {
    if (ending_ == FakeAnswer::Ending::reset) return reset();
    if (error || ending_ != FakeAnswer::Ending::complete || !response_.keep_alive()) return close();
    readHead();
}

}  // namespace refold::internal::fake
