// Adapts the page cursor to batches, which have no dates, and their query.
#include "listing/node_batch_cursor.hpp"

#include "listing/identity.hpp"
#include "listing/key_hash.hpp"
#include "listing/page_cursor.hpp"

#include <utility>

namespace refold::internal {

namespace {

struct NodeBatchTraits {
    static std::uint64_t key(const NodeBatch& batch) noexcept { return nodeBatchKey(batch); }
    static std::optional<Timestamp> date(const NodeBatch& /*batch*/) noexcept { return std::nullopt; }
    static std::int64_t bytes(const NodeBatch& batch) noexcept {
        return static_cast<std::int64_t>(batch.rawJson.size());
    }
};

std::uint64_t identityOf(std::string_view id, std::string_view nodeId, const BatchQuery& query) {
    Identity identity;
    identity.add(std::string_view("batches"));
    identity.add(id);
    identity.add(nodeId);
    identity.addSet(query.status);
    for (const auto& [name, value] : query.extra) {
        identity.add(std::string_view(name));
        identity.add(std::string_view(value));
    }
    return identity.hash();
}

}  // namespace

std::uint64_t nodeBatchKey(const NodeBatch& batch) noexcept {
    if (!batch.batchIndex) return hashText(batch.rawJson);
    return combineHashes(hashText("batch"), static_cast<std::uint64_t>(*batch.batchIndex));
}

std::unique_ptr<ListingCursor<NodeBatch>> makeNodeBatchCursor(std::shared_ptr<BasicPageSource<NodeBatch>> source,
                                                              std::string_view id, std::string_view nodeId,
                                                              const BatchQuery& query, const ListingOptions& options,
                                                              CancelToken cancel) {
    ListingSetup setup;
    setup.firstPage = query.page.value_or(1);
    setup.limit = query.limit;
    setup.isAscending = true;
    setup.identity = identityOf(id, nodeId, query);
    return std::make_unique<PageCursor<NodeBatch, NodeBatchTraits>>(std::move(source), setup, options,
                                                                    std::move(cancel));
}

}  // namespace refold::internal
