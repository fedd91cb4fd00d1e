// Settings of a client: server, retries, pacing, time limits, proxy and certificates.
#ifndef REFOLD_CLIENT_OPTIONS_HPP
#define REFOLD_CLIENT_OPTIONS_HPP

#include <refold/export.hpp>
#include <refold/observer.hpp>
#include <refold/transport.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>

namespace refold {
inline namespace v0 {

/// The retries of a call. Transient failures (`Error::isTransient`) are retried, except a page or text in place of
/// JSON. `Client::rerunExecution` is repeated only if the server certainly did not act. The n-th retry waits a random
/// time between zero and `initialBackoff` * 2^(n-1), at most `maxBackoff` ("full jitter").
struct RetryPolicy {
    /// Attempts in all, the first included; 1 disables retries.
    int maxAttempts = 4;
    /// Upper limit of the first retry's delay; doubles with each further one.
    std::chrono::milliseconds initialBackoff{500};
    /// Upper limit of any retry's delay, except for a `Retry-After`.
    std::chrono::milliseconds maxBackoff{8000};
    /// A `Retry-After` up to this length is waited for. A longer one ends the call at once.
    std::chrono::milliseconds maxRetryAfter{60000};
    /// Number of retries that the client and its copies may make. Each retry takes one; ten successful calls return
    /// one. With none left, a call throws its failure without a retry. This limits the extra load during an outage.
    int quota = 100;
};

/// The request rate of a client and its copies. The defaults equal the API's documented limit, which counts for the
/// whole organisation. Other clients and processes are not taken into account: divide the rate among them.
struct RateLimit {
    /// Requests per second in the long run; 0 disables pacing.
    double perSecond = 20;
    /// Requests that may be sent at once after a pause.
    int burst = 5;

    /// Disables pacing.
    [[nodiscard]] static constexpr RateLimit none() noexcept { return RateLimit{0, 0}; }
    /// True if pacing is disabled.
    [[nodiscard]] constexpr bool isNone() const noexcept { return perSecond <= 0; }
};

/// Settings of a client.
struct ClientOptions {
    /// Scheme, host, port and optionally a path prefix. The API's own path is removed from its end:
    /// `/api/v2/public/execution`, `/api/v2/public` or `/api/v2`. The older `https://api.gocobalt.io` works
    /// too.
    std::string baseUrl = "https://app.refold.ai";
    /// When and how often to retry.
    RetryPolicy retry = {};
    /// Request rate of this client and its copies together.
    RateLimit rateLimit = {};
    /// Time limit of a call, with its retries, back-off and pacing.
    std::chrono::milliseconds timeout{60000};
    /// Time limit of one attempt.
    std::chrono::milliseconds attemptTimeout{30000};
    /// Time limit of connecting within an attempt: name resolution, TCP and TLS.
    std::chrono::milliseconds connectTimeout{10000};
    /// Proxy URL. Unset: the environment's `https_proxy`, `all_proxy` and `no_proxy`, for https only. Empty: no proxy.
    /// Loopback hosts are always reached directly unless this names a proxy.
    std::optional<std::string> proxy = {};
    /// PEM file of the certificate authorities to trust instead of the system's, for the server and for an https proxy.
    std::string caFile = {};
    /// Largest accepted body, after decompression. A larger one ends the call with a `TransportError` (tooLarge).
    std::size_t maxResponseBytes = std::size_t{64} * 1024 * 1024;
    /// Allows plain http, which exposes the credentials, to a host that is not loopback.
    bool allowPlainHttp = false;
    /// Empty for `refold-cpp/<version>`.
    std::string userAgent = {};
    /// Receives events, for logs and metrics.
    std::shared_ptr<Observer> observer = {};
    /// Replaces libcurl. `connectTimeout`, `proxy`, `caFile` and `maxResponseBytes` then have no effect.
    std::shared_ptr<Transport> transport = {};
};

/// Makes the transport that a client without `ClientOptions::transport` uses, for a transport of your own that wraps
/// it: to record, to count or to sign requests. Of `options`, `connectTimeout`, `proxy`, `caFile` and
/// `maxResponseBytes` have an effect. Several clients may share it. Throws `InvalidArgument` for invalid options.
REFOLD_EXPORT std::shared_ptr<Transport> defaultTransport(const ClientOptions& options = {});

}  // namespace v0
}  // namespace refold

#endif
