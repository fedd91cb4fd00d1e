// Tests `Client::fromEnvironment`: the variables that it reads and the errors for missing or invalid ones.
#include "client/client_fixture.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace {

using namespace refold::test;
using refold::Client;
using refold::ClientOptions;
using refold::InvalidArgument;
using refold::testing::FakeServer;

class FromEnvironment : public ::testing::Test {
  protected:
    FromEnvironment() { clear(); }
    ~FromEnvironment() override { clear(); }
    FromEnvironment(const FromEnvironment&) = delete;
    FromEnvironment& operator=(const FromEnvironment&) = delete;

    static void clear() {
        for (const char* name :
             {"REFOLD_API_KEY", "REFOLD_LINKED_ACCOUNT_ID", "REFOLD_SESSION_TOKEN", "REFOLD_BASE_URL"}) {
            unset(name);
        }
    }
#if defined(_WIN32)
    static void set(const char* name, const std::string& value) {
        ::_putenv_s(name, value.c_str());
    }
    static void unset(const char* name) {
        ::_putenv_s(name, "");
    }
#else
    static void set(const char* name, const std::string& value) {
        ::setenv(name, value.c_str(), 1);
    }
    static void unset(const char* name) {
        ::unsetenv(name);
    }
#endif
    static void expectRefused(const std::string& argument) {
        try {
            Client::fromEnvironment();
            ADD_FAILURE() << "not refused";
        } catch (const InvalidArgument& error) {
            EXPECT_EQ(error.argument(), argument);
            EXPECT_NE(std::string(error.what()).find(argument), std::string::npos) << error.what();
            EXPECT_EQ(std::string(error.what()).find("not_a_real_key"), std::string::npos) << error.what();
        }
    }
    /// Sets each variable of a credential to the value in turn.
    static void expectRefusedInEach(const std::string& value) {
        set("REFOLD_API_KEY", value);
        set("REFOLD_LINKED_ACCOUNT_ID", "user_12345");
        expectRefused("REFOLD_API_KEY");
        set("REFOLD_API_KEY", "tk_test_key");
        set("REFOLD_LINKED_ACCOUNT_ID", value);
        expectRefused("REFOLD_LINKED_ACCOUNT_ID");
        clear();
        set("REFOLD_SESSION_TOKEN", value);
        expectRefused("REFOLD_SESSION_TOKEN");
        clear();
    }
};

TEST_F(FromEnvironment, AnApiKeyAndABaseUrl) {
    const FakeServer server(historyOf(3));
    set("REFOLD_API_KEY", server.options().apiKey);
    set("REFOLD_LINKED_ACCOUNT_ID", server.options().linkedAccountId);
    set("REFOLD_BASE_URL", server.baseUrl());
    EXPECT_EQ(Client::fromEnvironment().listExecutions().size(), 3U);
}

TEST_F(FromEnvironment, ASessionToken) {
    const FakeServer server(historyOf(3));
    set("REFOLD_SESSION_TOKEN", server.options().sessionToken);
    set("REFOLD_BASE_URL", server.baseUrl());
    EXPECT_EQ(Client::fromEnvironment().listExecutions().size(), 3U);
}

TEST_F(FromEnvironment, ABaseUrlInTheOptionsTakesPrecedence) {
    const FakeServer server(historyOf(3));
    set("REFOLD_SESSION_TOKEN", server.options().sessionToken);
    set("REFOLD_BASE_URL", "http://127.0.0.1:1");
    EXPECT_EQ(Client::fromEnvironment(quickOptions(server.baseUrl())).listExecutions().size(), 3U);
}

TEST_F(FromEnvironment, NamesMissingVariables) {
    expectRefused("REFOLD_API_KEY");
    set("REFOLD_API_KEY", "");
    expectRefused("REFOLD_API_KEY");
    set("REFOLD_API_KEY", "tk_test_not_a_real_key");
    expectRefused("REFOLD_LINKED_ACCOUNT_ID");
}

TEST_F(FromEnvironment, RefusesBothKinds) {
    set("REFOLD_API_KEY", "tk_test_not_a_real_key");
    set("REFOLD_LINKED_ACCOUNT_ID", "user_12345");
    set("REFOLD_SESSION_TOKEN", "session-token-not-real");
    expectRefused("REFOLD_SESSION_TOKEN");
}

TEST_F(FromEnvironment, ChecksTheBaseUrlLikeAnyOther) {
    set("REFOLD_SESSION_TOKEN", "session-token-not-real");
    set("REFOLD_BASE_URL", "http://refold.example");
    EXPECT_THROW(Client::fromEnvironment(), InvalidArgument);
}

TEST_F(FromEnvironment, ABaseUrlWithABlankIsRefusedWithThatReason) {
    for (const char* const url :
         {" https://refold.example", "https://refold.example\n", "https://refold.example\xC2\xA0"}) {
        set("REFOLD_SESSION_TOKEN", "session-token-not-real");
        set("REFOLD_BASE_URL", url);
        try {
            Client::fromEnvironment();
            ADD_FAILURE() << "not refused";
        } catch (const InvalidArgument& error) {
            EXPECT_EQ(error.argument(), "baseUrl");
            EXPECT_NE(std::string(error.what()).find("begins or ends with a blank"), std::string::npos) << error.what();
        }
    }
}

TEST_F(FromEnvironment, QuotesAndBlanksInCredentialsAreRefusedByVariable) {
    for (const std::string value :
         {"\"tk_not_a_real_key\"", "'tk_not_a_real_key", " tk_not_a_real_key", "tk_not_a_real_key ",
          "tk_not_a_real_key\r\n", "Bearer tk_not_a_real_key",
          // A no-break space, a byte order mark, typographic quotes.
          "tk_not_a_real_key\xC2\xA0", "\xEF\xBB\xBFtk_not_a_real_key", "\xE2\x80\x9Ctk_not_a_real_key\xE2\x80\x9D"}) {
        expectRefusedInEach(value);
    }
}

TEST_F(FromEnvironment, PastedHeadersAndAssignmentsAreRefusedByVariable) {
    for (const std::string value :
         {"Bearer", "bearer", "Authorization: Bearer tk_not_a_real_key", "authorization:Bearer tk_not_a_real_key",
          "x-api-key: tk_not_a_real_key", "X-Api-Key:tk_not_a_real_key", "linked_account_id: tk_not_a_real_key",
          "REFOLD_API_KEY=tk_not_a_real_key", "refold_session_token=tk_not_a_real_key",
          "export REFOLD_API_KEY=tk_not_a_real_key", "export KEY=tk_not_a_real_key", "set KEY=tk_not_a_real_key",
          "$env:KEY = tk_not_a_real_key"}) {
        expectRefusedInEach(value);
    }
    for (const std::string value : {"API_KEY=tk_not_a_real_key", "TOKEN=tk_not_a_real_key"}) {
        set("REFOLD_SESSION_TOKEN", value);
        expectRefused("REFOLD_SESSION_TOKEN");
        clear();
        set("REFOLD_API_KEY", value);
        set("REFOLD_LINKED_ACCOUNT_ID", "user_12345");
        expectRefused("REFOLD_API_KEY");
        clear();
    }
}

TEST_F(FromEnvironment, CredentialsThatOnlyResembleAssignmentsAreAccepted) {
    set("REFOLD_BASE_URL", "https://refold.example");
    for (const char* const token : {"eyJhbGciOiJub25lIn0=", "QUJD==", "ABCD=", "bearerless", "tk_a=b"}) {
        set("REFOLD_SESSION_TOKEN", token);
        EXPECT_NO_THROW(Client::fromEnvironment()) << token;
    }
    unset("REFOLD_SESSION_TOKEN");
    set("REFOLD_API_KEY", "tk_test_not_a_real_key");
    for (const char* const account : {"ORG=5", "user@example.test", "cn=user,ou=people", "set of users", "tenant: 5"}) {
        set("REFOLD_LINKED_ACCOUNT_ID", account);
        EXPECT_NO_THROW(Client::fromEnvironment()) << account;
    }
}

TEST_F(FromEnvironment, AQuotedBaseUrlIsRefusedWithThatReason) {
    for (const char* const url :
         {"\"https://refold.example\"", "'https://refold.example'", "https://refold.example\""}) {
        set("REFOLD_SESSION_TOKEN", "session-token-not-real");
        set("REFOLD_BASE_URL", url);
        try {
            Client::fromEnvironment();
            ADD_FAILURE() << "not refused";
        } catch (const InvalidArgument& error) {
            const std::string what = error.what();
            EXPECT_EQ(error.argument(), "baseUrl");
            EXPECT_NE(what.find("quote"), std::string::npos) << what;
            EXPECT_NE(what.find("REFOLD_BASE_URL"), std::string::npos) << what;
        }
    }
}

TEST_F(FromEnvironment, ABaseUrlInsideTheApiIsRefusedWithTheRightOne) {
    for (const char* const path :
         {"/api/v2/public/execution/run_1", "/api/v2/public/workflow/", "/api/v2/public/x/y"}) {
        try {
            makeClient(quickOptions("https://refold.example/gateway" + std::string(path)));
            ADD_FAILURE() << "not refused: " << path;
        } catch (const InvalidArgument& error) {
            EXPECT_EQ(error.argument(), "baseUrl");
            EXPECT_NE(std::string(error.what()).find("use https://refold.example/gateway"), std::string::npos)
                << error.what();
        }
    }
}

TEST_F(FromEnvironment, ABaseUrlMayEndWithTheApiPath) {
    const FakeServer server(historyOf(3));
    set("REFOLD_SESSION_TOKEN", server.options().sessionToken);
    for (const char* path :
         {"", "/", "/api/v2", "/api/v2/", "/api/v2/public", "/api/v2/public/", "/api/v2/public/execution",
          "/api/v2/public/executions", "/api/v2/public/executions/", "/api/v2/public/session-token",
          "/api/v2/public/api/v2/public", "/api/v2/public/api/v2/public/execution", "/api/v2//api/v2/public"}) {
        set("REFOLD_BASE_URL", server.baseUrl() + path);
        EXPECT_NO_THROW(EXPECT_EQ(Client::fromEnvironment().listExecutions().size(), 3U)) << path;
        const Client client(keyOf(server), quickOptions(server.baseUrl() + path));
        EXPECT_NO_THROW(EXPECT_EQ(client.listExecutions().size(), 3U)) << path;
    }
}

TEST_F(FromEnvironment, AHostNamedLikeTheApiPathIsKept) {
    for (const char* url : {"https://api", "https://api/v2/public", "https://api/api/v2"}) {
        const auto transport = std::make_shared<refold::testing::FakeTransport>();
        transport->respond(404, "{}");
        ClientOptions options = quickOptions(url);
        options.transport = transport;
        EXPECT_THROW(Client(refold::apiKey("tk_test_not_a_real_key", "user_12345"), options).listExecutions(),
                     refold::NotFoundError)
            << url;
        EXPECT_EQ(transport->requests().at(0).url.rfind("https://api/", 0), 0U) << transport->requests().at(0).url;
    }
}

}  // namespace
