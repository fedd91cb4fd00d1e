// A program as a user of the package writes it: the client on a transport of its own, so that it needs no server. Tells
// by its exit code whether calls, ranges and errors work across the library's border.
#include <refold/refold.hpp>

#include <cstdio>
#include <memory>
#include <string>

namespace {

class CannedTransport final : public refold::Transport {
  public:
    refold::HttpResponse send(const refold::HttpRequest& request) override {
        const bool second = request.url.find("page=2") != std::string::npos;
        refold::HttpResponse response;
        response.status = 200;
        response.body = second ? R"({"docs":[{"_id":"b","status":"PAUSED"}],"totalDocs":2,"limit":1,"page":2,)"
                                 R"("totalPages":2,"hasNextPage":false})"
                               : R"({"docs":[{"_id":"a","status":"COMPLETED"}],"totalDocs":2,"limit":1,"page":1,)"
                                 R"("totalPages":2,"hasNextPage":true})";
        return response;
    }
};

}  // namespace

int main() {
    refold::ClientOptions options;
    options.transport = std::make_shared<CannedTransport>();
    const refold::Client client{refold::apiKey("tk_test_not_a_real_key", "user_12345"), options};

    std::string ids;
    for (const refold::Execution& run : client.executions()) ids += run.id + "=" + run.status.value() + " ";

    std::string refused;
    try {
        refold::ExecutionQuery query;
        query.limit = 0;
        client.listExecutions(query);
    } catch (const refold::InvalidArgument& error) {
        refused = error.argument();
    }
    std::printf("refold %s: %srefused: %s\n", refold::version(), ids.c_str(), refused.c_str());
    return ids == "a=COMPLETED b=PAUSED " && refused == "limit" ? 0 : 1;
}
