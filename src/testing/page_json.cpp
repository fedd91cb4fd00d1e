// Writes the envelope according to the options.
#include "testing/page_json.hpp"

#include <algorithm>

namespace refold::internal::fake {

PagePosition::PagePosition(std::int64_t wantedPage, std::int64_t wantedLimit, std::int64_t count,
                           const refold::testing::FakeServerOptions& options)
    : page(wantedPage),
      limit(options.maxLimit > 0 ? std::min(wantedLimit, options.maxLimit) : wantedLimit),
      total(count),
      pages(std::max<std::int64_t>(total / limit + (total % limit != 0 ? 1 : 0), 1)) {
}

void appendEnvelope(std::string& body, const PagePosition& place, const refold::testing::FakeServerOptions& options) {
    body += "],\"totalDocs\":" + std::to_string(place.total);
    if (!options.omitOptionalEnvelopeFields) body += ",\"limit\":" + std::to_string(place.limit);
    body += ",\"page\":" + std::to_string(place.page);
    if (!options.omitOptionalEnvelopeFields) body += ",\"totalPages\":" + std::to_string(place.pages);
    if (options.legacyFields) {
        const bool hasPrevious = place.page > 1;
        body += ",\"pagingCounter\":" + std::to_string(place.isBeyond() ? place.total + 1 : place.first() + 1);
        body += std::string(",\"hasPrevPage\":") + (hasPrevious ? "true" : "false");
        body += ",\"prevPage\":" + (hasPrevious ? std::to_string(place.page - 1) : "null");
        body += ",\"nextPage\":" + (place.hasNext() ? std::to_string(place.page + 1) : "null");
    }
    body += std::string(",\"hasNextPage\":") + (place.hasNext() ? "true" : "false") + '}';
}

}  // namespace refold::internal::fake
