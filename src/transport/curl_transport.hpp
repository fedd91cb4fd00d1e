// The default transport, on libcurl: all threads share its connections; uses HTTP/2 if the server does, and always
// verifies TLS. Made by `defaultTransport`.
#ifndef REFOLD_TRANSPORT_CURL_TRANSPORT_HPP
#define REFOLD_TRANSPORT_CURL_TRANSPORT_HPP

#include <refold/transport.hpp>

#include "transport/multi_loop.hpp"
#include "transport/transfer.hpp"
#include "types/per_process.hpp"

#include <memory>
#include <mutex>
#include <vector>

namespace refold::internal {

class CurlTransport final : public Transport {
  public:
    explicit CurlTransport(WireOptions options);

    HttpResponse send(const HttpRequest& request) override;

  private:
    /// The connections and handles of one process.
    class Wire {
      public:
        explicit Wire(const WireOptions& options);

        /// Returns the loop for new requests. A request keeps its loop until it ends.
        std::shared_ptr<MultiLoop> loop();
        /// Replaces `loop`, one of whose connections may be dead: later requests use new connections, and requests in
        /// flight end in `loop`.
        void abandon(const std::shared_ptr<MultiLoop>& loop);
        std::unique_ptr<Transfer> takeTransfer();
        void giveBack(std::unique_ptr<Transfer> transfer) noexcept;

      private:
        const WireOptions& options_;
        std::mutex mutex_;
        std::shared_ptr<MultiLoop> loop_;
        // Configured handles to reuse: setting one up costs more than a short request.
        std::vector<std::unique_ptr<Transfer>> idle_;
    };

    const WireOptions options_;
    PerProcess<Wire> wire_;
};

}  // namespace refold::internal

#endif
