// Every run that matches a query, as a range that fetches pages as it goes. Made by `Client::executions`.
#ifndef REFOLD_EXECUTION_LISTING_HPP
#define REFOLD_EXECUTION_LISTING_HPP

#include <refold/execution.hpp>
#include <refold/listing.hpp>

namespace refold {
inline namespace v0 {

/// Runs by their ids, in the server's order by date.
using ExecutionListing = Listing<Execution>;

}  // namespace v0
}  // namespace refold

#endif
