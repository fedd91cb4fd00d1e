// The default transport: libcurl, with connections kept and shared by all threads, HTTP/2 if the server has it, TLS
// always verified. Made by the client unless the user passes a transport.
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

        /// The loop that new requests use. Whoever sends a request holds on to its loop.
        std::shared_ptr<MultiLoop> loop();
        /// Gives up the connections of `loop`, one of which may be dead: later requests connect anew. Requests that are
        /// under way there end there.
        void abandon(const std::shared_ptr<MultiLoop>& loop);
        std::unique_ptr<Transfer> takeTransfer();
        void giveBack(std::unique_ptr<Transfer> transfer) noexcept;

      private:
        const WireOptions& options_;
        std::mutex mutex_;
        std::shared_ptr<MultiLoop> loop_;
        // Configured handles for the next requests: setting one up costs more than a short request.
        std::vector<std::unique_ptr<Transfer>> idle_;
    };

    const WireOptions options_;
    PerProcess<Wire> wire_;
};

}  // namespace refold::internal

#endif
