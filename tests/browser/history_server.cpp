// Serves a history for the browser test: 25,000 runs, some with hostile names. Prints its address on a line and serves
// until its standard input closes.
#include <refold/testing/fake_server.hpp>

#include <chrono>
#include <cstddef>
#include <iostream>
#include <string>

namespace {

constexpr std::size_t allRuns = 25000;

const char* const hostileNames[] = {
    "</script><script>window.broken = 1</script>",
    "<img src=x onerror=\"window.broken = 1\">",
    "\" onmouseover=\"window.broken = 1\" x=\"",
    "{{rows}} {{&data}} @SCRIPT@",
    "<!-- <script> ]]> &amp; &#x202e;",
    "\xE2\x80\xAE right to left \xE2\x80\xA6 \xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D",
    "\x1b[31mred\x07 bell \x7f \xC2\x9B[31m",
};

std::string longName() {
    std::string name;
    while (name.size() < 10000) name += "Supercalifragilistic";
    return name;
}

void addHostileRuns(refold::testing::FakeServer& server) {
    int number = 0;
    const auto add = [&](const std::string& name) {
        refold::testing::FakeRun run;
        run.id = "hostile" + std::to_string(++number);
        run.status = number % 2 == 0 ? "FAILED" : "RUNNING";
        run.workflowId = "workflow-" + run.id;
        run.workflowName = name;
        run.slug = "app-" + run.id;
        run.applicationName = name;
        server.addRun(run);
    };
    for (const char* const name : hostileNames) add(name);
    add(longName());
    // Two workflows with the same name.
    for (const char* const id : {"twin-a", "twin-b"}) {
        refold::testing::FakeRun run;
        run.id = std::string("run-of-") + id;
        run.status = "STOPPED";
        run.workflowId = id;
        run.workflowName = "Twin";
        server.addRun(run);
    }
}

}  // namespace

int main() {
    constexpr std::size_t added = std::size(hostileNames) + 3;
    refold::testing::FakeServerOptions options;
    options.runs = allRuns - added;
    refold::testing::FakeServer server(options);
    addHostileRuns(server);
    std::cout << server.baseUrl() << std::endl;
    for (std::string line; std::getline(std::cin, line);) continue;
    return 0;
}
