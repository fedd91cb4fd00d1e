// Follows a history: prints each run that starts and each that changes, until one of them fails.
#include <refold/refold.hpp>

#include <iostream>

int main() try {
    const refold::Client client = refold::Client::fromEnvironment();
    refold::WatchOptions options;
    options.interval = std::chrono::seconds(1);

    refold::ExecutionWatch watch = client.watchExecutions({}, options);
    for (const refold::ExecutionChange& change : watch) {
        const refold::Execution& run = change.execution;
        if (change.previousStatus) std::cout << change.previousStatus->value() << " -> ";
        std::cout << run.status.value() << ' ' << run.id << ' ' << run.associatedWorkflow.name << std::endl;
        if (run.status.isFailure()) break;
    }
} catch (const refold::Error& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
