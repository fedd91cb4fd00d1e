// The page cursor for executions, behind the public `ExecutionListing`. Made by client.cpp, and by the watch.
#ifndef REFOLD_LISTING_EXECUTION_CURSOR_HPP
#define REFOLD_LISTING_EXECUTION_CURSOR_HPP

#include "listing/page_source.hpp"

#include <refold/cancel.hpp>
#include <refold/execution_listing.hpp>
#include <refold/execution_query.hpp>

#include <cstdint>
#include <memory>

namespace refold::internal {

/// An execution's identity as a hash: of its id, or of its whole text where the server sends none.
std::uint64_t executionKey(const Execution& execution) noexcept;

/// A hash of the filters and the order: what must be the same for a checkpoint to be of use.
std::uint64_t queryIdentity(const ExecutionQuery& query);

/// Requires a validated query. Throws `InvalidArgument` for options that cannot be right, and for checkpoints that are
/// damaged or of another query.
std::unique_ptr<ListingCursor<Execution>> makeExecutionCursor(std::shared_ptr<PageSource> source,
                                                              const ExecutionQuery& query,
                                                              const ListingOptions& options, CancelToken cancel);

}  // namespace refold::internal

#endif
