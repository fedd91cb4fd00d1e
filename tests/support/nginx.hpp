// Runs nginx for a test program, with its own configuration in a temporary directory, on free loopback ports. Used by
// the tests of the wire.
#ifndef REFOLD_TESTS_SUPPORT_NGINX_HPP
#define REFOLD_TESTS_SUPPORT_NGINX_HPP

#include "support/socket.hpp"

#include <sys/types.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace refold::test {

class TemporaryDirectory;

class Nginx {
  public:
    /// `http` is the content of nginx's http block. Each name in `ports` gets a port, and `listen {name}` in `http`
    /// listens on it. Writes the access log to `access.log` in `directory`, in the format of `LogLine`. Throws if nginx
    /// does not start.
    Nginx(const TemporaryDirectory& directory, const std::vector<std::string>& ports, std::string http);
    Nginx(const Nginx&) = delete;
    Nginx& operator=(const Nginx&) = delete;
    ~Nginx();

    /// Returns what `nginx -V` prints: the options with which nginx was built.
    static std::string buildOptions();

    std::uint16_t port(const std::string& name) const { return ports_.at(name); }

    struct LogLine {
        std::uint16_t port = 0;
        std::string connection;
        std::string protocol;
        int status = 0;
        std::string uri;
        std::string authorization;
        std::string cookie;
        std::string apiKey;
    };
    /// Returns the requests that the server on this port has answered. nginx logs a request after it has sent the
    /// response: waits a moment until there are `atLeast`, or without that until no more are added.
    std::vector<LogLine> log(const std::string& portName, std::size_t atLeast = 0) const;

  private:
    void startGuard();
    void endGuard() const;
    void waitUntilStarted() const;

    const TemporaryDirectory& directory_;
    std::vector<Descriptor> reserved_;
    std::map<std::string, std::uint16_t> ports_;
    pid_t process_ = -1;
    pid_t guard_ = -1;  // kills nginx when `life_` is closed everywhere
    Descriptor life_;
};

}  // namespace refold::test

#endif
