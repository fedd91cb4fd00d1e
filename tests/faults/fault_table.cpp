// The faults that a call must survive or report: what the server does, what the caller gets, how many requests reach the
// server, and in what time it is over. Replies go request by request, and the last one stays. `{self}` is the server,
// `{other}` a second one that no request may ever reach.
#include "faults/fault.hpp"
#include "faults/fault_words.hpp"
#include "support/gzip.hpp"
#include "support/http_text.hpp"
#include "support/patience.hpp"
#include "support/secrets.hpp"

namespace refold::test {

namespace {

using namespace std::chrono_literals;
using Kind = TransportError::Kind;
using Class = Outcome::Class;
using Reply = FaultReply;
using Peer = Situation::Peer;

const std::string deskClosedForKey = std::string("the token desk is closed for ") + providerKey;
const std::string deskClosedForToken =
    std::string("the token desk is closed; sent Authorization: Bearer ") + providerJwt;
const std::string json = "Content-Type: application/json";
const std::string key = testKey;
const std::string account = testAccount;
const std::string chunked = "Transfer-Encoding: chunked";
const std::string gzipped = "Content-Encoding: gzip";

std::string length(std::size_t size) {
    return "Content-Length: " + std::to_string(size);
}

std::string repeated(std::string_view text, int count) {
    std::string all;
    for (int i = 0; i < count; ++i) all += text;
    return all;
}

std::string flipped(std::string bytes) {
    bytes[bytes.size() / 2] ^= 0x10;
    return bytes;
}
std::string chunksOfOne(std::string_view text) {
    std::string all;
    for (const char c : text) all += chunk(std::string(1, c));
    return all;
}
/// So many redirects to ever other paths, then a page.
std::vector<Reply> redirects(int count) {
    std::vector<Reply> replies;
    for (int i = 1; i <= count; ++i) replies.push_back(redirect("302 Found", "/" + std::to_string(i)));
    replies.emplace_back(okPage());
    return replies;
}
Reply quoting(std::string_view status, const std::string& message) {
    return response(status, errorJson(std::atoi(std::string(status).c_str()), "SOME_ERROR", message));
}

void shorterThanAsked(ClientOptions& options) {
    options.timeout = 1900ms;
}
void smallQuota(ClientOptions& options) {
    options.retry.quota = 2;
}
void noRetry(ClientOptions& options) {
    options.retry.maxAttempts = 1;
}

const std::string page = pageJson();
const std::string half = page.substr(0, page.size() / 2);
const std::string zipped = gzip(pageJson(1, 50));
const std::string fine = okPage();
const std::string jsonHead = head("200 OK", {json, length(page.size())});
const std::string chunkedHead = head("200 OK", {json, chunked});
const std::string chunkedPage = chunkedHead + chunk(page) + chunk("");
const std::string otherEnvelope = R"({"message":"Server Error","error":"Workflow ID and slug are required"})";
const HeaderLines passwordsWanted = {"WWW-Authenticate: Basic realm=\"x\"", "WWW-Authenticate: Negotiate",
                                     "WWW-Authenticate: NTLM", "WWW-Authenticate: Digest realm=\"x\", nonce=\"y\""};
const HeaderLines invitations = {"Alt-Svc: h2=\"{other}\"; ma=3600, http/1.1=\"{other}\"",
                                 "Refresh: 0; url=http://{other}/", "Link: <http://{other}/>; rel=next"};
const std::string proxyPage =
    "<html>\r\n<head><title>502 Bad Gateway</title><style>p{color:red}</style></head>\n<body><h1>Bad "
    "Gateway</h1>\x1b[31m\x07"
    "<p>The squid is asleep</p></body></html>";

}  // namespace

std::vector<Fault> faultTable() {
    // One fault, one line.
    // clang-format off
    return {
        // ---- bodies that end too early -------------------------------------------------------------------------------
        {"short body, then fine", {Reply(jsonHead + half).closes(), fine}, ok(), 2, 2s},
        {"short body for ever", {Reply(jsonHead + half).closes()}, fails(Kind::truncated), 4, 2s},
        {"no body where one was announced", {Reply(jsonHead).closes()}, fails(Kind::truncated), 4, 2s},
        {"chunked body cut inside a chunk", {Reply(chunkedHead + "fff\r\n" + half).closes()}, fails(Kind::truncated), 4, 2s},
        {"chunked body cut between chunks", {Reply(chunkedHead + chunk(half)).closes(), fine}, ok(), 2, 2s},
        {"chunked body cut before the last chunk", {Reply(chunkedHead + chunk(page)).closes()}, fails(Kind::truncated), 4, 2s},
        {"chunked body cut in its trailers", {Reply(chunkedPage + "X-Trailer: cu").closes(), fine}, ok(), 2, 2s},
        {"gzip cut in half, length true", {response("200 OK", zipped.substr(0, zipped.size() / 2), {gzipped}), fine}, ok(), 2, 2s},
        {"gzip cut in half for ever", {response("200 OK", zipped.substr(0, zipped.size() / 2), {gzipped})}, fails(Kind::truncated), 4, 2s},
        {"gzip cut in its header", {response("200 OK", zipped.substr(0, 5), {gzipped})}, fails(Kind::truncated), 4, 2s},
        {"gzip of nothing", {response("200 OK", "", {gzipped}), fine}, ok(), 2, 2s},
        {"gzip over chunks cut in half", {Reply(head("200 OK", {json, gzipped, chunked}) + chunk(zipped.substr(0, 200)) + chunk("") + "\r\n"), fine}, ok(), 2, 2s},
        {"JSON cut by a true length", {page200(half)}, notUnderstood(), 1, 2s},
        {"HTTP/1.0 body to the close", {Reply("HTTP/1.0 200 OK\r\n" + json + "\r\n\r\n" + page).closes()}, ok(), 1, 2s},
        {"HTTP/1.0 body cut inside JSON", {Reply("HTTP/1.0 200 OK\r\n" + json + "\r\n\r\n" + half).closes()}, fails(Kind::truncated), 4, 2s},
        {"HTTP/1.1 body to the close, cut", {Reply(head("200 OK", {json, "Connection: close"}) + half).closes(), fine}, ok(), 2, 2s},
        {"empty 200, then fine", {response("200 OK", ""), fine}, ok(), 2, 2s},
        {"empty 200 for ever", {response("200 OK", "")}, fails(Kind::truncated), 4, 2s},
        {"200 of nothing but a head, closed", {Reply(head("200 OK", {json})).closes()}, fails(Kind::truncated), 4, 2s},
        {"204", {head("204 No Content")}, notUnderstood(), 1, 2s},

        // ---- connections that are lost -------------------------------------------------------------------------------
        {"reset before the request", {Reply().waits(20ms).resets().beforeTheRequest(), fine}, ok(), 2, 2s},
        {"reset before the request for ever", {Reply().waits(20ms).resets().beforeTheRequest()}, fails(Kind::reset), 4, 2s},
        {"closed before the headers", {Reply().closes()}, fails(Kind::reset), 4, 2s},
        {"reset before the headers", {Reply().resets(), fine}, ok(), 2, 2s},
        {"reset before the headers for ever", {Reply().resets()}, fails(Kind::reset), 4, 2s},
        {"reset in the headers", {Reply("HTTP/1.1 200 OK\r\nContent-Ty").waits(30ms).resets()}, fails(Kind::reset), 4, 2s},
        {"closed in the status line", {Reply("HTTP/1.1 20").closes(), fine}, ok(), 2, 2s},
        {"closed in the headers of a 200", {Reply("HTTP/1.1 200 OK\r\n" + json + "\r\n").closes()}, fails(Kind::truncated), 4, 2s},
        {"closed in the headers of a 404", {Reply("HTTP/1.1 404 Not Found\r\nContent-Type: text").closes(), fine}, ok(), 2, 2s},
        {"reset in the body", {Reply(jsonHead + half).waits(30ms).resets()}, fails(Kind::truncated), 4, 2s},
        {"closed after the answer, without a word", {Reply(fine).closes(), fine}, ok(), 2, 2s, twice()},
        {"closed when the second request comes", {fine, Reply().closes(), fine}, ok(), 3, 2s, twice()},
        {"reset when the second request comes", {fine, Reply().resets(), fine}, ok(), 3, 2s, twice()},
        {"Connection: close", {Reply(response("200 OK", page, {"Connection: close"})).closes()}, ok(), 2, 2s, twice()},
        {"nobody listens", {fine}, fails(Kind::connect).saying("refused"), 0, 2s, without(Peer::nobodyListens, 4)},
        {"nobody accepts", {fine}, fails(Kind::timeout).saying("connect"), 0, 3s, without(Peer::nobodyAccepts, 4, quickConnect)},
        {"no such host", {fine}, fails(Kind::resolve).saying("nowhere.invalid"), 0, 5s, without(Peer::noSuchHost, 1)},

        // ---- servers that take their time ----------------------------------------------------------------------------
        {"silence, then fine", {Reply().staysSilent(), fine}, ok(), 2, 2s, with(quickAttempts)},
        {"silence for ever", {Reply().staysSilent()}, fails(Kind::timeout), 4, 3s, with(quickAttempts)},
        {"silence against one deadline", {Reply().staysSilent()}, fails(Kind::timeout), 1, 2s, with(oneDeadline)},
        {"silence after the headers", {Reply(jsonHead).staysSilent()}, fails(Kind::timeout), 4, 3s, with(quickAttempts)},
        {"silence in the body", {Reply(jsonHead + half).staysSilent(), fine}, ok(), 2, 2s, with(quickAttempts)},
        {"silence after the body, before the last chunk", {Reply(chunkedHead + chunk(page)).staysSilent()}, fails(Kind::timeout), 4, 3s, with(quickAttempts)},
        {"byte by byte in the status line", {Reply().drips(fine, 20ms)}, fails(Kind::timeout), 1, 2s, with(oneDeadline)},
        {"byte by byte in the headers", {Reply("HTTP/1.1 200 OK\r\n").drips("X-Slow: " + std::string(1000, 's'), 20ms)}, fails(Kind::timeout), 1, 2s, with(oneDeadline)},
        {"byte by byte in the body", {Reply(jsonHead).drips(page, 20ms)}, fails(Kind::timeout), 1, 2s, with(oneDeadline)},
        {"byte by byte in the chunk extensions", {Reply(chunkedHead).drips("f;slow=" + std::string(1000, 's'), 20ms)}, fails(Kind::timeout), 1, 2s, with(oneDeadline)},
        {"byte by byte in the trailers", {Reply(chunkedPage).drips("X-Slow: " + std::string(1000, 's'), 20ms)}, fails(Kind::timeout), 1, 2s, with(oneDeadline)},
        {"byte by byte, attempt after attempt", {Reply(jsonHead).drips(page, 20ms)}, fails(Kind::timeout), 4, 3s, with(quickAttempts)},
        {"interim answers for ever, slowly", {Reply().drips(repeated(head("103 Early Hints"), 100), 10ms)}, fails(Kind::timeout), 1, 2s, with(oneDeadline)},
        {"slow but in time", {Reply(jsonHead).drips(page.substr(0, 40), 1ms).sends(page.substr(40))}, ok(), 1, 2s},
        {"head and body far apart", {Reply(jsonHead).waits(50ms).sends(half).waits(50ms).sends(page.substr(half.size()))}, ok(), 1, 2s},

        // ---- more than anybody wants ---------------------------------------------------------------------------------
        {"headers without end", {Reply("HTTP/1.1 200 OK\r\n").repeats("X-More: of the same\r\n")}, fails(Kind::tooLarge), 1, 3s},
        {"one header without end", {Reply("HTTP/1.1 200 OK\r\nX-More: ").repeats(std::string(1000, 'm'))}, fails(Kind::tooLarge), 1, 3s},
        {"one header of a megabyte", {response("200 OK", page, {"X-Big: " + std::string(1 << 20, 'b')})}, fails(Kind::tooLarge), 1, 3s},
        {"10,000 headers", {response("200 OK", page, HeaderLines(10000, "X-Many: 1"))}, fails(Kind::tooLarge), 1, 3s},
        {"one status line without end", {Reply("HTTP/1.1 200 ").repeats(std::string(1000, 'O'))}, fails(Kind::tooLarge), 1, 3s},
        {"trailers without end", {Reply(chunkedPage).repeats("X-More: of the same\r\n")}, fails(Kind::tooLarge), 1, 3s},
        {"interim answers without end", {Reply().repeats(head("100 Continue"))}, fails(Kind::tooLarge), 1, 3s},
        {"body without end, chunked", {Reply(chunkedHead).repeats(chunk(std::string(8000, ' ')))}, fails(Kind::tooLarge), 1, 3s},
        {"body without end, to the close", {Reply(head("200 OK", {json})).repeats(std::string(8000, ' '))}, fails(Kind::tooLarge), 1, 3s},
        {"body of two megabytes", {response("200 OK", page + std::string(2 << 20, ' '))}, fails(Kind::tooLarge), 1, 3s},
        {"a small gzip of 64 megabytes", {response("200 OK", gzipBomb(64), {gzipped})}, fails(Kind::tooLarge), 1, 3s},
        {"an error body without end", {Reply(head("500 Internal Server Error", {chunked})).repeats(chunk(std::string(8000, 'e')))}, fails(Kind::tooLarge), 1, 3s},
        {"length announced beyond the limit", {Reply(head("200 OK", {json, length(10'000'000'000)})).staysSilent()}, fails(Kind::tooLarge), 1, 2s},
        {"length announced beyond all numbers", {Reply(head("200 OK", {json, "Content-Length: 99999999999999999999999"})).repeats(" ")}, fails(Kind::tooLarge), 1, 3s},

        // ---- what is not HTTP ----------------------------------------------------------------------------------------
        {"negative length", {Reply(head("200 OK", {json, "Content-Length: -5"}) + page).closes()}, fails(Kind::protocol), 1, 2s},
        {"length that is no number", {Reply(head("200 OK", {json, "Content-Length: many"}) + page).closes()}, fails(Kind::protocol), 1, 2s},
        {"two lengths that agree", {response("200 OK", page, {length(page.size())})}, ok(), 1, 2s},
        {"two lengths that differ", {response("200 OK", page, {length(12)})}, fails(Kind::protocol), 1, 2s},
        {"length too small", {Reply(head("200 OK", {json, length(20)}) + page).closes()}, notUnderstood(), 1, 2s},
        {"length too large", {Reply(head("200 OK", {json, length(page.size() + 100)}) + page).staysSilent()}, fails(Kind::timeout), 4, 3s, with(quickAttempts)},
        {"chunk size that is no number", {Reply(chunkedHead + "zz\r\n" + page).closes()}, fails(Kind::protocol), 1, 2s},
        {"chunk size beyond all numbers", {Reply(chunkedHead + "fffffffffffffffffffff\r\n" + page).closes()}, fails(Kind::protocol), 1, 2s},
        {"status that is no number", {Reply("HTTP/1.1 fine OK\r\n\r\n" + page).closes()}, fails(Kind::protocol), 1, 2s},
        {"status of two digits", {Reply("HTTP/1.1 20 OK\r\n\r\n" + page).closes()}, fails(Kind::protocol), 1, 2s},
        {"status of four digits", {Reply("HTTP/1.1 2000 OK\r\n\r\n" + page).closes()}, fails(Kind::protocol), 1, 2s},
        {"HTTP of the future", {Reply("HTTP/7.3 200 OK\r\n\r\n" + page).closes()}, fails(Kind::protocol), 1, 2s},
        {"HTTP/0.9", {Reply(page).closes()}, fails(Kind::protocol), 1, 2s},
        {"another protocol", {Reply("SSH-2.0-OpenSSH_9.2\r\n").closes()}, fails(Kind::protocol), 1, 2s},
        {"a TLS alert", {Reply(std::string("\x15\x03\x01\x00\x02\x02\x46", 7)).closes()}, fails(Kind::protocol), 1, 2s},
        {"an unasked change of protocol", {Reply(head("101 Switching Protocols", {"Upgrade: chat", "Connection: Upgrade"})).staysSilent()}, fails(Kind::protocol), 1, 2s},
        {"header without a colon", {Reply(head("200 OK", {json, "this is no header", length(page.size())}) + page)}, fails(Kind::protocol), 1, 2s},
        {"NUL in a header", {Reply(head("200 OK", {json, std::string("X-Nul: a\0b", 10), length(page.size())}) + page)}, fails(Kind::protocol), 1, 2s},
        {"gzip that is none", {response("200 OK", page, {gzipped})}, fails(Kind::truncated), 4, 2s},
        {"gzip with a flipped bit", {response("200 OK", flipped(zipped), {gzipped})}, fails(Kind::truncated), 4, 2s},
        {"an encoding nobody asked for", {response("200 OK", page, {"Content-Encoding: rot13"})}, fails(Kind::protocol), 1, 2s},
        {"gzip in gzip, ten times", {response("200 OK", page, {"Content-Encoding: gzip" + repeated(", gzip", 9)})}, fails(Kind::protocol), 1, 2s},

        // ---- odd, but HTTP -------------------------------------------------------------------------------------------
        {"a few interim answers", {Reply(repeated(head("100 Continue"), 5) + repeated(head("103 Early Hints", {"Link: </x>"}), 5) + fine)}, ok(), 1, 2s},
        {"status without a reason", {Reply("HTTP/1.1 200\r\n" + length(page.size()) + "\r\n\r\n" + page)}, ok(), 1, 2s},
        {"201 with a page", {response("201 Created", page)}, ok(), 1, 2s},
        {"chunks with extensions and trailers", {Reply(head("200 OK", {json, chunked, "Trailer: X-Sum"}) + chunk(half, ";a=b;c=\"d\"") + chunk(page.substr(half.size())) + chunk("") + "X-Sum: 1\r\n\r\n")}, ok(), 2, 2s, twice()},
        {"chunks of one byte", {Reply(chunkedHead + chunksOfOne(page) + chunk("") + "\r\n")}, ok(), 1, 2s},
        {"chunks and a length", {Reply(head("200 OK", {json, length(5), chunked}) + chunk(page) + chunk("") + "\r\n")}, ok(), 1, 2s},
        {"gzip", {response("200 OK", zipped, {gzipped})}, ok(), 1, 2s},
        {"header names in capitals", {Reply("HTTP/1.1 200 OK\r\nCONTENT-TYPE: APPLICATION/JSON\r\nCONTENT-LENGTH: " + std::to_string(page.size()) + "\r\n\r\n" + page)}, ok(), 1, 2s},
        {"header names in small letters", {Reply("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: " + std::to_string(zipped.size()) + "\r\n\r\n" + zipped)}, ok(), 1, 2s},
        {"folded headers", {Reply("HTTP/1.1 200 OK\r\nX-Folded: one\r\n  two\r\n\tthree\r\n" + length(page.size()) + "\r\n\r\n" + page)}, ok(), 1, 2s},
        {"lines without carriage returns", {Reply("HTTP/1.1 200 OK\n" + length(page.size()) + "\n\n" + page)}, ok(), 1, 2s},
        {"garbage behind the body", {Reply(fine + "and more garbage"), fine}, ok(), 2, 2s, twice()},
        {"an unasked answer behind the body", {Reply(fine + response("500 Internal Server Error", "{}")), fine}, ok(), 2, 2s, twice()},
        {"JSON that claims to be text", {response("200 OK", page, {"Content-Type: text/plain"})}, ok(), 1, 2s},
        {"JSON that claims to be HTML", {response("200 OK", page, {"Content-Type: text/html"})}, ok(), 1, 2s},
        {"JSON that claims nothing", {Reply(head("200 OK", {length(page.size())}) + page)}, ok(), 1, 2s},
        {"cookies", {response("200 OK", page, {"Set-Cookie: session=made-up; Path=/", "Set-Cookie2: x=y"})}, ok(), 2, 2s, twice()},
        {"an invitation to another server", {response("200 OK", page, invitations)}, ok(), 2, 2s, twice()},
        {"strict transport security over http", {response("200 OK", page, {"Strict-Transport-Security: max-age=3600"})}, ok(), 2, 2s, twice()},

        // ---- refusals that may pass ----------------------------------------------------------------------------------
        {"408, then fine", {answer("408 Request Timeout"), fine}, ok(), 2, 2s},
        {"429, then fine", {answer("429 Too Many Requests"), fine}, ok(), 2, 2s},
        {"500, then fine", {answer("500 Internal Server Error"), fine}, ok(), 2, 2s},
        {"502, then fine", {answer("502 Bad Gateway"), fine}, ok(), 2, 2s},
        {"503, then fine", {answer("503 Service Unavailable"), fine}, ok(), 2, 2s},
        {"504, then fine", {answer("504 Gateway Timeout"), fine}, ok(), 2, 2s},
        {"three failures of three kinds, then fine", {answer("503 Service Unavailable"), Reply().resets(), Reply(jsonHead + half).closes(), fine}, ok(), 4, 2s},
        {"408 for ever", {answer("408 Request Timeout")}, refused(Class::api, 408), 4, 2s},
        {"429 for ever", {answer("429 Too Many Requests")}, refused(Class::rateLimit, 429).saying("own words"), 4, 2s},
        {"500 for ever", {answer("500 Internal Server Error")}, refused(Class::server, 500).saying("own words"), 4, 2s},
        {"502 for ever", {answer("502 Bad Gateway")}, refused(Class::server, 502), 4, 2s},
        {"503 for ever", {answer("503 Service Unavailable")}, refused(Class::server, 503), 4, 2s},
        {"504 for ever", {answer("504 Gateway Timeout")}, refused(Class::server, 504), 4, 2s},
        {"503, and no retries wanted", {answer("503 Service Unavailable")}, refused(Class::server, 503), 1, 2s, with(noRetry)},
        {"503, and the retry quota is spent", {answer("503 Service Unavailable")}, refused(Class::server, 503).saying("quota"), 3, 2s, with(smallQuota)},
        {"503 in the middle of a listing", {okPage(1, 2, true), answer("503 Service Unavailable"), okPage(2, 2, true), Reply().resets(), okPage(3, 2, false)}, ok(), 5, 3s, toTheEnd()},

        // ---- refusals for good ---------------------------------------------------------------------------------------
        {"300", {answer("300 Multiple Choices")}, refused(Class::api, 300), 1, 2s},
        {"304", {head("304 Not Modified")}, refused(Class::api, 304), 1, 2s},
        {"400", {answer("400 Bad Request")}, refused(Class::api, 400).saying("own words"), 1, 2s},
        {"400 in the other envelope", {response("400 Bad Request", otherEnvelope)}, refused(Class::api, 400).saying("slug are required"), 1, 2s},
        {"400 with nothing in it", {response("400 Bad Request", "")}, refused(Class::api, 400), 1, 2s},
        {"400 with JSON that is no object", {response("400 Bad Request", "[1,2")}, refused(Class::api, 400), 1, 2s},
        {"403", {answer("403 Forbidden")}, refused(Class::authentication, 403), 1, 2s},
        {"404", {answer("404 Not Found")}, refused(Class::notFound, 404), 1, 2s},
        {"405", {answer("405 Method Not Allowed")}, refused(Class::api, 405), 1, 2s},
        {"407 from a server", {answer("407 Proxy Authentication Required", {"Proxy-Authenticate: Basic realm=x"})}, refused(Class::api, 407), 1, 2s},
        {"409", {answer("409 Conflict")}, refused(Class::api, 409), 1, 2s},
        {"410", {answer("410 Gone")}, refused(Class::api, 410), 1, 2s},
        {"418", {answer("418 I'm a teapot")}, refused(Class::api, 418), 1, 2s},
        {"422", {answer("422 Unprocessable Entity")}, refused(Class::api, 422), 1, 2s},
        {"501", {answer("501 Not Implemented")}, refused(Class::server, 501), 1, 2s},
        {"505", {answer("505 HTTP Version Not Supported")}, refused(Class::server, 505), 1, 2s},
        {"599", {answer("599 Nobody Knows")}, refused(Class::server, 599), 4, 2s},
        {"520, as a CDN answers for its origin", {answer("520 Web Server Returned an Unknown Error")}, refused(Class::server, 520), 4, 2s},
        {"a proxy's 502 in HTML", {html("502 Bad Gateway", proxyPage)}, refused(Class::server, 502).saying("squid is asleep"), 4, 2s},
        {"a proxy's 403 in HTML", {html("403 Forbidden", "<html><body>Blocked by <b>policy</b></body></html>")}, refused(Class::authentication, 403).saying("Blocked by policy"), 1, 2s},
        {"a gate's 200 in HTML", {html("200 OK", "<html><body>Please accept the terms of this hotel</body></html>")}, notUnderstood().saying("hotel"), 1, 2s},
        {"a message full of control characters", {response("400 Bad Request", R"({"message":"line\r\none\u001b[2Jtwo\u0000\u202ethree"})")}, refused(Class::api, 400).saying("three"), 1, 2s},
        {"a message of a megabyte less a bit", {response("400 Bad Request", R"({"message":")" + std::string(1'000'000, 'm') + R"("})")}, refused(Class::api, 400), 1, 2s},
        {"a refusal that is cut", {Reply(head("404 Not Found", {json, length(500)}) + "{\"mess").closes(), fine}, ok(), 2, 2s},

        // ---- Retry-After ---------------------------------------------------------------------------------------------
        {"Retry-After: 1", {answer("429 Too Many Requests", {"Retry-After: 1"}), fine}, ok().notBefore(1000ms), 2, 3s},
        {"Retry-After: 0.25", {answer("503 Service Unavailable", {"Retry-After: 0.25"}), fine}, ok().notBefore(250ms), 2, 2s},
        {"Retry-After: 0", {answer("429 Too Many Requests", {"Retry-After: 0"}), fine}, ok(), 2, 2s},
        {"Retry-After: a date soon", {answer("429 Too Many Requests", {"Retry-After: {imf+2}"}), fine}, ok().notBefore(900ms), 2, 4s},
        {"Retry-After: 3600", {answer("429 Too Many Requests", {"Retry-After: 3600"}), fine}, refused(Class::rateLimit, 429).askingFor(3600s).saying("3600"), 1, 2s},
        {"Retry-After: 3600 on a 503", {answer("503 Service Unavailable", {"Retry-After: 3600"}), fine}, refused(Class::server, 503).askingFor(3600s).saying("3600"), 1, 2s},
        {"Retry-After: a date in an hour", {answer("429 Too Many Requests", {"Retry-After: {imf+3600}"}), fine}, refused(Class::rateLimit, 429).askingFor(3600s), 1, 2s},
        {"Retry-After: RFC 850's date in an hour", {answer("429 Too Many Requests", {"Retry-After: {rfc850+3600}"}), fine}, refused(Class::rateLimit, 429).askingFor(3600s), 1, 2s},
        {"Retry-After: asctime's date in an hour", {answer("429 Too Many Requests", {"Retry-After: {asctime+3600}"}), fine}, refused(Class::rateLimit, 429).askingFor(3600s), 1, 2s},
        {"Retry-After: a date that has passed", {answer("503 Service Unavailable", {"Retry-After: {imf-3600}"}), fine}, ok(), 2, 2s},
        {"Retry-After: garbage", {answer("503 Service Unavailable", {"Retry-After: soon"}), fine}, ok(), 2, 2s},
        {"Retry-After: empty", {answer("503 Service Unavailable", {"Retry-After:"}), fine}, ok(), 2, 2s},
        {"Retry-After: negative", {answer("503 Service Unavailable", {"Retry-After: -30"}), fine}, ok(), 2, 2s},
        {"Retry-After: nan", {answer("503 Service Unavailable", {"Retry-After: nan"}), fine}, ok(), 2, 2s},
        {"Retry-After: hexadecimal", {answer("503 Service Unavailable", {"Retry-After: 0xffff"}), fine}, ok(), 2, 2s},
        {"Retry-After: a number with words", {answer("503 Service Unavailable", {"Retry-After: 3600 or so"}), fine}, ok(), 2, 2s},
        {"Retry-After: beyond all numbers", {answer("503 Service Unavailable", {"Retry-After: 99999999999999999999999999"}), fine}, refused(Class::server, 503), 1, 2s},
        {"Retry-After beyond the call's deadline", {answer("503 Service Unavailable", {"Retry-After: 2"}), fine}, refused(Class::server, 503).askingFor(2s), 1, 2s, with(shorterThanAsked)},

        // ---- credentials ---------------------------------------------------------------------------------------------
        {"401 for a key", {answer("401 Unauthorized")}, refused(Class::authentication, 401), 1, 2s},
        {"401 that asks for a password", {answer("401 Unauthorized", passwordsWanted)}, refused(Class::authentication, 401), 1, 2s},
        {"401, then fine with a new token", {answer("401 Unauthorized"), fine}, ok(), 2, 2s, tokens({firstToken, secondToken})},
        {"401 for the new token too", {answer("401 Unauthorized")}, refused(Class::authentication, 401), 2, 2s, tokens({firstToken, secondToken})},
        {"401, a new token, 503, then fine", {answer("401 Unauthorized"), answer("503 Service Unavailable"), fine}, ok(), 3, 2s, tokens({firstToken, secondToken})},
        {"403 for a token", {answer("403 Forbidden")}, refused(Class::authentication, 403), 1, 2s, tokens({firstToken, secondToken})},
        {"401, and the provider throws", {answer("401 Unauthorized"), fine}, refused(Class::authentication, 401).saying("token desk is closed"), 1, 2s, tokens({firstToken}, deskClosedForKey)},
        {"the provider throws at once", {fine}, refused(Class::authentication, 0).saying("token desk is closed"), 0, 2s, tokens({}, deskClosedForToken)},
        {"the provider hands out nothing", {fine}, refused(Class::authentication, 0), 0, 2s, tokens({""})},
        {"the provider hands out two lines", {fine}, refused(Class::authentication, 0), 0, 2s, tokens({std::string(firstToken) + "\r\nX-Smuggled: yes"})},
        {"a refusal that repeats the key", {quoting("403 Forbidden", "Key " + key + " of " + account + " is blocked")}, refused(Class::authentication, 403).saying("is blocked"), 1, 2s},
        {"HTML that repeats the headers", {html("502 Bad Gateway", "<pre>x-api-key: " + key + "\nlinked_account_id: " + account + "</pre>")}, refused(Class::server, 502), 4, 2s},
        {"a token repeated in a refusal", {answer("401 Unauthorized"), quoting("401 Unauthorized", std::string("Bearer ") + secondToken + " has expired")}, refused(Class::authentication, 401).saying("has expired"), 2, 2s, tokens({firstToken, secondToken})},
        {"a key repeated in what is not JSON", {page200("{\"docs\": [" + key + "]}")}, notUnderstood(), 1, 2s},
        {"a key repeated in a status line", {Reply("HTTP/1.1 abc " + key + "\r\n\r\n").closes()}, fails(Kind::protocol), 1, 2s},
        {"a key repeated in a redirect", {redirect("302 Found", "http://{other}/?x-api-key=" + key)}, fails(Kind::redirect), 1, 2s},
        {"a key repeated in a redirect within the origin", {redirect("302 Found", "/there?x-api-key=" + key), fine}, fails(Kind::redirect), 1, 2s},

        // ---- redirects -----------------------------------------------------------------------------------------------
        {"301 within the origin", {redirect("301 Moved Permanently", "http://{self}/elsewhere"), fine}, ok(), 2, 2s},
        {"302 within the origin, by path", {redirect("302 Found", "/elsewhere?page=1"), fine}, ok(), 2, 2s},
        {"303 within the origin", {redirect("303 See Other", "/elsewhere"), fine}, ok(), 2, 2s},
        {"307 within the origin, relative", {redirect("307 Temporary Redirect", "../v3/execution"), fine}, ok(), 2, 2s},
        {"308 within the origin, without scheme", {redirect("308 Permanent Redirect", "//{self}/elsewhere"), fine}, ok(), 2, 2s},
        {"five redirects", redirects(5), ok(), 6, 2s},
        {"six redirects", redirects(6), fails(Kind::redirect), 6, 2s},
        {"redirects in a circle", {redirect("302 Found", "/api/v2/public/execution")}, fails(Kind::redirect), 6, 2s},
        {"redirect to another port", {redirect("302 Found", "http://{other}/api/v2/public/execution")}, fails(Kind::redirect).saying("{other}"), 1, 2s},
        {"308 to another port", {redirect("308 Permanent Redirect", "http://{other}/api/v2/public/execution")}, fails(Kind::redirect), 1, 2s},
        {"redirect to another name of the host", {redirect("302 Found", "http://localhost:{otherPort}/")}, fails(Kind::redirect), 1, 2s},
        {"redirect to another scheme", {redirect("302 Found", "https://{self}/")}, fails(Kind::redirect), 1, 2s},
        {"redirect to another port without scheme", {redirect("302 Found", "//{other}/")}, fails(Kind::redirect), 1, 2s},
        {"redirect to another port behind backslashes", {redirect("302 Found", "http://{other}\\@{self}/")}, fails(Kind::redirect), 1, 2s},
        {"redirect to another port as user", {redirect("302 Found", "http://{self}@{other}/")}, fails(Kind::redirect), 1, 2s},
        {"redirect with a user of its own", {redirect("302 Found", "http://somebody:made-up@{self}/")}, fails(Kind::redirect), 1, 2s},
        {"redirect to a file", {redirect("302 Found", "file:///etc/passwd")}, fails(Kind::redirect), 1, 2s},
        {"redirect to ftp", {redirect("302 Found", "ftp://{other}/")}, fails(Kind::redirect), 1, 2s},
        {"redirect to data", {redirect("302 Found", "data:application/json,{}")}, fails(Kind::redirect), 1, 2s},
        {"redirect to garbage", {redirect("302 Found", "http://[::bad/%%%")}, fails(Kind::redirect), 1, 2s},
        {"redirect within the origin, then out of it", {redirect("302 Found", "/next"), redirect("302 Found", "http://{other}/")}, fails(Kind::redirect), 2, 2s},
        {"redirect to nowhere", {response("302 Found", "")}, refused(Class::api, 302), 1, 2s},

        // ---- 200s that cannot be used --------------------------------------------------------------------------------
        {"an error envelope in a 200", {page200(errorJson(500, "INTERNAL", "The database is on fire."))}, notUnderstood().saying("database is on fire"), 1, 2s},
        {"the other error envelope in a 200", {page200(otherEnvelope)}, notUnderstood().saying("slug are required"), 1, 2s},
        {"not JSON", {page200("Everything is fine.")}, notUnderstood(), 1, 2s},
        {"JSON with a comma too many", {page200(R"({"docs":[,],"hasNextPage":false})")}, notUnderstood().saying("byte"), 1, 2s},
        {"JSON and more", {page200(page + "{}")}, notUnderstood(), 1, 2s},
        {"JSON that is an array", {page200("[" + page + "]")}, notUnderstood(), 1, 2s},
        {"JSON that is null", {page200("null")}, notUnderstood(), 1, 2s},
        {"no docs", {page200(R"({"totalDocs":0,"hasNextPage":false})")}, notUnderstood(), 1, 2s},
        {"docs that are an object", {page200(R"({"docs":{},"hasNextPage":false})")}, notUnderstood("/docs"), 1, 2s},
        {"docs of numbers", {page200(R"({"docs":[1,2],"hasNextPage":false})")}, notUnderstood("/docs/0"), 1, 2s},
        {"nesting without end", {page200(R"({"docs":[{"_id":"a","deep":)" + std::string(100000, '[') + std::string(100000, ']') + "}]}")}, ok(), 1, 2s},
        {"invalid UTF-8", {page200("{\"docs\":[{\"_id\":\"a\",\"name\":\"\xff\xfe\"}]}")}, notUnderstood(), 1, 2s},
        {"binary", {page200(std::string("\0\1\2\3\4\5\6\7", 8))}, notUnderstood(), 1, 2s},
        {"fields of the wrong type", {page200(R"({"docs":[{"_id":"a","name":7,"status":null,"createdAt":[],"associated_workflow":"x"}],"totalDocs":"1","hasNextPage":false})")}, ok(), 1, 2s},
        {"numbers beyond all numbers", {page200(R"({"docs":[{"_id":"a","completion_percentage":1e999}],"totalDocs":123456789012345678901234567890,"hasNextPage":false})")}, ok(), 1, 2s},
    };
    // clang-format on
}

}  // namespace refold::test
