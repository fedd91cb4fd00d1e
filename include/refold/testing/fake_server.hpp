// An in-memory Refold server on loopback with a generated history, for tests and demonstrations of programs that use
// `refold::Client`. It has real sockets, both kinds of authentication, every filter and the rate limit, and can inject
// faults and change its history while it is read. Part of the testing component: `find_package(refold COMPONENTS
// testing)`.
#ifndef REFOLD_TESTING_FAKE_SERVER_HPP
#define REFOLD_TESTING_FAKE_SERVER_HPP

#include <refold/client_options.hpp>
#include <refold/execution_query.hpp>
#include <refold/testing/export.hpp>
#include <refold/testing/fake_node.hpp>
#include <refold/timestamp.hpp>
#include <refold/transport.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace refold {
inline namespace v0 {
namespace testing {

/// The precision with which a server reads `start_date` and `end_date`.
enum class DateGranularity { millisecond, second, day, ignored };

/// Settings of the server. The defaults follow the documented API.
struct FakeServerOptions {
    /// A key that starts with `pk` makes the runs' environment `production`, any other `test`.
    std::string apiKey = "tk_test_not_a_real_key";
    /// The linked account of the key.
    std::string linkedAccountId = "user_12345";
    /// Further accounts, at most 255, of generated runs in this history, as a key for a whole organisation lists them.
    /// Their credentials are not accepted; see `FakeServer::addLinkedAccount`.
    std::vector<std::string> otherAccounts = {};
    /// A session token that is valid from the start; see also `acceptSessionToken`. Empty: none.
    std::string sessionToken = "session-token-not-real";
    /// Lifetime of the tokens that the server issues. Unset: unlimited, and not sent to the client.
    std::optional<std::chrono::seconds> sessionTokenLifetime = std::chrono::hours(24);
    /// Returns an account's valid token again unless the request says `force_refresh=true`, as today's service does.
    /// False: issues a new token for each request.
    bool reusesSessionTokens = true;
    /// Ends an account's previous token when a new one is issued.
    bool newTokenEndsOldOne = false;

    /// The number of generated runs. The same `runs`, `seed` and `now` give the same history.
    std::size_t runs = 24742;
    /// Seed of the generated runs.
    std::uint64_t seed = 1;
    /// When the newest run was created. Unset: 2026-06-16T13:15:00.887Z, and the newest run is the example of the API's
    /// documentation. The other runs are spread over the half year before.
    std::optional<Timestamp> now = {};
    /// Generates the statuses of older servers: some failed runs read FAILED, others ERRORED, and no run is TERMINATED
    /// or QUEUED. False: failed runs read ERRORED, as on today's service.
    bool legacyStatuses = false;

    /// Adds `pagingCounter`, `hasPrevPage`, `prevPage` and `nextPage` to the envelope.
    bool legacyFields = false;
    /// Omits `limit` and `totalPages` from the envelope.
    bool omitOptionalEnvelopeFields = false;
    /// The page size for requests without a limit.
    std::int64_t defaultLimit = 10;
    /// Larger limits are reduced to this one; only the envelope shows it. 0: no maximum.
    std::int64_t maxLimit = 0;
    /// The precision with which `start_date` and `end_date` are read.
    DateGranularity dateGranularity = DateGranularity::millisecond;
    /// Excludes the runs at the bounds themselves.
    bool exclusiveDates = false;
    /// Refuses dates with a time of day: accepts `YYYY-MM-DD` only.
    bool daysOnly = false;
    /// Reads an `end_date` without a time as the beginning of that day. False: as its end.
    bool endDateIsMidnight = false;

    /// Answers a rerun with `status` and `id`, as older servers do. False: with `message` and `instanceId`.
    bool legacyRerunAnswer = false;
    /// Answers a token request for an unknown account with 500, as older servers do. False: with 400 and
    /// `INVALID_LINKED_ACCOUNT_ID`.
    bool legacyAccountError = false;

    /// Omits `_id` when a single run is read, as the example in the API's documentation does.
    bool omitIdInDetail = false;
    /// A stopped run is STOPPING the first time it is read and STOPPED from then on.
    bool stopsSlowly = false;

    /// Delay of every answer.
    std::chrono::milliseconds latency{0};
    /// Requests beyond this rate are refused with 429 and `Retry-After`.
    RateLimit rateLimit = RateLimit::none();
    /// Compresses answers for clients that accept gzip.
    bool gzip = false;

    /// The port on 127.0.0.1 to listen on; 0: any free one.
    int port = 0;
};

/// A run to add to the history.
struct FakeRun {
    /// Empty: generated.
    std::string id = {};
    /// Empty: that of `FakeServerOptions::linkedAccountId`. Any other must have been passed to `addLinkedAccount`.
    std::string linkedAccountId = {};
    /// Any text.
    std::string status = "RUNNING";
    /// Unset: one second after the newest run.
    std::optional<Timestamp> createdAt = {};
    /// Unset: sent once `FakeServer::setStatus` ends the run.
    std::optional<Timestamp> completionTime = {};
    /// Empty: `Execution for workflow <workflowId>`.
    std::string name = {};
    /// The workflow's id.
    std::string workflowId = "6a106ba44480b80424a65289";
    /// The workflow's name.
    std::string workflowName = "Daily Sync";
    /// The application's slug. Empty: the run has no application.
    std::string slug = "hubspot";
    /// The application's name.
    std::string applicationName = "Hubspot";
    /// `type_of_execution`.
    std::string type = "ASYNC";
    /// Matched by the `execution_source` filter.
    std::string source = "SCHEDULE";
    /// Sent instead of the JSON generated from the members above, which then serve the filters and the order only. Need
    /// not be valid JSON.
    std::string json = {};
};

/// A request that the server received.
struct FakeRequest {
    std::string method = {};               ///< in capitals
    std::string path = {};                 ///< as received, percent-encoded
    std::string query = {};                ///< as received, without the `?`
    std::vector<HttpHeader> headers = {};  ///< in the order received
    std::string body = {};                 ///< as received
    std::uint64_t connection = 0;          ///< number of its connection, starting at 1

    /// Returns the value of the first header with that name, in any case; empty if there is none. Valid while the
    /// request lives.
    REFOLD_TESTING_EXPORT std::string_view header(std::string_view name) const noexcept;
    /// True if the request has a header with that name, even an empty one.
    bool hasHeader(std::string_view name) const noexcept { return header(name).data() != nullptr; }
    /// Returns the first query parameter of that name, decoded.
    REFOLD_TESTING_EXPORT std::optional<std::string> parameter(std::string_view name) const;
};

/// An answer that replaces the server's own.
struct FakeAnswer {
    /// The end of an answer on the wire.
    enum class Ending {
        complete,   ///< with its whole body
        truncated,  ///< the connection is closed after half of the body
        closed,     ///< the connection is closed without an answer
        reset       ///< the connection is reset after half of the body
    };

    int status = 200;                                             ///< HTTP status
    std::string body = {};                                        ///< sent unchanged
    std::string contentType = "application/json; charset=utf-8";  ///< the header `Content-Type`
    std::vector<HttpHeader> headers = {};                         ///< further headers
    Ending ending = Ending::complete;                             ///< how the answer ends
};

/// Serves the operations on executions (list, get, batches of a node, stop, rerun) and issues session tokens, on
/// 127.0.0.1, from construction to destruction. Destruction waits neither for clients nor for delays. Every member but
/// the destructor may be called from any thread, also from `onRequest`'s callable.
///
/// Where the API's documentation is silent, the server behaves like this:
///
/// - A request with both kinds of credentials is answered with 400.
/// - Unknown query parameters and empty filters are ignored.
/// - Statuses match exactly, so FAILED does not find ERRORED; `All` matches every run.
/// - `workflow_name` ignores the case of ASCII letters.
/// - An `end_date` without a time includes the whole day.
/// - Runs of the same millisecond are ordered by id.
/// - Stopping a run that has ended in another way is answered with 400.
/// - A rerun starts at once and stays RUNNING unless its status is set. The server's clock begins at
///   `FakeServerOptions::now` when the server starts; if the newest run is later, the rerun is a millisecond newer.
/// - Batches of a node without batches are answered with 501.
///
/// Each run has five generated nodes, the same for the same run and status; the fourth has batches.
class REFOLD_TESTING_EXPORT FakeServer {
  public:
    /// Throws `std::runtime_error` if it cannot listen on `FakeServerOptions::port`.
    explicit FakeServer(FakeServerOptions options = {});
    FakeServer(const FakeServer&) = delete;
    FakeServer& operator=(const FakeServer&) = delete;
    ~FakeServer();

    /// `http://127.0.0.1:<port>`, for `ClientOptions::baseUrl`.
    std::string baseUrl() const;
    /// The port on 127.0.0.1.
    int port() const noexcept;
    /// The options passed to the constructor.
    const FakeServerOptions& options() const noexcept;

    // Credentials.

    /// Accepts `token` from now on.
    void acceptSessionToken(const std::string& token);
    /// Refuses `token` with 401 from now on.
    void revokeSessionToken(const std::string& token);
    /// Adds a linked account with `runs` generated runs. Each account sees its own runs only. Throws
    /// `std::invalid_argument` if the account exists.
    void addLinkedAccount(const std::string& id, std::size_t runs = 0);
    /// Sets the lifetime of tokens issued from now on; see `FakeServerOptions::sessionTokenLifetime`.
    void setSessionTokenLifetime(std::optional<std::chrono::seconds> lifetime);
    /// Refuses every token issued so far with 401.
    void revokeIssuedSessionTokens();
    /// The number of tokens issued so far.
    std::uint64_t issuedSessionTokens() const;

    // The history. Changes are atomic: a request sees all of a change or none of it.

    /// Adds a run and returns its id. Throws `std::invalid_argument` if the id is taken or the linked account is
    /// unknown.
    std::string addRun(FakeRun run = {});
    /// Removes a run. This and the members below return false if there is no such run.
    bool removeRun(std::string_view id);
    /// Sets a run's status, to any text. A terminal status sets the run's completion time by the server's clock unless
    /// it has one; any other removes it.
    bool setStatus(std::string_view id, const std::string& status);
    /// Replaces a run's generated nodes.
    bool setNodes(std::string_view id, std::vector<FakeNode> nodes);
    /// Advances a run each time it is read by id: the first such request sees the first stage, the next one the second,
    /// and so on; the last stage stays. Listings do not advance it.
    bool setStages(std::string_view id, std::vector<FakeStage> stages);
    /// The number of runs of all accounts.
    std::size_t runCount() const;
    /// Returns the ids of all runs that match, in the server's order; `page`, `limit` and `extra` are ignored. An empty
    /// `linkedAccountId` means that of the options. Throws `std::invalid_argument` for an unknown account.
    std::vector<std::string> ids(const ExecutionQuery& query = {}, const std::string& linkedAccountId = {}) const;
    /// Returns a run's JSON as the server sends it. Throws `std::out_of_range` if there is no such run.
    std::string runJson(std::string_view id) const;

    // Requests.

    /// Called for each request before it is answered, on the server's threads, several at a time. May change the
    /// history, wait or count. An answer that it returns replaces the server's own.
    using RequestHook = std::function<std::optional<FakeAnswer>(const FakeRequest&)>;
    /// Replaces the request hook; null removes it.
    void onRequest(RequestHook hook);
    /// Sets a hook that is called between counting the matching runs and reading a page's items, on the server's
    /// threads. If it changes the history, a page's numbers and items are of two moments. Null removes it.
    void onPageRead(std::function<void()> hook);
    /// Delays every answer by `latency` from now on.
    void setLatency(std::chrono::milliseconds latency);

    // Faults. Each applies to the next `count` requests. Several take effect one after the other, in call order.

    /// Refuses with the API's error body, and with `Retry-After` if `retryAfter` is set.
    void failNext(int count, int status, std::optional<std::chrono::seconds> retryAfter = {});
    /// Sends `answer` instead of the server's own.
    void answerNext(FakeAnswer answer, int count = 1);
    /// Sends the server's own answer after `delay`.
    void delayNext(std::chrono::milliseconds delay, int count = 1);
    /// Sends the server's own answer, cut short as `ending` says.
    void breakNext(FakeAnswer::Ending ending, int count = 1);
    /// Removes the faults that have not happened yet.
    void clearFaults();
    /// Closes the open connections, as a restart or an idle timeout would.
    void closeConnections();

    // The request log.

    /// Returns a copy of the latest requests, at most 10,000, oldest first.
    std::vector<FakeRequest> requests() const;
    /// The number of requests received.
    std::uint64_t requestCount() const noexcept;
    /// The number of connections accepted.
    std::uint64_t connectionCount() const noexcept;
    /// Waits until `count` requests have been received since the server started. Returns false after `timeout`.
    bool waitForRequests(std::uint64_t count, std::chrono::milliseconds timeout = std::chrono::seconds(5)) const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace testing
}  // namespace v0
}  // namespace refold

#endif
