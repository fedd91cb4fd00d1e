// Every run that matches a query, as a range that fetches pages as it goes. Made by `Client::executions`.
#ifndef REFOLD_EXECUTION_LISTING_HPP
#define REFOLD_EXECUTION_LISTING_HPP

#include <refold/execution.hpp>
#include <refold/listing.hpp>

namespace refold {
inline namespace v0 {

/// A listing of runs, newest first unless `ExecutionQuery::sortAsc` is true. Runs are identified by `id`.
using ExecutionListing = Listing<Execution>;

}  // namespace v0
}  // namespace refold

#endif
