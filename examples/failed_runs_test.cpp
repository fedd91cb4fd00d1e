// Tests a small application with scripted answers and with an in-memory server.
// A test with GoogleTest looks much the same.
#include <refold/refold.hpp>
#include <refold/testing/builders.hpp>
#include <refold/testing/fake_server.hpp>
#include <refold/testing/fake_transport.hpp>

#include <cstdio>
#include <memory>
#include <string>

// The application under test. It takes a client, so that a test can pass its own.
std::string summaryOfFailures(const refold::Client& client, const std::string& workflowId) {
    refold::ExecutionQuery query;
    query.workflowId = workflowId;
    int failed = 0;
    std::string latest;
    for (const refold::Execution& run : client.executions(query)) {
        if (!run.status.isFailure()) continue;
        if (failed++ == 0) latest = run.id;
    }
    return failed == 0 ? "no failures" : std::to_string(failed) + " failed, the latest is " + latest;
}

int failures = 0;

void expect(bool holds, const char* what) {
    std::printf("%s  %s\n", holds ? "ok    " : "FAILED", what);
    if (!holds) ++failures;
}

// Scripted answers: no socket and no delay; the requests can be inspected.
void testWithScriptedAnswers() {
    using refold::testing::ExecutionBuilder;
    auto transport = std::make_shared<refold::testing::FakeTransport>();
    transport->respond(503, refold::testing::errorJson(503, "try later"))
        .respond(200, refold::testing::pageJson({ExecutionBuilder("run_3").status("ERRORED"),
                                                 ExecutionBuilder("run_2").status("PAUSED"),
                                                 ExecutionBuilder("run_1").status("TIMED_OUT")}));
    refold::ClientOptions options;
    options.transport = transport;
    options.retry.initialBackoff = std::chrono::milliseconds(1);
    const refold::Client client{refold::apiKey("tk_test_not_a_real_key", "user_12345"), options};

    expect(summaryOfFailures(client, "wf_7") == "2 failed, the latest is run_3",
           "failures are counted, a 503 is survived");
    expect(transport->requests().back().url.find("workflow_id=wf_7") != std::string::npos,
           "only that workflow is asked for");
}

// A server on loopback with a history of many pages.
void testWithServer() {
    refold::testing::FakeServerOptions history;
    history.runs = 0;
    refold::testing::FakeServer server(history);
    for (int i = 0; i < 250; ++i) {
        refold::testing::FakeRun run;
        run.workflowId = i % 2 == 0 ? "wf_7" : "wf_8";
        run.status = i % 10 == 0 ? "ERRORED" : "COMPLETED";
        server.addRun(run);
    }
    refold::ClientOptions options;
    options.baseUrl = server.baseUrl();
    options.rateLimit = refold::RateLimit::none();
    const refold::Client client{refold::apiKey(history.apiKey, history.linkedAccountId), options};

    expect(summaryOfFailures(client, "wf_7").rfind("25 failed", 0) == 0, "failures on all pages are counted");
    expect(summaryOfFailures(client, "wf_8") == "no failures", "another workflow's failures are not");
}

int main() {
    testWithScriptedAnswers();
    testWithServer();
    return failures == 0 ? 0 : 1;
}
