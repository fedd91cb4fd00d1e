// A port on which connecting hangs, because its queue is full and no connection is accepted. Used to test connect
// timeouts and cancellation.
#ifndef REFOLD_TESTS_SUPPORT_UNRESPONSIVE_LISTENER_HPP
#define REFOLD_TESTS_SUPPORT_UNRESPONSIVE_LISTENER_HPP

#include "support/socket.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace refold::test {

class UnresponsiveListener {
  public:
    UnresponsiveListener();

    std::string baseUrl() const { return "http://127.0.0.1:" + std::to_string(portOf(listener_)); }

  private:
    Descriptor listener_;
    std::vector<Descriptor> waiting_;
};

}  // namespace refold::test

#endif
