// The client: the door to the API. Holds the connection to the server and the credentials; each operation is a member.
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

/// A cheap handle: copies share connections, pacing and the retry quota. Every member may be called from any thread. Calls
/// and ranges that are under way when the last handle goes end as usual.
///
/// Every operation throws `InvalidArgument`, `Cancelled`, `TransportError`, `ResponseError` or an `ApiError`, and
/// ends within its timeout.
class REFOLD_EXPORT Client {
  public:
    /// Nothing is sent yet. Throws `InvalidArgument` for a null strategy and for options that cannot be right: a base URL that
    /// is not http(s) or holds credentials, plain http to a host that is not this machine, a time limit that is not positive.
    /// \param auth     how requests are authenticated; may serve several clients
    /// \param options  what holds for all calls
    explicit Client(std::shared_ptr<AuthStrategy> auth, const ClientOptions& options = {});

    /// Takes the credentials from `REFOLD_API_KEY` and `REFOLD_LINKED_ACCOUNT_ID`, or from `REFOLD_SESSION_TOKEN`, and the base
    /// URL from `REFOLD_BASE_URL` where `options` has the default one. Throws `InvalidArgument` that says what is missing,
    /// or when both kinds of credentials are set.
    /// \param options  what holds for all calls
    /// \return a client with the credentials found
    static Client fromEnvironment(ClientOptions options = {});

    Client(const Client&) noexcept;
    Client(Client&&) noexcept;
    Client& operator=(const Client&) noexcept;
    Client& operator=(Client&&) noexcept;
    ~Client();

    /// The same client for another linked account: it shares connections, pacing (the limit counts for the whole
    /// organisation), the retry quota and the observer with this one, and has credentials of its own. Keep the handle where
    /// many calls are made: with `sessionTokenFor` each new one gets a token of its own. Nothing is sent yet.
    ///
    /// Throws `InvalidArgument` if the id is empty or holds a control character, or if the strategy cannot do it: a session token
    /// that was passed in names its account for good. A strategy of your own derives from `MultiAccountStrategy`.
    /// \param linkedAccountId  the other account
    /// \return a client of its own that shares what is said above
    Client withLinkedAccount(const std::string& linkedAccountId) const;

    /// Returns a session token for a linked account, for a backend that hands tokens to its frontends:
    /// `POST /api/v2/public/session-token` with the client's API key and no other credentials. Needs a client made with `apiKey`
    /// or `sessionTokenFor`; any other throws `InvalidArgument`. The server may hand out the account's existing token again
    /// unless `options.forceRefresh` is set.
    SessionToken issueSessionToken(const std::string& linkedAccountId, const CallOptions& call = {}) const;
    /// As above, with options.
    SessionToken issueSessionToken(const std::string& linkedAccountId, const SessionTokenOptions& options,
                                   const CallOptions& call = {}) const;

    /// One page of executions, by one request: `GET /api/v2/public/execution`.
    /// \param query    which runs, and which page of them
    /// \param options  time limit and cancellation of this call
    /// \return the page, with what the server said about the others
    Page<Execution> listExecutions(const ExecutionQuery& query = {}, const CallOptions& options = {}) const;

    /// Every execution that matches, from `query.page` (or the first) on. Sends nothing until `begin()`. Throws `InvalidArgument`
    /// for a query, options or a checkpoint that cannot be right.
    /// \param query    which runs
    /// \param listing  how to read them
    /// \param options  time limit of each page, and cancellation of the range
    /// \return a range that fetches as it is read
    ExecutionListing executions(const ExecutionQuery& query = {}, const ListingOptions& listing = {},
                                const CallOptions& options = {}) const;

    /// New runs that match and changes of their status, as they happen, without an end. Sends nothing until `begin()`. Throws
    /// `InvalidArgument` for a query, options or a checkpoint that cannot be right; `query.page` is refused, `query.sortAsc` has
    /// no effect.
    /// \param query    which runs
    /// \param watch    how often to look, and from when on
    /// \param options  time limit of each page, and cancellation of the watch
    /// \return an endless range
    ExecutionWatch watchExecutions(const ExecutionQuery& query = {}, const WatchOptions& watch = {},
                                   const CallOptions& options = {}) const;

    // One run in depth. Ids are sent as one segment of the path, percent-encoded; an empty one, `.`, `..` and those that hold CR,
    // LF or NUL are refused with `InvalidArgument`. An id that the server does not know is a `NotFoundError`.

    /// A run with its nodes: `GET …/execution/{id}`. `id` is filled in where the answer leaves it out.
    /// \param id       the run's
    /// \param options  time limit and cancellation of this call
    /// \return the run
    ExecutionDetail getExecution(const std::string& id, const CallOptions& options = {}) const;

    /// One page of the batches of a node: `GET …/execution/{id}/nodes/{nodeId}/batches`. Servers answer 501 where there are none
    /// to show, which is an `ApiError` with that `status()`; `ExecutionNode::isBatch` tells beforehand.
    /// \param id       the run's
    /// \param nodeId   the node's
    /// \param query    which batches, and which page of them
    /// \param options  time limit and cancellation of this call
    /// \return the page
    Page<NodeBatch> listNodeBatches(const std::string& id, const std::string& nodeId, const BatchQuery& query = {},
                                    const CallOptions& options = {}) const;

    /// Every batch of a node that matches, from `query.page` (or the first) on, as `executions` does for runs.
    /// \param id       the run's
    /// \param nodeId   the node's
    /// \param query    which batches
    /// \param listing  how to read them
    /// \param options  time limit of each page, and cancellation of the range
    /// \return a range that fetches as it is read
    NodeBatchListing nodeBatches(const std::string& id, const std::string& nodeId, const BatchQuery& query = {},
                                 const ListingOptions& listing = {}, const CallOptions& options = {}) const;

    /// Asks the server to stop a run: `POST …/execution/{id}/stop`. Returns when it has taken note, which may be before the run
    /// has stopped; see `waitForExecution`. To stop a run twice is to stop it once, so this is tried again like a read. If
    /// the server acted but its answer was lost, it may refuse the second attempt because the run has ended.
    /// \param id       the run's
    /// \param options  time limit and cancellation of this call
    void stopExecution(const std::string& id, const CallOptions& options = {}) const;

    /// Starts a new run with the payload of an old one, and returns the new run's id: `POST …/execution/{id}/rerun`. A run has
    /// effects, so the request is sent again only when it is certain that the server did not act on it (the connection
    /// was refused; 429; 401 with new credentials to be had). After any other failure `Error::outcomeUnknown` says whether
    /// it may have: if so, look at the run history before asking again.
    /// \param id       the old run's
    /// \param options  time limit and cancellation of this call
    /// \return the new run's id
    std::string rerunExecution(const std::string& id, const CallOptions& options = {}) const;

    /// Looks at a run again and again until it has ended, however it has, and returns it: whether it went well is for
    /// `status.isFailure()` to say. A status that this library does not know counts as not ended.
    ///
    /// `options.timeout` holds for each look, as it does for a range's pages; `wait.timeout` for the whole, after which a
    /// `TransportError` (timeout) says how the run stood. An outage (lost connections, 429, 500, 502, 503, 504) is borne until
    /// `wait.timeout`, or for five minutes in a row where there is none, then its error is thrown; all other errors are thrown
    /// at once. Cancelling ends it at once, also between two looks.
    /// \param id       the run's
    /// \param wait     how often to look, and how long
    /// \param options  time limit of each look, and cancellation of the whole
    /// \return the run as it ended
    ExecutionDetail waitForExecution(const std::string& id, const WaitOptions& wait = {},
                                     const CallOptions& options = {}) const;

  private:
    struct OfCore {};
    Client(OfCore tag, std::shared_ptr<internal::ClientCore> core) noexcept;

    std::shared_ptr<internal::ClientCore> core_;
};

}  // namespace v0
}  // namespace refold

#endif
