// Tests proxies that are reached over TLS: their certificates are checked against `caFile`, like the server's, and
// messages tell whose certificate is invalid.
#include "support/forward_proxy.hpp"
#include "wire/tls_front.hpp"
#include "wire/wire_fixture.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace refold::test {
namespace {

class HttpsProxy : public Wire {
  protected:
    static constexpr const char* distantUrl = "https://elsewhere.example.test";

    TlsFront withCertificate(const std::string& name) const {
        return {plain_.port(), directory().file(name + ".pem"), directory().file(name + ".key")};
    }
    static ClientOptions through(const TlsFront& proxy, const std::string& baseUrl = distantUrl) {
        ClientOptions proxied = options(baseUrl);
        proxied.proxy = proxy.url();
        return proxied;
    }
    static void expectFault(const ClientOptions& refused, const std::string& owner, const std::string& fault) {
        try {
            makeClient(refused).listExecutions();
            ADD_FAILURE() << "the call succeeded";
        } catch (const TransportError& error) {
            const std::string what = error.what();
            EXPECT_EQ(error.kind(), TransportError::Kind::tls) << what;
            EXPECT_EQ(error.attempts(), 1) << what;
            EXPECT_EQ(what.rfind(owner + "'s certificate " + fault, 0), 0U) << what;
        }
    }

    const ForwardProxy plain_{{{"elsewhere.example.test:443", nginx().port("elsewhere")},
                               {"other.example.test:443", nginx().port("elsewhere")},
                               {"unknownca.example.test:443", nginx().port("unknownca")},
                               {"expired.example.test:443", nginx().port("expired")}}};
};

TEST_F(HttpsProxy, IsTrustedByTheCaFile) {
    const TlsFront proxy = withCertificate("good");
    EXPECT_EQ(makeClient(through(proxy)).listExecutions().size(), 3U);
    ASSERT_EQ(plain_.requests().size(), 1U);
    expectNoSecret(plain_.requests()[0], "the request to the proxy");
    // Requests for plain http URLs are sent to it over TLS in the absolute form.
    EXPECT_EQ(makeClient(through(proxy, url("plain"))).listExecutions().size(), 3U);
}

TEST_F(HttpsProxy, IsNamedIfItsCertificateIsInvalid) {
    expectFault(through(withCertificate("unknownca")), "the proxy", "is not signed by a known CA");
    expectFault(through(withCertificate("selfsigned")), "the proxy", "is not signed by a known CA");
    expectFault(through(withCertificate("expired")), "the proxy", "has expired");
    expectFault(through(withCertificate("elsewhere")), "the proxy", "is for another host");
    EXPECT_TRUE(plain_.requests().empty()) << "no request is sent to an untrusted proxy";
}

TEST_F(HttpsProxy, IsNotBlamedForTheServersCertificate) {
    const TlsFront proxy = withCertificate("good");
    expectFault(through(proxy, "https://other.example.test"), "the server", "is for another host");
    expectFault(through(proxy, "https://unknownca.example.test"), "the server", "is not signed by a known CA");
    expectFault(through(proxy, "https://expired.example.test"), "the server", "has expired");
}

TEST_F(HttpsProxy, OfTheEnvironmentIsToldApartToo) {
    const auto fromEnvironment = [](const TlsFront& proxy, const std::string& baseUrl) {
        const ScopedVariable variable("https_proxy", proxy.url());
        ClientOptions refused = options(baseUrl);
        refused.proxy.reset();
        expectFault(refused, baseUrl == distantUrl ? "the proxy" : "the server", "is not signed by a known CA");
    };
    fromEnvironment(withCertificate("unknownca"), distantUrl);
    fromEnvironment(withCertificate("good"), "https://unknownca.example.test");
}

TEST_F(HttpsProxy, IsNotTrustedWithoutTheCaFile) {
    const TlsFront proxy = withCertificate("good");
    ClientOptions system = through(proxy);
    system.caFile.clear();
    expectFault(system, "the proxy", "is not signed by a known CA");
}

}  // namespace
}  // namespace refold::test
