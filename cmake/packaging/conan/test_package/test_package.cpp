// Links the library and uses what needs no server.
#include <refold/refold.hpp>

#include <cstdio>

int main() {
    const refold::Client client{refold::apiKey("tk_test_not_a_real_key", "user_12345")};
    try {
        refold::ExecutionQuery query;
        query.limit = 0;
        client.listExecutions(query);
    } catch (const refold::InvalidArgument& error) {
        std::printf("refold %s refuses %s\n", refold::version(), error.argument().c_str());
        return 0;
    }
    return 1;
}
