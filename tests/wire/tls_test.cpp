// Tests TLS with nginx: valid certificates work, and each kind of invalid one is refused with its reason.
#include "wire/wire_fixture.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace refold::test {
namespace {

class Tls : public Wire {
  protected:
    /// Expects a TLS error after one attempt, whose message contains `words`, and no request in nginx's log.
    void expectRefused(const std::string& port, const std::vector<std::string>& words,
                       const std::string& host = "127.0.0.1") {
        const std::size_t before = nginx().log(port).size();
        try {
            client(url(port, "https", host)).listExecutions();
            ADD_FAILURE() << port << ": the call succeeded";
        } catch (const TransportError& error) {
            const std::string what = error.what();
            EXPECT_EQ(error.kind(), TransportError::Kind::tls) << what;
            EXPECT_FALSE(error.isTransient());
            EXPECT_EQ(error.attempts(), 1) << what;
            for (const std::string& word : words) EXPECT_NE(what.find(word), std::string::npos) << word << ": " << what;
            expectNoSecret(what, "what()");
        }
        const auto lines = nginx().log(port);
        for (std::size_t i = before; i < lines.size(); ++i)
            EXPECT_EQ(lines[i].uri, "") << "a request reached the server";
    }
};

TEST_F(Tls, WorksByNameAndByAddress) {
    EXPECT_EQ(client(url("tls", "https", "localhost")).listExecutions().size(), 3U);
    EXPECT_EQ(client(url("tls", "https")).listExecutions().size(), 3U);
    EXPECT_EQ(client(url("tls12", "https")).listExecutions().size(), 3U);
}

TEST_F(Tls, AnExpiredCertificateIsRefused) {
    expectRefused("expired", {"expired"});
}

TEST_F(Tls, ANotYetValidCertificateIsRefused) {
    expectRefused("future", {"not valid yet"});
}

TEST_F(Tls, ACertificateForAnotherHostIsRefused) {
    expectRefused("elsewhere", {"another host", "127.0.0.1"});
    expectRefused("elsewhere", {"another host", "localhost"}, "localhost");
}

TEST_F(Tls, ASelfSignedCertificateIsRefused) {
    expectRefused("selfsigned", {"known CA", "caFile"});
}

TEST_F(Tls, ACertificateOfAnUnknownAuthorityIsRefused) {
    expectRefused("unknownca", {"known CA", "caFile"});
}

TEST_F(Tls, TheTestsAuthorityIsUnknownToTheSystem) {
    ClientOptions systemTrust = options(url("tls", "https"));
    systemTrust.caFile.clear();
    try {
        makeClient(systemTrust).listExecutions();
        ADD_FAILURE() << "the call succeeded";
    } catch (const TransportError& error) {
        EXPECT_EQ(error.kind(), TransportError::Kind::tls) << error.what();
    }
}

TEST_F(Tls, VersionsBefore12AreRefused) {
    expectRefused("tls11", {"TLS"});
}

TEST_F(Tls, APlainServerIsNotATlsServer) {
    try {
        client(url("plain", "https")).listExecutions();
        ADD_FAILURE() << "the call succeeded";
    } catch (const TransportError& error) {
        EXPECT_EQ(error.kind(), TransportError::Kind::tls) << error.what();
    }
}

TEST_F(Tls, ATlsServerIsNotAPlainServer) {
    // nginx answers 400 in HTML.
    try {
        client(url("tls")).listExecutions();
        ADD_FAILURE() << "the call succeeded";
    } catch (const ApiError& error) {
        EXPECT_EQ(error.status(), 400) << error.what();
        EXPECT_NE(std::string(error.what()).find("plain HTTP"), std::string::npos) << error.what();
    }
}

TEST_F(Tls, ARerunWhoseHandshakeFailsHasAKnownOutcome) {
    const Descriptor silent = bindLoopback();
    listenOn(silent, 16);
    const std::string silentUrl = "https://127.0.0.1:" + std::to_string(portOf(silent));
    for (const std::string& target : {silentUrl, url("unknownca", "https"), url("plain", "https")}) {
        ClientOptions quick = options(target);
        quick.connectTimeout = patient(std::chrono::milliseconds(300));
        quick.retry.maxAttempts = 1;
        try {
            makeClient(quick).rerunExecution("run_1");
            ADD_FAILURE() << "the call succeeded";
        } catch (const TransportError& error) {
            EXPECT_FALSE(error.outcomeUnknown()) << error.what();
            const bool isSilent = target == silentUrl;
            EXPECT_EQ(error.kind(), isSilent ? TransportError::Kind::timeout : TransportError::Kind::tls)
                << error.what();
            if (isSilent) {
                EXPECT_NE(std::string(error.what()).find("during the TLS handshake"), std::string::npos)
                    << error.what();
            }
        }
    }
}

TEST_F(Tls, AMissingCaFileIsNamed) {
    ClientOptions wrong = options(url("tls", "https"));
    wrong.caFile = directory().file("no-such-file.pem");
    try {
        makeClient(wrong).listExecutions();
        ADD_FAILURE() << "the call succeeded";
    } catch (const Error& error) {
        EXPECT_NE(std::string(error.what()).find("caFile"), std::string::npos) << error.what();
    }
}

}  // namespace
}  // namespace refold::test
