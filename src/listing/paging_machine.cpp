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

}  // namespace refold::internal
