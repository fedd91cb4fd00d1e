// Writes the envelope of a page. Used by the embedded server's endpoints.
#ifndef REFOLD_TESTING_PAGE_JSON_HPP
#define REFOLD_TESTING_PAGE_JSON_HPP

#include <refold/testing/fake_server.hpp>

#include <cstdint>
#include <string>

namespace refold::internal::fake {

/// The position of a page among `count` items.
struct PagePosition {
    /// `wantedLimit` is reduced to the server's maximum.
    PagePosition(std::int64_t wantedPage, std::int64_t wantedLimit, std::int64_t count,
                 const refold::testing::FakeServerOptions& options);

    bool isBeyond() const noexcept { return page > pages; }
    bool hasNext() const noexcept { return page < pages; }
    /// Index of the first item, from 0.
    std::int64_t first() const noexcept { return (page - 1) * limit; }

    std::int64_t page;
    std::int64_t limit;
    std::int64_t total;
    std::int64_t pages;
};

/// Appends what follows the documents, from their closing bracket to the end of the page.
void appendEnvelope(std::string& body, const PagePosition& place, const refold::testing::FakeServerOptions& options);

}  // namespace refold::internal::fake

#endif
