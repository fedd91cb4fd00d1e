// The paging machine for the batches of a node, behind the public `NodeBatchListing`. Made by client.cpp.
#ifndef REFOLD_LISTING_BATCH_LISTING_ENGINE_HPP
#define REFOLD_LISTING_BATCH_LISTING_ENGINE_HPP

#include "listing/page_source.hpp"
#include "listing/paging_machine.hpp"

#include <refold/cancel.hpp>
#include <refold/node_batch.hpp>
#include <refold/node_batch_listing.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

namespace refold::internal {

/// A batch's identity is its index, or its whole text where the server sends none. It has no date.
struct NodeBatchTraits {
    static std::uint64_t key(const NodeBatch& batch) noexcept;
    static std::optional<Timestamp> date(const NodeBatch& /*batch*/) noexcept { return std::nullopt; }
};

class BatchListingEngine final : public PagingMachine<NodeBatch, NodeBatchTraits> {
  public:
    /// The ids and the query have been validated. Throws as `ListingEngine` does.
    BatchListingEngine(std::shared_ptr<Source> source, std::string_view id, std::string_view nodeId,
                       const BatchQuery& query, const ListingOptions& options, CancelToken cancel);
};

}  // namespace refold::internal

#endif
