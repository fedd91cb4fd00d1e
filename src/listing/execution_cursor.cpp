// Adapts the page cursor to executions and their query.
#include "listing/execution_cursor.hpp"

#include "listing/identity.hpp"
#include "listing/key_hash.hpp"
#include "listing/page_cursor.hpp"

#include <string_view>
#include <utility>

namespace refold::internal {

namespace {

struct ExecutionTraits {
    static std::uint64_t key(const Execution& execution) noexcept { return executionKey(execution); }
    static std::optional<Timestamp> date(const Execution& execution) noexcept { return execution.createdAt; }
    static std::int64_t bytes(const Execution& execution) noexcept {
        return static_cast<std::int64_t>(execution.rawJson.size());
    }
};

}  // namespace

std::uint64_t executionKey(const Execution& execution) noexcept {
    return hashText(execution.id.empty() ? std::string_view(execution.rawJson) : std::string_view(execution.id));
}

std::uint64_t queryIdentity(const ExecutionQuery& query) {
    Identity identity;
    identity.addSet(query.status);
    identity.add(query.slug);
    identity.add(query.workflowId);
    identity.add(query.workflowName);
    identity.add(query.executionId);
    identity.add(query.startDate);
    identity.add(query.endDate);
    identity.addSet(query.executionType);
    identity.addSet(query.executionSource);
    identity.add(std::string_view(query.sortAsc.value_or(false) ? "oldest first" : "newest first"));
    for (const auto& [name, value] : query.extra) {
        identity.add(std::string_view(name));
        identity.add(std::string_view(value));
    }
    return identity.hash();
}

std::unique_ptr<ListingCursor<Execution>> makeExecutionCursor(std::shared_ptr<PageSource> source,
                                                              const ExecutionQuery& query,
                                                              const ListingOptions& options, CancelToken cancel) {
    ListingSetup setup;
    setup.firstPage = query.page.value_or(1);
    setup.limit = query.limit;
    setup.isAscending = query.sortAsc.value_or(false);
    setup.identity = queryIdentity(query);
    return std::make_unique<PageCursor<Execution, ExecutionTraits>>(std::move(source), setup, options,
                                                                    std::move(cancel));
}

}  // namespace refold::internal
