// One nginx with a port for each kind of peer, its certificates, and clients that trust the test CA. Used by the tests
// of the wire.
#ifndef REFOLD_TESTS_WIRE_WIRE_FIXTURE_HPP
#define REFOLD_TESTS_WIRE_WIRE_FIXTURE_HPP

#include "support/nginx.hpp"
#include "support/temporary_directory.hpp"
#include "support/test_client.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>

namespace refold::test {

class Wire : public ::testing::Test {
  protected:
    static void SetUpTestSuite();
    static void TearDownTestSuite();

    static const Nginx& nginx();
    /// False if nginx was built without the module that limits the rate.
    static bool hasRateLimit();
    static const TemporaryDirectory& directory() { return *directory_; }

    /// `scheme://host:port` of one of the ports below.
    static std::string url(const std::string& port, const std::string& scheme = "http",
                           const std::string& host = "127.0.0.1");
    /// Options with short back-off that trust the test CA.
    static ClientOptions options(const std::string& baseUrl);
    static Client client(const std::string& baseUrl) { return makeClient(options(baseUrl)); }

  private:
    static std::unique_ptr<TemporaryDirectory> directory_;
    static std::unique_ptr<Nginx> nginx_;
};

/// Sets an environment variable for its lifetime.
class ScopedVariable {
  public:
    ScopedVariable(std::string name, const std::string& value);
    ScopedVariable(const ScopedVariable&) = delete;
    ScopedVariable& operator=(const ScopedVariable&) = delete;
    ~ScopedVariable();

  private:
    std::string name_;
    std::optional<std::string> before_;
};

}  // namespace refold::test

#endif
