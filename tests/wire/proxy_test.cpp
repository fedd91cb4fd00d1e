// Tests proxies: the option, the environment, and what a proxy can read.
#include "support/forward_proxy.hpp"
#include "wire/wire_fixture.hpp"

#include <gtest/gtest.h>

#include <string>

namespace refold::test {
namespace {

class Proxy : public Wire {
  protected:
    /// An https URL with a host name that only the proxy can resolve.
    static constexpr const char* distantUrl = "https://elsewhere.example.test";
    static std::map<std::string, std::uint16_t> distantHost() {
        return {{"elsewhere.example.test:443", nginx().port("elsewhere")}};
    }
    static ClientOptions withProxy(const std::string& baseUrl, const std::string& proxy) {
        ClientOptions proxied = options(baseUrl);
        proxied.proxy = proxy;
        return proxied;
    }
    /// Options with which the environment selects the proxy.
    static ClientOptions byEnvironment(const std::string& baseUrl) {
        ClientOptions free = options(baseUrl);
        free.proxy.reset();
        return free;
    }
};

TEST_F(Proxy, HttpGetsTheAbsoluteForm) {
    const ForwardProxy proxy;
    EXPECT_EQ(makeClient(withProxy(url("plain"), proxy.url())).listExecutions().size(), 3U);
    ASSERT_EQ(proxy.requests().size(), 1U);
    EXPECT_EQ(proxy.requests()[0].rfind("GET " + url("plain") + "/api/v2/public/execution", 0), 0U)
        << proxy.requests()[0];
}

TEST_F(Proxy, HttpsRevealsOnlyTheHost) {
    const ForwardProxy proxy(distantHost());
    EXPECT_EQ(makeClient(withProxy(distantUrl, proxy.url())).listExecutions().size(), 3U);
    ASSERT_EQ(proxy.requests().size(), 1U);
    const std::string request = proxy.requests()[0];
    EXPECT_EQ(request.rfind("CONNECT elsewhere.example.test:443 ", 0), 0U) << request;
    EXPECT_EQ(request.find("x-api-key"), std::string::npos) << request;
    expectNoSecret(request, "the request to the proxy");
}

TEST_F(Proxy, DoesNotWeakenTls) {
    const ForwardProxy proxy({{"other.example.test:443", nginx().port("elsewhere")}});
    try {
        makeClient(withProxy("https://other.example.test", proxy.url())).listExecutions();
        ADD_FAILURE() << "the call succeeded";
    } catch (const TransportError& error) {
        EXPECT_EQ(error.kind(), TransportError::Kind::tls) << error.what();
    }
}

TEST_F(Proxy, ItsRefusalIsDistinguishedFromTheServers) {
    for (const char* status : {"403 Forbidden", "407 Proxy Authentication Required", "502 Bad Gateway"}) {
        ForwardProxy proxy;
        proxy.refuseWith(status);
        try {
            makeClient(withProxy(distantUrl, proxy.url())).listExecutions();
            ADD_FAILURE() << "the call succeeded";
        } catch (const TransportError& error) {
            EXPECT_EQ(error.kind(), TransportError::Kind::proxy) << error.what();
            EXPECT_NE(std::string(error.what()).find(std::string(status, 3)), std::string::npos) << error.what();
            EXPECT_EQ(error.attempts(), 1) << error.what();
        }
    }
}

TEST_F(Proxy, ARerunThatItDoesNotForwardHasAKnownOutcome) {
    // The kernel accepts connections for it, and they are never answered.
    const Descriptor silent = bindLoopback();
    listenOn(silent, 16);
    const ForwardProxy proxy({{"elsewhere.example.test:443", portOf(silent)}});
    const std::string silentProxy = "http://127.0.0.1:" + std::to_string(portOf(silent));
    for (const auto& [by, doing] : {std::pair(proxy.url(), "during the TLS handshake"), std::pair(silentProxy, "")}) {
        ClientOptions quick = withProxy(distantUrl, by);
        quick.connectTimeout = patient(std::chrono::milliseconds(300));
        quick.retry.maxAttempts = 1;
        try {
            makeClient(quick).rerunExecution("run_1");
            ADD_FAILURE() << "the call succeeded";
        } catch (const TransportError& error) {
            EXPECT_EQ(error.kind(), TransportError::Kind::timeout) << error.what();
            EXPECT_FALSE(error.outcomeUnknown()) << error.what();
            EXPECT_NE(std::string(error.what()).find(doing), std::string::npos) << error.what();
        }
    }
}

TEST_F(Proxy, UnreachableProxyIsNamedWithoutItsPassword) {
    const Descriptor nobody = bindLoopback();
    const std::string address = "127.0.0.1:" + std::to_string(portOf(nobody));
    try {
        makeClient(withProxy(distantUrl, "http://somebody:made-up-secret@" + address)).listExecutions();
        ADD_FAILURE() << "the call succeeded";
    } catch (const TransportError& error) {
        EXPECT_EQ(error.kind(), TransportError::Kind::connect) << error.what();
        EXPECT_EQ(std::string(error.what()).find("made-up-secret"), std::string::npos) << error.what();
    }
}

TEST_F(Proxy, EnvironmentIsUsedForHttps) {
    for (const char* name : {"https_proxy", "HTTPS_PROXY", "all_proxy"}) {
        const ForwardProxy proxy(distantHost());
        const ScopedVariable variable(name, proxy.url());
        EXPECT_EQ(makeClient(byEnvironment(distantUrl)).listExecutions().size(), 3U) << name;
        EXPECT_EQ(proxy.requests().size(), 1U) << name;
    }
}

TEST_F(Proxy, EnvironmentIsIgnoredForLoopback) {
    const ForwardProxy proxy;
    const ScopedVariable http("http_proxy", proxy.url());
    const ScopedVariable https("https_proxy", proxy.url());
    const ScopedVariable all("all_proxy", proxy.url());
    EXPECT_EQ(makeClient(byEnvironment(url("plain"))).listExecutions().size(), 3U);
    EXPECT_EQ(makeClient(byEnvironment(url("tls", "https"))).listExecutions().size(), 3U);
    EXPECT_EQ(makeClient(byEnvironment(url("tls", "https", "localhost"))).listExecutions().size(), 3U);
    EXPECT_TRUE(proxy.requests().empty());
}

TEST_F(Proxy, EnvironmentYieldsToNoProxyAndToTheOption) {
    const ForwardProxy proxy(distantHost());
    const ScopedVariable https("https_proxy", proxy.url());
    EXPECT_THROW(makeClient(withProxy(distantUrl, "")).listExecutions(), TransportError);
    {
        const ScopedVariable noProxy("no_proxy", ".example.test");
        EXPECT_THROW(makeClient(byEnvironment(distantUrl)).listExecutions(), TransportError);
    }
    EXPECT_TRUE(proxy.requests().empty());
}

TEST_F(Proxy, OptionOverridesNoProxy) {
    const ForwardProxy proxy;
    const ScopedVariable noProxy("no_proxy", "*");
    EXPECT_EQ(makeClient(withProxy(url("plain"), proxy.url())).listExecutions().size(), 3U);
    EXPECT_EQ(proxy.requests().size(), 1U);
}

}  // namespace
}  // namespace refold::test
