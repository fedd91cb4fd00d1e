// Makes the page cursor of executions, which implements `ExecutionListing`. Used by client.cpp and the watch.
#ifndef REFOLD_LISTING_EXECUTION_CURSOR_HPP
#define REFOLD_LISTING_EXECUTION_CURSOR_HPP

#include "listing/page_source.hpp"

#include <refold/cancel.hpp>
#include <refold/execution_listing.hpp>
#include <refold/execution_query.hpp>

#include <cstdint>
#include <memory>

namespace refold::internal {

/// Returns a hash of an execution's id, or of its whole text if it has none.
std::uint64_t executionKey(const Execution& execution) noexcept;

/// Returns a hash of the filters and the order, to which a checkpoint is bound.
std::uint64_t queryIdentity(const ExecutionQuery& query);

/// Requires a validated query. Throws `InvalidArgument` for invalid options, and for checkpoints that are damaged or of
/// another query.
std::unique_ptr<ListingCursor<Execution>> makeExecutionCursor(std::shared_ptr<PageSource> source,
                                                              const ExecutionQuery& query,
                                                              const ListingOptions& options, CancelToken cancel);

}  // namespace refold::internal

#endif
