// Makes the default transport.
#include <refold/client_options.hpp>

#include "client/client_settings.hpp"
#include "transport/curl_transport.hpp"

namespace refold {
inline namespace v0 {

std::shared_ptr<Transport> defaultTransport(const ClientOptions& options) {
    internal::checkOptions(options);
    return std::make_shared<internal::CurlTransport>(
        internal::WireOptions{options.connectTimeout, options.proxy, options.caFile, options.maxResponseBytes});
}

}  // namespace v0
}  // namespace refold
