// Tests the embedded server's port, and unusual requests sent byte by byte.
#include "support/socket.hpp"
#include "testing/raw_http.hpp"

#include <gtest/gtest.h>

#include <sys/socket.h>

#include <optional>
#include <stdexcept>

namespace {

using refold::test::connectLoopback;
using refold::test::Descriptor;
using refold::test::RawClient;
using refold::test::sendQuietly;
using refold::testing::FakeAnswer;
using refold::testing::FakeRequest;
using refold::testing::FakeServer;
using refold::testing::FakeServerOptions;
using namespace std::chrono_literals;

FakeServerOptions withPort(int port) {
    FakeServerOptions options;
    options.runs = 1;
    options.port = port;
    return options;
}

/// A client that sends raw bytes.
class BareClient {
  public:
    explicit BareClient(const FakeServer& server)
        : socket_(connectLoopback(static_cast<std::uint16_t>(server.port()))) {}

    void send(const std::string& bytes) const {
        EXPECT_EQ(sendQuietly(socket_.get(), bytes), static_cast<ssize_t>(bytes.size()));
    }
    /// Reads until the text appears or the server closes.
    std::string readUntil(const std::string& text) const {
        std::string all;
        char buffer[4096];
        while (text.empty() || all.find(text) == std::string::npos) {
            const ssize_t count = ::recv(socket_.get(), buffer, sizeof buffer, 0);
            if (count <= 0) break;
            all.append(buffer, static_cast<std::size_t>(count));
        }
        return all;
    }
    std::string readAll() const { return readUntil(""); }

  private:
    Descriptor socket_;
};

class FakeServerWire : public ::testing::Test {
  protected:
    FakeServer server{withPort(0)};
    BareClient client{server};
};

TEST_F(FakeServerWire, HeadersAreLoggedInTheirOrder) {
    client.send(
        "GET /a?b HTTP/1.1\r\nZebra: 1\r\nhost: x\r\nApple:  two words \r\nMiddle: 3\r\nConnection: close\r\n\r\n");
    EXPECT_NE(client.readAll().find("HTTP/1.1 404 Not Found\r\n"), std::string::npos);
    const FakeRequest request = server.requests().at(0);
    std::string names;
    for (const auto& header : request.headers) names += header.name + "=" + header.value + ";";
    EXPECT_EQ(names, "Zebra=1;host=x;Apple=two words;Middle=3;Connection=close;");
    EXPECT_EQ(request.path, "/a");
    EXPECT_EQ(request.query, "b");
}

TEST_F(FakeServerWire, RequestsMayArriveInPiecesOrTogether) {
    client.send("GET /1 HTTP/1.1\r\nHo");
    client.send("st: x\r\n\r\nPOST /2 HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n");
    client.send("GET /3 HTTP/1.1\r\nConnection: close\r\n\r\n");
    client.readAll();
    const auto requests = server.requests();
    ASSERT_EQ(requests.size(), 3U);
    EXPECT_EQ(requests[1].path, "/2");
    EXPECT_EQ(requests[1].body, "abcde");
    EXPECT_EQ(requests[2].path, "/3");
    EXPECT_EQ(server.connectionCount(), 1U);
}

TEST_F(FakeServerWire, ABodyMayWaitFor100Continue) {
    client.send("POST /x HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\nConnection: close\r\n\r\n");
    EXPECT_EQ(client.readUntil("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("{}");
    EXPECT_NE(client.readAll().find("404"), std::string::npos);
    EXPECT_EQ(server.requests().at(0).body, "{}");
}

TEST_F(FakeServerWire, RefusesMalformedRequests) {
    client.send("this is not HTTP\r\n\r\n");
    const std::string answer = client.readAll();
    EXPECT_EQ(answer.substr(0, 26), "HTTP/1.1 400 Bad Request\r\n") << answer;
    EXPECT_NE(answer.find("cannot read this request"), std::string::npos) << answer;
    EXPECT_EQ(server.requestCount(), 0U);
}

TEST_F(FakeServerWire, Http10ClientsAreAnsweredAndClosed) {
    client.send("GET /old HTTP/1.0\r\n\r\n");
    EXPECT_EQ(client.readAll().substr(0, 12), "HTTP/1.0 404");
}

TEST_F(FakeServerWire, AHeadResponseHasTheLengthButNoBody) {
    FakeAnswer answer;
    answer.body = "twelve bytes";
    server.answerNext(answer);
    client.send("HEAD / HTTP/1.1\r\nConnection: close\r\n\r\n");
    const std::string text = client.readAll();
    EXPECT_NE(text.find("Content-Length: 12\r\n"), std::string::npos) << text;
    EXPECT_EQ(text.substr(text.size() - 4), "\r\n\r\n");
}

TEST_F(FakeServerWire, LongTargetsAndHeadersAreAccepted) {
    const std::string target = "/" + std::string(30000, 'x');
    client.send("GET " + target + " HTTP/1.1\r\nX: " + std::string(30000, 'y') + "\r\nConnection: close\r\n\r\n");
    client.readAll();
    EXPECT_EQ(server.requests().at(0).path, target);
    EXPECT_EQ(server.requests().at(0).header("x").size(), 30000U);
}

TEST_F(FakeServerWire, TooLongHeadersAreRefused) {
    client.send("GET / HTTP/1.1\r\nX: " + std::string(70000, 'y') + "\r\n\r\n");
    EXPECT_EQ(client.readUntil("\r\n\r\n").substr(0, 12), "HTTP/1.1 400");
    EXPECT_EQ(server.requestCount(), 0U);
}

TEST_F(FakeServerWire, AnswersThatCannotBeSentAreNamed) {
    FakeAnswer fourDigits;
    fourDigits.status = 1000;
    FakeAnswer longHeader;
    longHeader.headers = {{"X", std::string(70000, 'x')}};
    for (const FakeAnswer& answer : {fourDigits, longHeader}) {
        server.answerNext(answer);
        const auto got = RawClient(server).list();
        EXPECT_EQ(got.status, 500);
        EXPECT_NE(got.body.find("cannot send this FakeAnswer"), std::string::npos) << got.body;
    }
}

TEST_F(FakeServerWire, AnAnswerMayCloseTheConnection) {
    FakeAnswer answer;
    answer.headers = {{"Connection", "close"}};
    server.answerNext(answer);
    client.send("GET / HTTP/1.1\r\n\r\n");
    EXPECT_NE(client.readAll().find("Connection: close\r\n"), std::string::npos);
}

TEST_F(FakeServerWire, TheHookMayCloseAllConnections) {
    server.onRequest([this](const FakeRequest&) -> std::optional<FakeAnswer> {
        server.closeConnections();
        return std::nullopt;
    });
    client.send("GET / HTTP/1.1\r\n\r\n");
    EXPECT_EQ(client.readAll(), "") << "the connection is closed without a response";
}

TEST_F(FakeServerWire, ClosingInterruptsAResponse) {
    server.setLatency(30s);
    client.send("GET / HTTP/1.1\r\n\r\n");
    ASSERT_TRUE(server.waitForRequests(1));
    const auto begin = std::chrono::steady_clock::now();
    server.closeConnections();
    EXPECT_EQ(client.readAll(), "");
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s);
}

TEST_F(FakeServerWire, TheHookMayThrowAnything) {
    server.onRequest([](const FakeRequest&) -> std::optional<FakeAnswer> { throw 7; });
    client.send("GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
    EXPECT_EQ(client.readAll().substr(0, 12), "HTTP/1.1 500");
}

TEST_F(FakeServerWire, CompressesATestsResponse) {
    FakeServerOptions options = withPort(0);
    options.gzip = true;
    FakeServer compressing(options);
    RawClient libcurl(compressing);
    libcurl.setEncodings("deflate, gzip");
    std::string incompressible;
    std::uint32_t state = 1;
    for (int i = 0; i < 100000; ++i) incompressible += static_cast<char>((state = state * 1664525 + 1013904223) >> 24);
    for (const std::string& body : {std::string(), std::string("a"), std::string(1000000, 'a'), incompressible}) {
        FakeAnswer answer;
        answer.contentType = "text/html";
        answer.body = body;
        compressing.answerNext(answer);
        const auto got = libcurl.list();
        EXPECT_EQ(got.result, CURLE_OK);
        EXPECT_EQ(got.body, body);
        EXPECT_NE(got.head.find("Content-Encoding: gzip"), std::string::npos);
        EXPECT_NE(got.head.find("Content-Type: text/html"), std::string::npos);
    }
}

TEST(FakeServerPort, CanBeChosen) {
    std::optional<FakeServer> server(std::in_place, withPort(0));
    const int port = server->port();
    EXPECT_EQ(RawClient(*server).list().status, 200);
    // The port can be reused while the kernel still keeps its last connections.
    server.reset();
    server.emplace(withPort(port));
    EXPECT_EQ(server->port(), port);
    EXPECT_EQ(server->baseUrl(), "http://127.0.0.1:" + std::to_string(port));
    EXPECT_EQ(RawClient(*server).list().status, 200);
}

TEST(FakeServerPort, InUseIsNamed) {
    const FakeServer first(withPort(0));
    try {
        const FakeServer second(withPort(first.port()));
        FAIL() << "two servers share one port";
    } catch (const std::runtime_error& error) {
        const std::string what = error.what();
        EXPECT_NE(what.find("port " + std::to_string(first.port()) + " of 127.0.0.1"), std::string::npos) << what;
        EXPECT_NE(what.find("FakeServerOptions::port"), std::string::npos) << what;
    }
    EXPECT_EQ(RawClient(first).list().status, 200);
}

TEST(FakeServerPort, OutOfRangeIsRefused) {
    EXPECT_THROW(FakeServer{withPort(-1)}, std::invalid_argument);
    EXPECT_THROW(FakeServer{withPort(65536)}, std::invalid_argument);
}

}  // namespace
