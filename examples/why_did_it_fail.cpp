// Finds the latest failed run, and prints the node that made it fail with its output.
//
// Reads the credentials from REFOLD_API_KEY and REFOLD_LINKED_ACCOUNT_ID, or from REFOLD_SESSION_TOKEN.
#include <refold/refold.hpp>

#include <iostream>

int main() try {
    const refold::Client client = refold::Client::fromEnvironment();
    // A failed run reads ERRORED today and FAILED on older servers; isFailure() knows both.
    for (const refold::Execution& run : client.executions()) {
        if (!run.status.isFailure()) continue;
        const refold::ExecutionDetail detail = client.getExecution(run.id);
        std::cout << detail.id << "  " << detail.status.value() << "  " << detail.associatedWorkflow.name << '\n';
        const refold::ExecutionNode* const node = detail.firstFailedNode();
        if (node == nullptr) {
            std::cout << "the server names no node that failed\n";
            return 0;
        }
        std::cout << node->name << "  " << node->status.value() << " after " << node->attemptsMade.value_or(0)
                  << " attempts\n"
                  << node->latestOutput << '\n';
        return 0;
    }
    std::cout << "no run has failed\n";
} catch (const refold::Error& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
