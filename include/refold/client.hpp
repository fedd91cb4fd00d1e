// The client: the door to the API. Holds the connection to the server and the credentials; each operation is a member.
#ifndef REFOLD_CLIENT_HPP
#define REFOLD_CLIENT_HPP

#include <refold/auth.hpp>
#include <refold/call_options.hpp>
#include <refold/client_options.hpp>
#include <refold/error.hpp>
#include <refold/execution.hpp>
#include <refold/execution_listing.hpp>
#include <refold/execution_query.hpp>
#include <refold/export.hpp>
#include <refold/page.hpp>

#include <memory>

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
    explicit Client(std::shared_ptr<AuthStrategy> auth, const ClientOptions& options = {});

    /// Takes the credentials from `REFOLD_API_KEY` and `REFOLD_LINKED_ACCOUNT_ID`, or from `REFOLD_SESSION_TOKEN`, and the base
    /// URL from `REFOLD_BASE_URL` where `options` has the default one. Throws `InvalidArgument` that says what is missing,
    /// or when both kinds of credentials are set.
    static Client fromEnvironment(ClientOptions options = {});

    Client(const Client&) noexcept;
    Client(Client&&) noexcept;
    Client& operator=(const Client&) noexcept;
    Client& operator=(Client&&) noexcept;
    ~Client();

    /// One page of executions, by one request: `GET /api/v2/public/execution`.
    Page<Execution> listExecutions(const ExecutionQuery& query = {}, const CallOptions& options = {}) const;

    /// Every execution that matches, from `query.page` (or the first) on. Sends nothing until `begin()`. Throws `InvalidArgument`
    /// for a query, options or a checkpoint that cannot be right.
    ExecutionListing executions(const ExecutionQuery& query = {}, const ListingOptions& listing = {},
                                const CallOptions& options = {}) const;

  private:
    std::shared_ptr<internal::ClientCore> core_;
};

}  // namespace v0
}  // namespace refold

#endif
