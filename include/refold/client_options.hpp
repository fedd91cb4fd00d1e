// What holds for all calls of a client. A plain struct with defaults that suit a service in production.
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

/// How failures that may pass are met: connection lost, truncated answer, 408, 429, 500, 502, 503 and 504. The n-th retry waits a
/// random time between zero and `initialBackoff` * 2^(n-1), at most `maxBackoff` ("full jitter").
struct RetryPolicy {
    /// Tries in all, the first included; 1 means no retry.
    int maxAttempts = 4;
    /// What the first retry waits at most; each further one twice as long.
    std::chrono::milliseconds initialBackoff{500};
    /// What any retry waits at most, a `Retry-After` aside.
    std::chrono::milliseconds maxBackoff{8000};
    /// A server's `Retry-After` is kept as a minimum up to here; one that asks for more ends the call at once.
    std::chrono::milliseconds maxRetryAfter{60000};
    /// How many retries a client may spend before it must earn them back by successes (ten successes give one): in a wide
    /// outage, retries would only feed it.
    int quota = 100;
};

/// The pace that a client keeps by itself, over all its threads and copies: the API's documented limit.
struct RateLimit {
    /// Requests per second in the long run; 0 for no pacing.
    double perSecond = 20;
    /// Requests that may go out at once after a pause.
    int burst = 5;

    /// No pacing.
    /// \return a limit that holds nothing back
    static constexpr RateLimit none() noexcept { return RateLimit{0, 0}; }
    /// \return whether nothing is held back
    constexpr bool isNone() const noexcept { return perSecond <= 0; }
};

/// The settings of a client. A plain struct: set what matters.
struct ClientOptions {
    /// Where the API is: scheme, host, port and perhaps a path in front. The older `https://api.gocobalt.io` answers too.
    std::string baseUrl = "https://app.refold.ai";
    /// What is tried again, and how often.
    RetryPolicy retry = {};
    /// How many requests a second leave this client and its copies.
    RateLimit rateLimit = {};
    /// The most that a call takes, with its retries, back-off and pacing.
    std::chrono::milliseconds timeout{60000};
    /// The most that one attempt takes.
    std::chrono::milliseconds attemptTimeout{30000};
    /// The most that connecting takes within an attempt: name, TCP and TLS.
    std::chrono::milliseconds connectTimeout{10000};
    /// A proxy's URL. Unset: `https_proxy`, `all_proxy` and `no_proxy` of the environment, for https only. Empty: none.
    /// Loopback hosts are always reached directly unless a proxy is named here.
    std::optional<std::string> proxy = {};
    /// A PEM file with the certificate authorities to trust in place of the system's.
    std::string caFile = {};
    /// The largest body that is read, after decompression.
    std::size_t maxResponseBytes = std::size_t{64} * 1024 * 1024;
    /// Send credentials over plain http to a host that is not this machine.
    bool allowPlainHttp = false;
    /// Empty: `refold-cpp/<version>`.
    std::string userAgent = {};
    /// Told of what happens, for logs and metrics; none by default.
    std::shared_ptr<Observer> observer = {};
    /// In place of libcurl. `connectTimeout`, `proxy`, `caFile` and `maxResponseBytes` are then the transport's affair.
    std::shared_ptr<Transport> transport = {};
};

/// The transport that a client makes for itself where it is given none, for those who put one of their own in front of it: to record,
/// to count, to sign requests.
/// \param options  of which `connectTimeout`, `proxy`, `caFile` and `maxResponseBytes` count
/// \return a transport on libcurl; it may serve several clients
/// \throws InvalidArgument for options that cannot be right
REFOLD_EXPORT std::shared_ptr<Transport> defaultTransport(const ClientOptions& options = {});

}  // namespace v0
}  // namespace refold

#endif
