// What the paging machine has to know of batches and their query.
#include "listing/batch_listing_engine.hpp"

#include "listing/identity.hpp"
#include "listing/key_hash.hpp"

#include <string>
#include <utility>

namespace refold::internal {

namespace {

PagingSetup setupOf(std::string_view id, std::string_view nodeId, const BatchQuery& query) {
    PagingSetup setup;
    setup.query.firstPage = query.page.value_or(1);
    setup.query.limit = query.limit;
    // Batches come with growing indices: a listing that has reached the end may go on from there later.
    setup.ascending = true;
    Identity identity;
    identity.add(std::string_view("batches"));
    identity.add(id);
    identity.add(nodeId);
    identity.addSet(query.status);
    for (const auto& [name, value] : query.extra) {
        identity.add(std::string_view(name));
        identity.add(std::string_view(value));
    }
    setup.identity = identity.hash();
    return setup;
}

}  // namespace

std::uint64_t NodeBatchTraits::key(const NodeBatch& batch) noexcept {
    if (!batch.batchIndex) return hashText(batch.rawJson);
    return combineHashes(hashText("batch"), static_cast<std::uint64_t>(*batch.batchIndex));
}

BatchListingEngine::BatchListingEngine(std::shared_ptr<Source> source, std::string_view id, std::string_view nodeId,
                                       const BatchQuery& query, const ListingOptions& options, CancelToken cancel)
    : PagingMachine(std::move(source), setupOf(id, nodeId, query), options, std::move(cancel)) {
}

}  // namespace refold::internal
