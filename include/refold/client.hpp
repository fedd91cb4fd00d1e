// The client, through which every operation of the API is called: listing, watching, reading, stopping and rerunning
// runs. Programs make one per server and account, and copy it freely.
#ifndef REFOLD_CLIENT_HPP
#define REFOLD_CLIENT_HPP

#include <refold/auth.hpp>
#include <refold/call_options.hpp>
#include <refold/client_options.hpp>
#include <refold/error.hpp>
#include <refold/execution.hpp>
#include <refold/execution_detail.hpp>
#include <refold/execution_listing.hpp>
#include <refold/execution_query.hpp>
#include <refold/execution_watch.hpp>
#include <refold/export.hpp>
#include <refold/node_batch.hpp>
#include <refold/node_batch_listing.hpp>
#include <refold/page.hpp>
#include <refold/session_token.hpp>
#include <refold/wait_options.hpp>

#include <memory>
#include <string>

namespace refold {

namespace internal {
class ClientCore;
}

inline namespace v0 {

/// A cheap handle: copies share connections, pacing and the retry quota. Every member may be called from any thread.
/// Calls and ranges in progress continue when the last handle is destroyed.
///
/// `CallOptions` holds the time limit and the cancel token. The limit covers all attempts of one request: a range
/// applies it to each page, `waitForExecution` to each poll. The library cannot interrupt a token provider, an observer
/// or a custom transport.
///
/// Operations throw `InvalidArgument`, `Cancelled`, `TransportError`, `ResponseError` or `ApiError`, all derived from
/// `refold::Error`. `std::bad_alloc` and the exceptions of a `WaitObserver` pass through unchanged.
///
/// `fork()`: a client made before it works in parent and child. The child gets its own connections, pacing and retry
/// quota. Calls and ranges in progress continue in the parent; in the child they throw `TransportError`, and destroying
/// them is safe. Do not fork while another thread, or a listing with `prefetch`, opens a TLS connection: a lock of
/// OpenSSL may stay locked in the child.
class REFOLD_EXPORT Client {
    /// Initialised by `{}` only.
    enum class Defaults {};

  public:
    /// Sends nothing. `auth` may serve several clients. Throws `InvalidArgument` if `auth` is null or an option is
    /// invalid, such as a base URL that is not absolute http(s) or has credentials, a query or a fragment; plain http
    /// to a host that is not loopback; a time limit that is not positive; `maxAttempts` below 1.
    explicit Client(std::shared_ptr<AuthStrategy> auth, const ClientOptions& options = {});

    /// Makes a client with credentials from `REFOLD_API_KEY` and `REFOLD_LINKED_ACCOUNT_ID`, or from
    /// `REFOLD_SESSION_TOKEN`. If `options.baseUrl` equals its default, `REFOLD_BASE_URL` replaces it. An empty
    /// variable counts as unset. Throws `InvalidArgument` if a variable is missing, if a key and a token are both set,
    /// or if a credential has a quote or a blank at an end, or is a pasted header or assignment.
    static Client fromEnvironment(ClientOptions options = {});

    Client(const Client&) noexcept;
    Client(Client&&) noexcept;
    Client& operator=(const Client&) noexcept;
    Client& operator=(Client&&) noexcept;
    ~Client();

    /// Returns a client for another linked account. It shares connections, pacing (the limit counts for the whole
    /// organisation), the retry quota and the observer with this one. Sends nothing. Keep the client for further calls:
    /// with `sessionTokenFor`, each new one requests a token of its own.
    ///
    /// Throws `InvalidArgument` if the id is empty or has a control character, or if the client was made with
    /// `sessionToken`, which belongs to one account. A strategy of your own derives from `MultiAccountStrategy` to
    /// support this.
    Client withLinkedAccount(const std::string& linkedAccountId) const;

    /// Issues a session token for a linked account, for a backend that passes tokens to its frontends: `POST
    /// /api/v2/public/session-token`, with the client's API key and no other credentials. Requires a client made with
    /// `apiKey` or `sessionTokenFor`; any other throws `InvalidArgument`. The server may return the account's existing
    /// token unless `options.forceRefresh` is set.
    SessionToken issueSessionToken(const std::string& linkedAccountId, const CallOptions& call = {}) const;
    /// As above, with options.
    SessionToken issueSessionToken(const std::string& linkedAccountId, const SessionTokenOptions& options,
                                   const CallOptions& call = {}) const;
    /// As above, for `{}` in place of the options, which would be ambiguous.
    SessionToken issueSessionToken(const std::string& linkedAccountId, Defaults options) const;

    /// Reads one page of executions: `GET /api/v2/public/execution`. If the server accepts days only, sends a second
    /// request with days and removes the runs outside `startDate` and `endDate`. `docs` may then hold fewer runs than
    /// the server sent, or none, though later pages hold more: only `hasNextPage` tells. `totalDocs` and `totalPages`
    /// then count whole days. `executions()` has no such pages.
    Page<Execution> listExecutions(const ExecutionQuery& query = {}, const CallOptions& call = {}) const;

    /// Returns every execution that matches, from `query.page` (or the first page) on, as a range that fetches pages as
    /// it is read. Sends nothing until `begin()`. The time limit in `call` holds for each page. Throws
    /// `InvalidArgument` if the query, an option or a checkpoint is invalid.
    ExecutionListing executions(const ExecutionQuery& query = {}, const ListingOptions& options = {},
                                const CallOptions& call = {}) const;

    /// Returns new runs that match, and changes of their status, as an endless range that polls the server. Sends
    /// nothing until `begin()`. The time limit in `call` holds for each page. Throws `InvalidArgument` if the query,
    /// an option or a checkpoint is invalid, or if `query.page` is set; `query.sortAsc` has no effect.
    ExecutionWatch watchExecutions(const ExecutionQuery& query = {}, const WatchOptions& options = {},
                                   const CallOptions& call = {}) const;

    // Operations on one run. Ids are percent-encoded as one path segment; an empty id, `.`, `..` and ids with CR, LF or
    // NUL are refused with `InvalidArgument`. An id that the server does not know is a `NotFoundError`.

    /// Reads a run with its nodes: `GET …/execution/{id}`. Sets `id` if the answer omits it.
    ExecutionDetail getExecution(const std::string& id, const CallOptions& call = {}) const;

    /// Reads one page of a node's batches: `GET …/execution/{id}/nodes/{nodeId}/batches`. Check
    /// `ExecutionNode::isBatch` first: for a node without batches a server answers 501, which is an `ApiError`.
    Page<NodeBatch> listNodeBatches(const std::string& id, const std::string& nodeId, const BatchQuery& query = {},
                                    const CallOptions& call = {}) const;

    /// Returns every batch of a node that matches, from `query.page` (or the first page) on, as a range like
    /// `executions`.
    NodeBatchListing nodeBatches(const std::string& id, const std::string& nodeId, const BatchQuery& query = {},
                                 const ListingOptions& options = {}, const CallOptions& call = {}) const;

    /// Requests that a run be stopped: `POST …/execution/{id}/stop`. Returns when the server has accepted the
    /// request; the run may stop later, see `waitForExecution`. Idempotent, so transient failures are retried. If the
    /// server acted and its answer was lost, it may refuse the retry because the run has ended.
    void stopExecution(const std::string& id, const CallOptions& call = {}) const;

    /// Starts a new run with the payload of an existing one and returns its id: `POST …/execution/{id}/rerun`. Not
    /// idempotent, so the request is sent again only if the server certainly did not act on it: the connection was
    /// refused, 429, or 401 with new credentials. After any other failure `Error::outcomeUnknown` tells whether the
    /// server may have acted; if so, check the run history before calling again.
    std::string rerunExecution(const std::string& id, const CallOptions& call = {}) const;

    /// Polls a run until it has ended (`Execution::hasEnded`) and returns it. A failed run is returned, not thrown: ask
    /// `status.isFailure()`.
    ///
    /// `call.timeout` limits each poll and `options.timeout` the whole wait, which ends with a `TransportError`
    /// (timeout) that names the run's last status. Transient errors are tolerated until `options.timeout`, or for five
    /// minutes if there is none; others are thrown at once, except a `NotFoundError` that may pass (`WaitOptions`).
    /// Cancellation takes effect at once, also between two polls.
    ExecutionDetail waitForExecution(const std::string& id, const WaitOptions& options = {},
                                     const CallOptions& call = {}) const;

  private:
    struct OfCore {};
    Client(OfCore tag, std::shared_ptr<internal::ClientCore> core) noexcept;

    std::shared_ptr<internal::ClientCore> core_;
};

}  // namespace v0
}  // namespace refold

#endif
