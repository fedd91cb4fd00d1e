// Tells whether requests go through a proxy that is itself reached over TLS: then a second certificate can be at fault,
// and libcurl reports less. Used by the transfer.
#ifndef REFOLD_TRANSPORT_HTTPS_PROXY_HPP
#define REFOLD_TRANSPORT_HTTPS_PROXY_HPP

#include <optional>
#include <string>

namespace refold::internal {

/// `option` is the proxy of the client's options; without one, the variables count from which libcurl takes the proxy
/// of an https request. Does not consider `no_proxy`.
bool isHttpsProxy(const std::optional<std::string>& option);

}  // namespace refold::internal

#endif
