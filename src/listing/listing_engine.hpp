// The paging machine for executions, behind the public `ExecutionListing`. Made by client.cpp.
#ifndef REFOLD_LISTING_LISTING_ENGINE_HPP
#define REFOLD_LISTING_LISTING_ENGINE_HPP

#include "listing/page_source.hpp"
#include "listing/paging_machine.hpp"

#include <refold/cancel.hpp>
#include <refold/execution_listing.hpp>
#include <refold/execution_query.hpp>

#include <cstdint>
#include <memory>
#include <optional>

namespace refold::internal {

/// An execution's identity is its id, or its whole text where the server sends none.
struct ExecutionTraits {
    static std::uint64_t key(const Execution& execution) noexcept;
    static std::optional<Timestamp> date(const Execution& execution) noexcept { return execution.createdAt; }
};

/// A hash of the filters and the order: what must be the same for a checkpoint to be of use.
std::uint64_t queryIdentity(const ExecutionQuery& query);

class ListingEngine final : public PagingMachine<Execution, ExecutionTraits> {
  public:
    /// The query has been validated. Throws `InvalidArgument` for options that cannot be, and for checkpoints that are
    /// damaged or of another query.
    ListingEngine(std::shared_ptr<PageSource> source, const ExecutionQuery& query, const ListingOptions& options,
                  CancelToken cancel);
};

}  // namespace refold::internal

#endif
