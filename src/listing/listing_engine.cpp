// What the paging machine has to know of executions and their query.
#include "listing/listing_engine.hpp"

#include "listing/key_hash.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace refold::internal {

namespace {

PagingSetup setupOf(const ExecutionQuery& query) {
    PagingSetup setup;
    setup.query.firstPage = query.page.value_or(1);
    setup.query.limit = query.limit;
    setup.ascending = query.sortAsc.value_or(false);
    if (setup.ascending && query.startDate) setup.query.earliest = query.startDate->time_since_epoch().count();
    if (!setup.ascending && query.endDate) setup.query.earliest = -query.endDate->time_since_epoch().count();
    setup.identity = queryIdentity(query);
    return setup;
}

/// Every field with its length in front, so that no two queries read alike.
class Identity {
  public:
    void add(std::string_view text) {
        text_ += std::to_string(text.size());
        text_ += ':';
        text_ += text;
    }
    void add(const std::optional<std::string>& text) {
        text_ += text ? '+' : '-';
        if (text) add(std::string_view(*text));
    }
    template <class Set>
    void addSet(const std::optional<Set>& value) {
        text_ += value ? '+' : '-';
        if (value) add(std::string_view(value->value()));
    }
    void add(const std::optional<Timestamp>& time) {
        text_ += time ? '+' : '-';
        if (time) add(std::string_view(std::to_string(time->time_since_epoch().count())));
    }
    std::uint64_t hash() const noexcept { return hashText(text_); }

  private:
    std::string text_ = {};
};

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
