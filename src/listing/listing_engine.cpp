// What the paging machine has to know of executions and their query.
#include "listing/listing_engine.hpp"

#include "listing/identity.hpp"
#include "listing/key_hash.hpp"

#include <algorithm>
#include <limits>
#include <string_view>
#include <utility>

namespace refold::internal {

namespace {

PagingSetup setupOf(const ExecutionQuery& query) {
    PagingSetup setup;
    setup.query.firstPage = query.page.value_or(1);
    setup.query.limit = query.limit;
    setup.ascending = query.sortAsc.value_or(false);
    const auto placeOf = [&](const std::optional<Timestamp>& date) {
        std::optional<Place> place;
        // The least number has no negative.
        constexpr Place furthest = std::numeric_limits<Place>::max();
        if (date) place = std::max<Place>(date->time_since_epoch().count(), -furthest) * (setup.ascending ? 1 : -1);
        return place;
    };
    setup.query.earliest = placeOf(setup.ascending ? query.startDate : query.endDate);
    setup.query.latest = placeOf(setup.ascending ? query.endDate : query.startDate);
    setup.identity = queryIdentity(query);
    return setup;
}

}  // namespace

std::uint64_t ExecutionTraits::key(const Execution& execution) noexcept {
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

ListingEngine::ListingEngine(std::shared_ptr<PageSource> source, const ExecutionQuery& query,
                             const ListingOptions& options, CancelToken cancel)
    : PagingMachine(std::move(source), setupOf(query), options, std::move(cancel)) {
}

}  // namespace refold::internal
