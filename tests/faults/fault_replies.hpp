// Replies, parts of replies and client options from which the fault table is made. Used by fault_table.cpp.
#ifndef REFOLD_TESTS_FAULTS_FAULT_REPLIES_HPP
#define REFOLD_TESTS_FAULTS_FAULT_REPLIES_HPP

#include "faults/common_replies.hpp"
#include "faults/fault.hpp"
#include "support/gzip.hpp"
#include "support/http_text.hpp"
#include "support/patience.hpp"
#include "support/secrets.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace refold::test::faults {

using namespace std::chrono_literals;
using Reply = FaultReply;

inline const std::string providerErrorWithKey = std::string("the token service is unavailable for ") + providerKey;
inline const std::string providerErrorWithToken =
    std::string("the token service is unavailable; sent Authorization: Bearer ") + providerJwt;
inline const std::string json = "Content-Type: application/json";
inline const std::string key = testKey;
inline const std::string account = testAccount;
inline const std::string chunked = "Transfer-Encoding: chunked";
inline const std::string gzipped = "Content-Encoding: gzip";

inline std::string length(std::uint64_t size) {
    return "Content-Length: " + std::to_string(size);
}

inline std::string repeated(std::string_view text, int count) {
    std::string all;
    for (int i = 0; i < count; ++i) all += text;
    return all;
}

inline std::string flipped(std::string bytes) {
    bytes[bytes.size() / 2] ^= 0x10;
    return bytes;
}
inline std::string chunksOfOne(std::string_view text) {
    std::string all;
    for (const char c : text) all += chunk(std::string(1, c));
    return all;
}
/// `count` redirects, each to another path, then a page.
inline std::vector<Reply> redirects(int count) {
    std::vector<Reply> replies;
    for (int i = 1; i <= count; ++i) replies.push_back(redirect("302 Found", "/" + std::to_string(i)));
    replies.emplace_back(okPage());
    return replies;
}
inline Reply quoting(std::string_view status, const std::string& message) {
    return response(status, errorJson(std::atoi(std::string(status).c_str()), "SOME_ERROR", message));
}

inline void timeoutBelowRetryAfter(ClientOptions& options) {
    options.timeout = 1900ms;
}
inline void smallQuota(ClientOptions& options) {
    options.retry.quota = 2;
}
inline void noRetry(ClientOptions& options) {
    options.retry.maxAttempts = 1;
}

inline const std::string page = pageJson();
inline const std::string half = page.substr(0, page.size() / 2);
inline const std::string zipped = gzip(pageJson(1, 50));
inline const std::string success = okPage();
inline const std::string jsonHead = head("200 OK", {json, length(page.size())});
inline const std::string chunkedHead = head("200 OK", {json, chunked});
inline const std::string chunkedPage = chunkedHead + chunk(page) + chunk("");
inline const std::string otherEnvelope = R"({"message":"Server Error","error":"Workflow ID and slug are required"})";
inline const HeaderLines passwordChallenges = {"WWW-Authenticate: Basic realm=\"x\"", "WWW-Authenticate: Negotiate",
                                               "WWW-Authenticate: NTLM",
                                               "WWW-Authenticate: Digest realm=\"x\", nonce=\"y\""};
inline const HeaderLines alternativeServers = {"Alt-Svc: h2=\"{other}\"; ma=3600, http/1.1=\"{other}\"",
                                               "Refresh: 0; url=http://{other}/", "Link: <http://{other}/>; rel=next"};
inline const std::string proxyPage =
    "<html>\r\n<head><title>502 Bad Gateway</title><style>p{color:red}</style></head>\n<body><h1>Bad "
    "Gateway</h1>\x1b[31m\x07"
    "<p>The origin is unavailable</p></body></html>";

}  // namespace refold::test::faults

#endif
