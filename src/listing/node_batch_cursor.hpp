// Makes the page cursor of batches, which implements `NodeBatchListing`. Used by client.cpp.
#ifndef REFOLD_LISTING_NODE_BATCH_CURSOR_HPP
#define REFOLD_LISTING_NODE_BATCH_CURSOR_HPP

#include "listing/page_source.hpp"

#include <refold/cancel.hpp>
#include <refold/node_batch.hpp>
#include <refold/node_batch_listing.hpp>

#include <cstdint>
#include <memory>
#include <string_view>

namespace refold::internal {

/// Returns a hash of a batch's index, or of its whole text if it has none.
std::uint64_t nodeBatchKey(const NodeBatch& batch) noexcept;

/// Requires validated ids and a validated query. Throws as `makeExecutionCursor` does.
std::unique_ptr<ListingCursor<NodeBatch>> makeNodeBatchCursor(std::shared_ptr<BasicPageSource<NodeBatch>> source,
                                                              std::string_view id, std::string_view nodeId,
                                                              const BatchQuery& query, const ListingOptions& options,
                                                              CancelToken cancel);

}  // namespace refold::internal

#endif
