#include "testing/node_failure.hpp"

namespace refold::internal::fake {
namespace {

std::string fetchFailure(std::uint64_t random) {
    const std::string number = std::to_string(1000 + random / 8 % 9000);
    switch (random % 4) {
        case 0:
            return R"({"error":{"code":"ECONNRESET","message":"the CRM closed the connection"}})";
        case 1:
            return R"({"error":{"message":"Request failed with status code 503","config":{"timeout":30000}}})";
        default:
            return R"({"error":"invalid_grant","error_description":"The refresh token of connection )" + number +
                   R"( has expired; connect the account again"})";
    }
}

std::string upsertFailure(std::uint64_t random) {
    const std::string number = std::to_string(10000 + random / 8 % 90000);
    switch (random % 5) {
        case 0:
            return R"({"statusCode":422,"body":{"message":"Contact )" + number +
                   R"(: \"phone\" is not a phone number"}})";
        case 1:
            return R"({"errors":[{"title":"Conflict","detail":"A contact with the e-mail address user)" + number +
                   R"(@example.com exists already"}]})";
        default:
            return R"({"error":{"message":"Request failed with status code 429","retryAfter":)" +
                   std::to_string(1 + random / 8 % 30) + "}}";
    }
}

}  // namespace

std::string failureOutput(std::size_t node, bool timedOut, std::uint64_t random) {
    if (timedOut) return R"({"error":{"code":"ETIMEDOUT","message":"No answer within 300 s"}})";
    switch (node) {
        case 1:
            return fetchFailure(random);
        case 2:
            return R"*("TypeError: Cannot read properties of undefined (reading 'email')")*";
        case 3:
            return upsertFailure(random);
        case 4:
            return R"({"ok":false,"error":"channel_not_found"})";
        default:
            return R"({"error":{"message":"The payload is larger than 1048576 bytes"}})";
    }
}

}  // namespace refold::internal::fake
