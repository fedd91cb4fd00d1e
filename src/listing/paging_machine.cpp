// What all paging machines share that does not depend on the item.
#include "listing/paging_machine.hpp"

namespace refold::internal {

void checkListingOptions(const ListingOptions& options) {
    if (options.prefetch < 0 || options.prefetch > 64) {
        throw InvalidArgument("prefetch", "prefetch is " + std::to_string(options.prefetch) +
                                              "; it must be from 0 (no pages ahead) to 64");
    }
    if (options.maxItems && *options.maxItems < 0) {
        throw InvalidArgument("maxItems",
                              "maxItems is " + std::to_string(*options.maxItems) + "; it must be 0 or more, or unset");
    }
}

void checkPagingQuery(const PagingQuery& query) {
    const auto refuse = [](const std::string& name, std::int64_t value, std::int64_t most) {
        if (value <= most) return;
        throw InvalidArgument(
            name, name + " is " + std::to_string(value) + "; a listing can count up to " + std::to_string(most));
    };
    refuse("page", query.firstPage, mostPage);
    refuse("limit", query.limit.value_or(0), mostLimit);
}

}  // namespace refold::internal
