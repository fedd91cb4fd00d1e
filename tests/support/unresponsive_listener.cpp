// Fills the queue: Linux drops connection requests that do not fit into it, and the peer repeats them until it gives
// up.
#include "support/unresponsive_listener.hpp"

#include <netinet/in.h>
#include <sys/socket.h>

namespace refold::test {

UnresponsiveListener::UnresponsiveListener() : listener_(bindLoopback()) {
    listenOn(listener_, 0);
    sockaddr_in address{};
    socklen_t size = sizeof address;
    getsockname(listener_.get(), reinterpret_cast<sockaddr*>(&address), &size);
    // More than fit; non-blocking, because the last ones never succeed.
    for (int i = 0; i < 4; ++i) {
        Descriptor socket = makeSocket();
        makeNonBlocking(socket);
        [[maybe_unused]] const int begun = connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), size);
        waiting_.push_back(std::move(socket));
    }
}

}  // namespace refold::test
