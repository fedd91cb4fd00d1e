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
    /// `http` is what stands in nginx's http block; each name in `ports` gets a port, and `listen {name}` in `http`
    /// listens on it. The access log is `access.log` in `directory`, its lines as `LogLine` reads them. Throws when
    /// nginx does not start.
    Nginx(const TemporaryDirectory& directory, const std::vector<std::string>& ports, std::string http);
    Nginx(const Nginx&) = delete;
    Nginx& operator=(const Nginx&) = delete;
    ~Nginx();

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
    /// The requests that the server on this port has answered so far. Waits a moment for the log to have `atLeast` of
    /// them, since nginx writes a line after the client has its answer.
    std::vector<LogLine> log(const std::string& portName, std::size_t atLeast = 0) const;

  private:
    void waitUntilStarted() const;

    const TemporaryDirectory& directory_;
    std::vector<Descriptor> reserved_;
    std::map<std::string, std::uint16_t> ports_;
    pid_t process_ = -1;
};

}  // namespace refold::test

#endif
