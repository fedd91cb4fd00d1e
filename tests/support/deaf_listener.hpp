// A port on which a connect hangs: its queue of waiting connections is full and nobody accepts. Used for connect
// timeouts and for cancelling a connect.
#ifndef REFOLD_TESTS_SUPPORT_DEAF_LISTENER_HPP
#define REFOLD_TESTS_SUPPORT_DEAF_LISTENER_HPP

#include "support/socket.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace refold::test {

class DeafListener {
  public:
    DeafListener();

    std::string baseUrl() const { return "http://127.0.0.1:" + std::to_string(portOf(listener_)); }

  private:
    Descriptor listener_;
    std::vector<Descriptor> waiting_;
};

}  // namespace refold::test

#endif
