// Every batch of a node, as a range that fetches pages as it goes. Made by `Client::nodeBatches`.
#ifndef REFOLD_NODE_BATCH_LISTING_HPP
#define REFOLD_NODE_BATCH_LISTING_HPP

#include <refold/listing.hpp>
#include <refold/node_batch.hpp>

namespace refold {
inline namespace v0 {

/// A batch is known by its index, or by its whole text where it has none: an index that comes again is the same batch.
/// Batches have no dates, so pages join by their `limit` alone.
using NodeBatchListing = Listing<NodeBatch>;

}  // namespace v0
}  // namespace refold

#endif
