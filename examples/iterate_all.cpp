// Counts the outcomes of the whole history, with four pages in flight ahead of the loop.
#include <refold/refold.hpp>

#include <iostream>
#include <map>
#include <string>

int main() try {
    const refold::Client client = refold::Client::fromEnvironment();
    refold::ListingOptions options;
    options.prefetch = 4;

    std::map<std::string, int> outcomes;
    refold::ExecutionListing listing = client.executions({}, options);
    for (const refold::Execution& run : listing) ++outcomes[run.status.value()];

    for (const auto& [status, count] : outcomes) std::cout << status << ' ' << count << '\n';
    const refold::ListingReport report = listing.report();
    std::cout << report.delivered << " runs from " << report.pagesRead << " pages\n";
} catch (const refold::Error& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
