// Tests the scripted transport: responses in order, failures, and waits that end like those of a real transport.
#include <refold/testing/fake_transport.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <stdexcept>
#include <thread>

namespace {

using refold::testing::FakeTransport;
using namespace std::chrono_literals;

refold::HttpRequest requestTo(const char* url) {
    refold::HttpRequest request;
    request.url = url;
    return request;
}

TEST(FakeTransport, AnswersInOrderAndRecordsRequests) {
    FakeTransport transport;
    transport.respond(429, "busy", {{"Retry-After", "1"}}).respond(200, "fine");
    EXPECT_EQ(transport.remaining(), 2U);

    const auto first = transport.send(requestTo("http://a/1"));
    EXPECT_EQ(first.status, 429);
    EXPECT_EQ(first.body, "busy");
    EXPECT_EQ(first.header("retry-after"), "1");
    const auto second = transport.send(requestTo("http://a/2"));
    EXPECT_EQ(second.status, 200);
    EXPECT_EQ(second.body, "fine");

    EXPECT_EQ(transport.remaining(), 0U);
    ASSERT_EQ(transport.requestCount(), 2U);
    EXPECT_EQ(transport.requests()[0].url, "http://a/1");
    EXPECT_EQ(transport.requests()[1].url, "http://a/2");
}

TEST(FakeTransport, FailsAsScripted) {
    FakeTransport transport;
    transport.fail(refold::TransportError::Kind::reset, "cable cut");
    try {
        transport.send(requestTo("http://a/"));
        FAIL();
    } catch (const refold::TransportError& error) {
        EXPECT_EQ(error.kind(), refold::TransportError::Kind::reset);
        EXPECT_STREQ(error.what(), "cable cut");
        EXPECT_TRUE(error.isTransient());
    }
}

TEST(FakeTransport, ComputesAnAnswerFromTheRequest) {
    FakeTransport transport;
    transport
        .respondWith([](const refold::HttpRequest& request) {
            refold::HttpResponse response;
            response.status = 200;
            response.body = request.url;
            return response;
        })
        .repeat();
    EXPECT_EQ(transport.send(requestTo("http://a/x")).body, "http://a/x");
    EXPECT_EQ(transport.send(requestTo("http://a/y")).body, "http://a/y");
    EXPECT_EQ(transport.remaining(), 0U);
}

TEST(FakeTransport, ReportsTheEndOfItsScript) {
    FakeTransport transport;
    transport.respond(200);
    transport.send(requestTo("http://a/"));
    EXPECT_THROW(transport.send(requestTo("http://a/")), std::logic_error);
    EXPECT_EQ(transport.requestCount(), 2U);
}

TEST(FakeTransport, RefusesInvalidScripts) {
    FakeTransport transport;
    EXPECT_THROW(transport.repeat(), std::logic_error);
    EXPECT_THROW(transport.after(1ms), std::logic_error);
    transport.respond(200).repeat();
    EXPECT_THROW(transport.respond(200), std::logic_error);
}

TEST(FakeTransport, WaitsBeforeAnAnswer) {
    FakeTransport transport;
    transport.respond(200).after(30ms);
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(transport.send(requestTo("http://a/")).status, 200);
    EXPECT_GE(std::chrono::steady_clock::now() - begin, 30ms);
}

TEST(FakeTransport, EndsAtTheRequestsTimeout) {
    FakeTransport transport;
    transport.hang().respond(200).after(10s);
    for (int i = 0; i < 2; ++i) {
        auto request = requestTo("http://a/");
        request.timeout = 20ms;
        try {
            transport.send(request);
            FAIL();
        } catch (const refold::TransportError& error) {
            EXPECT_EQ(error.kind(), refold::TransportError::Kind::timeout);
        }
    }
}

TEST(FakeTransport, IsWokenByCancellation) {
    FakeTransport transport;
    transport.hang();
    const refold::CancelSource source;
    std::thread canceller([&] {
        EXPECT_TRUE(transport.waitForRequests(1, std::chrono::milliseconds::max()));
        source.cancel();
    });
    auto request = requestTo("http://a/");
    request.cancel = source.token();
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_THROW(transport.send(request), refold::Cancelled);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 10s);
    canceller.join();
    EXPECT_THROW(transport.send(request), refold::Cancelled) << "cancelled before sending";
    EXPECT_EQ(transport.requestCount(), 1U);
}

TEST(FakeTransport, WaitForRequestsGivesUp) {
    const FakeTransport transport;
    EXPECT_FALSE(transport.waitForRequests(1, 5ms));
    EXPECT_TRUE(transport.waitForRequests(0, 5ms));
}

}  // namespace
