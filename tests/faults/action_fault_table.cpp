// Faults of operations that change the server. A rerun is sent again only if the server certainly did not act on it;
// otherwise the error's outcome is unknown. A stop is idempotent.
#include "faults/common_replies.hpp"
#include "faults/fault.hpp"
#include "support/http_text.hpp"
#include "support/secrets.hpp"

namespace refold::test {

namespace {

using namespace std::chrono_literals;
using Kind = TransportError::Kind;
using Class = Outcome::Class;
using Reply = FaultReply;
using Peer = Situation::Peer;
using Use = Situation::Use;

const std::string done = response("200 OK", R"({"status":"success","id":"run_2"})");
const std::string stopping = response("200 OK", R"({"message":"Stopping instance"})");
const std::string shortAnswer = head("200 OK", {"Content-Length: 100"}) + R"({"status":"succ)";
const std::string otherEnvelope = R"({"message":"Server Error","error":"Workflow ID and slug are required"})";

Situation onKeptConnection() {
    Situation situation = rerunning();
    situation.use = Use::pageRerun;
    situation.attempts = 1;
    return situation;
}
void twoQuickConnects(ClientOptions& options) {
    quickConnect(options);
    options.retry.maxAttempts = 2;
}

}  // namespace

std::vector<Fault> actionFaultTable() {
    // One fault per row.
    // clang-format off
    return {
        // ---- reruns that are sent once, because they may have reached the server --------------------------------
        {"rerun, success", {done}, ok(), 1, 2s, rerunning()},
        {"rerun, the connection is closed without an answer", {Reply().closes(), done},
         fails(Kind::reset).withUnknownOutcome(), 1, 2s, rerunning()},
        {"rerun, the connection is reset", {Reply().resets(), done}, fails(Kind::reset).withUnknownOutcome(), 1, 2s,
         rerunning()},
        {"rerun, closed before the request is read", {Reply().beforeTheRequest().closes(), done},
         fails(Kind::reset).withUnknownOutcome(), 1, 2s, rerunning()},
        {"rerun, truncated body", {Reply(shortAnswer).closes(), done}, fails(Kind::truncated).withUnknownOutcome(), 1,
         2s, rerunning()},
        {"rerun, truncated headers", {Reply("HTTP/1.1 200 OK\r\nContent-").closes(), done},
         fails(Kind::truncated).withUnknownOutcome(), 1, 2s, rerunning()},
        {"rerun, an empty body", {page200(""), done}, fails(Kind::truncated).withUnknownOutcome(), 1, 2s, rerunning()},
        {"rerun, silence", {Reply().staysSilent(), done}, fails(Kind::timeout).withUnknownOutcome(), 1, 2s,
         rerunning(with(quickAttempts))},
        {"rerun, silence until the call's timeout", {Reply().staysSilent(), done},
         fails(Kind::timeout).withUnknownOutcome(), 1, 2s, rerunning(with(shortTimeout))},
        {"rerun, silence in the middle of the answer", {Reply(shortAnswer).staysSilent(), done},
         fails(Kind::timeout).withUnknownOutcome(), 1, 2s, rerunning(with(quickAttempts))},
        {"rerun, 500", {answer("500 Internal Server Error"), done}, refused(Class::server, 500).withUnknownOutcome(), 1,
         2s, rerunning()},
        {"rerun, 502", {html("502 Bad Gateway", "<p>unavailable</p>"), done}, refused(Class::server,
         502).withUnknownOutcome(), 1, 2s, rerunning()},
        {"rerun, 503 with Retry-After", {answer("503 Service Unavailable", {"Retry-After: 0"}), done},
         refused(Class::server, 503).withUnknownOutcome(), 1, 2s, rerunning()},
        {"rerun, 504", {answer("504 Gateway Timeout"), done}, refused(Class::server, 504).withUnknownOutcome(), 1, 2s,
         rerunning()},
        {"rerun, 501", {answer("501 Not Implemented"), done}, refused(Class::server, 501).withUnknownOutcome(), 1, 2s,
         rerunning()},
        {"rerun, 408", {answer("408 Request Timeout"), done}, refused(Class::api, 408).withUnknownOutcome(), 1, 2s,
         rerunning()},
        {"rerun, 200 that is not JSON", {page200("Everything is in order."), done}, unreadable().withUnknownOutcome(),
         1, 2s, rerunning()},
        {"rerun, 200 without an id", {page200(R"({"status":"success"})"), done},
         unreadable("/id").withUnknownOutcome(), 1, 2s, rerunning()},
        {"rerun, an error in a 200", {page200(otherEnvelope), done},
         unreadable("/id").withUnknownOutcome().mentioning("slug are required"), 1, 2s, rerunning()},
        {"rerun, a redirect", {redirect("307 Temporary Redirect", "/elsewhere"), done},
         refused(Class::api, 307).withUnknownOutcome(), 1, 2s, rerunning()},
        {"rerun, another protocol", {Reply("220 mail.invalid ESMTP\r\n").closes(), done},
         fails(Kind::protocol).withUnknownOutcome(), 1, 2s, rerunning()},
        {"rerun after 429, then 500", {answer("429 Too Many Requests"), answer("500 Internal Server Error"), done},
         refused(Class::server, 500).withUnknownOutcome(), 2, 2s, rerunning()},
        {"rerun, closed, after a page on a kept connection", {okPage(), Reply().closes(), done},
         fails(Kind::reset).withUnknownOutcome(), 2, 2s, onKeptConnection()},
        {"rerun after a page whose connection the server closes", {Reply(okPage()).closes(), done}, ok(), 2, 2s,
         onKeptConnection()},

        // ---- reruns that certainly had no effect ---------------------------------------------------------------
        {"rerun, 429, then success", {answer("429 Too Many Requests"), done}, ok(), 2, 2s, rerunning()},
        {"rerun, 429 each time", {answer("429 Too Many Requests")}, refused(Class::rateLimit, 429), 4, 2s, rerunning()},
        {"rerun, 401, then success with a new token", {answer("401 Unauthorized"), done}, ok(), 2, 2s,
         rerunning(tokens({firstToken, secondToken}))},
        {"rerun, 401 for the new token too", {answer("401 Unauthorized")}, refused(Class::authentication, 401), 2, 2s,
         rerunning(tokens({firstToken, secondToken}))},
        {"rerun, 401, then the provider throws", {answer("401 Unauthorized"), done}, refused(Class::authentication,
         401), 1, 2s, rerunning(tokens({firstToken}, "the token service is unavailable"))},
        {"rerun, 400", {answer("400 Bad Request")}, refused(Class::api, 400), 1, 2s, rerunning()},
        {"rerun, 403", {answer("403 Forbidden")}, refused(Class::authentication, 403), 1, 2s, rerunning()},
        {"rerun, 404", {answer("404 Not Found")}, refused(Class::notFound, 404), 1, 2s, rerunning()},
        {"rerun, no listener", {done}, fails(Kind::connect), 0, 2s, rerunning(without(Peer::noListener, 4))},
        {"rerun, listener that does not accept", {done}, fails(Kind::timeout), 0, 3s,
         rerunning(without(Peer::notAccepting, 2, twoQuickConnects))},
        {"rerun, unknown host", {done}, fails(Kind::resolve), 0, 5s, rerunning(without(Peer::unknownHost, 1))},

        // ---- stops ---------------------------------------------------------------------------------------------
        {"stop, 503, then success", {answer("503 Service Unavailable"), stopping}, ok(), 2, 2s, acting(Use::stop)},
        {"stop, the connection is closed, then success", {Reply().closes(), stopping}, ok(), 2, 2s, acting(Use::stop)},
        {"stop, closed each time", {Reply().closes()}, fails(Kind::reset), 4, 2s, acting(Use::stop)},
        {"stop, 204", {response("204 No Content", "")}, ok(), 1, 2s, acting(Use::stop)},
        {"stop, login page", {html("200 OK", "<html>Log in</html>")}, unreadable(), 1, 2s, acting(Use::stop)},
    };
    // clang-format on
}

}  // namespace refold::test
