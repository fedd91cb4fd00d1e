// Every batch of a node, as a range that fetches pages as it goes. Made by `Client::nodeBatches`.
#ifndef REFOLD_NODE_BATCH_LISTING_HPP
#define REFOLD_NODE_BATCH_LISTING_HPP

#include <refold/listing.hpp>
#include <refold/node_batch.hpp>

namespace refold {
inline namespace v0 {

/// Batches are identified by their index, or by their whole JSON text if they have none. A batch that was already
/// delivered is dropped. Batches have no dates, so only these identities show whether pages overlap.
using NodeBatchListing = Listing<NodeBatch>;

}  // namespace v0
}  // namespace refold

#endif
