// An in-memory Refold on loopback, with a generated history, for tests and demonstrations of whatever uses `refold::Client`:
// real sockets, both ways to authenticate, every filter, the rate limit, and knobs for faults and for a history that
// changes while it is read. Part of the testing component: `find_package(refold COMPONENTS testing)`.
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

/// How finely a server reads `start_date` and `end_date`.
enum class DateGranularity { millisecond, second, day, ignored };

/// Every way in which servers of this API are known, or feared, to differ.
struct FakeServerOptions {
    /// A key that starts with `pk` makes the runs' environment `production`, any other `test`.
    std::string apiKey = "tk_test_not_a_real_key";
    /// The account that goes with the key.
    std::string linkedAccountId = "user_12345";
    /// Accepted from the start; see `acceptSessionToken` for more. Empty: none.
    std::string sessionToken = "session-token-not-real";
    /// How long the tokens live that the server issues; unset, for ever, and it does not say.
    std::optional<std::chrono::seconds> sessionTokenLifetime = std::chrono::hours(24);
    /// Hands out an account's valid token again unless the request says `force_refresh=true`, as today's service does. False:
    /// each request gets a new one.
    bool reusesSessionTokens = true;
    /// Ends an account's issued token when a new one is issued for it.
    bool newTokenEndsOldOne = false;

    /// How many runs are generated. They are the same for the same `runs`, `seed` and `now`.
    std::size_t runs = 24742;
    /// Decides what the generated runs look like.
    std::uint64_t seed = 1;
    /// When the newest run was created. Unset: 2026-06-16T13:15:00.887Z, and the newest run is then the one in the
    /// API's documentation. The others spread over the half year before.
    std::optional<Timestamp> now = {};

    /// Adds `pagingCounter`, `hasPrevPage`, `prevPage` and `nextPage` to the envelope.
    bool legacyFields = false;
    /// Leaves `limit` and `totalPages` out of the envelope.
    bool omitOptionalEnvelopeFields = false;
    /// The page size where a request names none.
    std::int64_t defaultLimit = 10;
    /// Larger limits are cut to this one, without a word but the envelope's. 0: none.
    std::int64_t maxLimit = 0;
    /// How finely `start_date` and `end_date` are read.
    DateGranularity dateGranularity = DateGranularity::millisecond;
    /// Leaves out the runs of the very millisecond, second or day that a bound names.
    bool exclusiveDates = false;
    /// Refuses dates with a time of day: takes `YYYY-MM-DD` only.
    bool daysOnly = false;
    /// Takes an `end_date` without a time as the beginning of that day. False: as its end.
    bool endDateIsMidnight = false;

    /// Answers a rerun with `status` and `id`, as older servers do. False: with `message` and `instanceId`.
    bool legacyRerunAnswer = false;
    /// Answers a token request for an unknown account with 500 and older words. False: with 400 and
    /// `INVALID_LINKED_ACCOUNT_ID`.
    bool legacyAccountError = false;

    /// Leaves `_id` out of a single run's answer, as the example in the API's documentation does.
    bool omitIdInDetail = false;
    /// A run that is stopped is STOPPING until it has been looked at once, and STOPPED from the second look on.
    bool stopsSlowly = false;

    /// Every answer waits so long.
    std::chrono::milliseconds latency{0};
    /// Requests beyond it are refused with 429 and `Retry-After`.
    RateLimit rateLimit = RateLimit::none();
    /// Compresses answers for clients that take gzip.
    bool gzip = false;

    /// The port on 127.0.0.1 to listen on; 0: any free one.
    int port = 0;
};

/// A run to be added to the history.
struct FakeRun {
    /// Empty: a new one is made.
    std::string id = {};
    /// Whose it is. Empty: that of `FakeServerOptions::linkedAccountId`; any other is made known by `addLinkedAccount`.
    std::string linkedAccountId = {};
    /// Any text.
    std::string status = "RUNNING";
    /// Unset: a second after the newest run.
    std::optional<Timestamp> createdAt = {};
    /// Empty: `Execution for workflow <workflowId>`.
    std::string name = {};
    /// The workflow's id.
    std::string workflowId = "6a106ba44480b80424a65289";
    /// The workflow's name.
    std::string workflowName = "Daily Sync";
    /// The application's; empty: the run has none.
    std::string slug = "hubspot";
    /// The application's name.
    std::string applicationName = "Hubspot";
    /// `type_of_execution`.
    std::string type = "ASYNC";
    /// What started it, as `execution_source` filters it.
    std::string source = "SCHEDULE";
    /// Sent in place of the JSON that would be made of all this, which then only serves the filters and the order. Need
    /// not be valid.
    std::string json = {};
};

/// A request as the server got it.
struct FakeRequest {
    /// In capitals.
    std::string method = {};
    /// As it came, still percent-encoded.
    std::string path = {};
    std::string query = {};  ///< as it came, without the `?`
    /// In the order in which they came.
    std::vector<HttpHeader> headers = {};
    /// As it came.
    std::string body = {};
    std::uint64_t connection = 0;  ///< the number of its connection, from 1

    /// The value of the first header of that name, in any case of letters; empty where there is none.
    /// \param name  in any case of letters
    /// \return the value, as long as the request lives
    REFOLD_TESTING_EXPORT std::string_view header(std::string_view name) const noexcept;
    /// \param name  in any case of letters
    /// \return whether the request has a header of that name
    bool hasHeader(std::string_view name) const noexcept { return header(name).data() != nullptr; }
    /// The first query parameter of that name, decoded.
    /// \param name  as the client sent it
    /// \return its value; none where the query does not name it
    REFOLD_TESTING_EXPORT std::optional<std::string> parameter(std::string_view name) const;
};

/// An answer made by a test.
struct FakeAnswer {
    /// How it ends on the wire.
    enum class Ending {
        complete,
        truncated,  ///< half of the body, then the connection is closed
        closed,     ///< the connection is closed without a byte
        reset       ///< half of the body, then the connection is reset
    };

    /// The HTTP status.
    int status = 200;
    /// Sent as it is.
    std::string body = {};
    /// The header `Content-Type`.
    std::string contentType = "application/json; charset=utf-8";
    /// Further headers.
    std::vector<HttpHeader> headers = {};
    /// How it ends on the wire.
    Ending ending = Ending::complete;
};

/// Serves the API's operations on executions (list, get, the batches of a node, stop, rerun) and issues session tokens, on
/// 127.0.0.1 from its construction to its destruction, which waits neither for clients nor for delays. Every member may be called from any thread, also from
/// `onRequest`'s callable, but for the destructor.
///
/// What it decides where the API's documentation is silent: a request with both kinds of credentials is a 400; an unknown
/// query parameter is ignored; an empty text filter is no filter; statuses are matched as they are spelt, so that FAILED
/// does not find ERRORED, and `All` finds everything; an `end_date` without a time means the whole day; upper and lower
/// case are the same in `workflow_name` for ASCII letters; runs of the same millisecond are ordered by id; to stop a run that
/// has ended otherwise is a 400; a run that is rerun begins at once and runs for ever, unless it is told otherwise; a
/// node without batches answers 501.
///
/// A run's nodes are made up, always the same for the same run and status: five, of which the fourth works in batches.
class REFOLD_TESTING_EXPORT FakeServer {
  public:
    /// Throws `std::runtime_error` if it cannot listen on `FakeServerOptions::port`, because another server does, for example.
    /// \param options  its history, and what kind of server it plays
    explicit FakeServer(FakeServerOptions options = {});
    FakeServer(const FakeServer&) = delete;
    FakeServer& operator=(const FakeServer&) = delete;
    ~FakeServer();

    /// For `ClientOptions::baseUrl`.
    /// \return `http://127.0.0.1:<port>`
    std::string baseUrl() const;
    /// \return the port on 127.0.0.1
    int port() const noexcept;
    /// \return the options that it was made with
    const FakeServerOptions& options() const noexcept;

    // Credentials.

    /// \param token  accepted from now on
    void acceptSessionToken(const std::string& token);
    /// \param token  refused with 401 from now on
    void revokeSessionToken(const std::string& token);
    /// Makes known another linked account, with a history of its own of so many generated runs. Each account sees its own
    /// runs only. Throws `std::invalid_argument` if it is known already.
    /// \param id    as clients send it
    /// \param runs  how many runs its history begins with
    void addLinkedAccount(const std::string& id, std::size_t runs = 0);
    /// Of the tokens that will be issued from now on; see `FakeServerOptions::sessionTokenLifetime`.
    /// \param lifetime  from the moment of a token's issue
    void setSessionTokenLifetime(std::optional<std::chrono::seconds> lifetime);
    /// From now on, every token that was issued so far is met with a 401.
    void revokeIssuedSessionTokens();
    /// How many tokens have been issued.
    /// \return the tokens, oldest first
    std::uint64_t issuedSessionTokens() const;

    // The history. A request sees all of a change or nothing of it.

    /// Returns its id. Throws `std::invalid_argument` if there is a run of that id, or no such linked account.
    /// \param run  what is not set is made up
    /// \return the run's id
    std::string addRun(FakeRun run = {});
    /// False if there is no such run; so below.
    /// \param id  which run
    /// \return whether there was one
    bool removeRun(std::string_view id);
    /// \param id      which run
    /// \param status  any text
    /// \return false if there is no such run
    bool setStatus(std::string_view id, const std::string& status);
    /// The run's nodes from now on, in place of those that are made up.
    /// \param id     which run
    /// \param nodes  in the order in which the server names them
    /// \return whether there is such a run
    bool setNodes(std::string_view id, std::vector<FakeNode> nodes);
    /// Lets a run proceed look by look: the next look at it (by get, not by a list) finds it in the first stage, the one after
    /// that in the second, and so on; in the last it stays.
    /// \param id      which run
    /// \param stages  one for each look
    /// \return whether there is such a run
    bool setStages(std::string_view id, std::vector<FakeStage> stages);
    /// Over all accounts.
    /// \return how many runs the history holds
    std::size_t runCount() const;
    /// The ids of all runs that match, in the order in which the server lists them; `page`, `limit` and `extra` are ignored.
    /// Of one account: empty, that of the options. Throws `std::invalid_argument` if there is no such account.
    /// \param query  which runs, in which order
    /// \return their ids
    /// \param linkedAccountId  whose; empty: that of the options
    std::vector<std::string> ids(const ExecutionQuery& query = {}, const std::string& linkedAccountId = {}) const;
    /// The run's JSON as the server sends it. Throws `std::out_of_range` if there is no such run.
    /// \param id  which run
    /// \return its JSON text
    std::string runJson(std::string_view id) const;

    // What happens to requests.

    /// Called for each request before it is answered, on the server's threads, several at a time: a place to change the
    /// history, to wait, to count. An answer that it returns is sent in place of the server's own.
    using RequestHook = std::function<std::optional<FakeAnswer>(const FakeRequest&)>;
    /// \param hook  replaces the one before; null for none
    void onRequest(RequestHook hook);
    /// Called between the count of the matching runs and the reading of a page's items: a place to change the history, so that
    /// a page's numbers and items are of two moments. Called on the server's threads; null for none.
    void onPageRead(std::function<void()> hook);
    /// \param latency  how long every answer waits from now on
    void setLatency(std::chrono::milliseconds latency);

    // Faults, each for one or more of the next requests; they queue up behind those already ordered.

    /// Refuses with the API's error body.
    /// \param count       so many of the next requests
    /// \param status      the HTTP status
    /// \param retryAfter  the header of that name; none where unset
    void failNext(int count, int status, std::optional<std::chrono::seconds> retryAfter = {});
    /// \param answer  sent in place of the server's own
    /// \param count   to so many of the next requests
    void answerNext(FakeAnswer answer, int count = 1);
    /// The server's own answer, late.
    /// \param delay  how late
    /// \param count  so many of the next requests
    void delayNext(std::chrono::milliseconds delay, int count = 1);
    /// The server's own answer, cut short.
    /// \param ending  how it ends
    /// \param count   so many of the next requests
    void breakNext(FakeAnswer::Ending ending, int count = 1);
    /// Forgets the faults that are still to come.
    void clearFaults();
    /// Closes the connections that are open now, as a restart or an idle timeout would.
    void closeConnections();

    // The log.

    /// The latest requests, oldest first, at most 10,000.
    /// \return a copy; the server may go on meanwhile
    std::vector<FakeRequest> requests() const;
    /// \return how many requests have come
    std::uint64_t requestCount() const noexcept;
    /// \return how many connections were made
    std::uint64_t connectionCount() const noexcept;
    /// Waits until so many requests have come; false if they have not after `timeout`.
    /// \param count    counted from the start of the server
    /// \param timeout  how long at most
    /// \return whether they have come
    bool waitForRequests(std::uint64_t count, std::chrono::milliseconds timeout = std::chrono::seconds(5)) const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace testing
}  // namespace v0
}  // namespace refold

#endif
