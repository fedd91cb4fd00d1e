// Sends the request of the API's documentation: the ten latest completed runs.
//
//   curl -X GET "https://app.refold.ai/api/v2/public/execution?status=COMPLETED&limit=10"
//     -H "x-api-key: YOUR_API_KEY" -H "linked_account_id: YOUR_LINKED_ACCOUNT_ID"
//
// Reads the credentials from REFOLD_API_KEY and REFOLD_LINKED_ACCOUNT_ID, or from REFOLD_SESSION_TOKEN.
#include <refold/refold.hpp>

#include <iostream>

int main() try {
    const refold::Client client = refold::Client::fromEnvironment();
    refold::ExecutionQuery query;
    query.status = refold::ExecutionStatus::Completed;
    query.limit = 10;

    const refold::Page<refold::Execution> page = client.listExecutions(query);
    for (const refold::Execution& run : page) {
        std::cout << run.id << "  " << run.status.value() << "  " << run.associatedWorkflow.name << '\n';
    }
    std::cout << "page " << page.page << " of " << page.totalPages << ", " << page.totalDocs << " runs in all\n";
} catch (const refold::Error& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
