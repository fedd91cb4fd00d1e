// What a listing reads from: "page n of limit m, within these dates" through an interface, so that it knows neither
// of HTTP nor of JSON. Implemented by client.cpp over the pipeline, and by simulators in the tests.
#ifndef REFOLD_LISTING_PAGE_SOURCE_HPP
#define REFOLD_LISTING_PAGE_SOURCE_HPP

#include <refold/cancel.hpp>
#include <refold/execution.hpp>
#include <refold/page.hpp>
#include <refold/timestamp.hpp>

#include <cstdint>
#include <optional>

namespace refold::internal {

/// One page of the query that the listing was made for. The dates narrow the query's own.
struct PageRequest {
    std::int64_t page = 1;
    std::int64_t limit = 0;
    std::optional<Timestamp> startDate = {};
    std::optional<Timestamp> endDate = {};
};

/// Fetches pages; called from several threads at a time.
template <class Item>
class BasicPageSource {
  public:
    BasicPageSource() = default;
    BasicPageSource(const BasicPageSource&) = delete;
    BasicPageSource& operator=(const BasicPageSource&) = delete;
    virtual ~BasicPageSource() = default;

    /// Throws as `Client::listExecutions` does, and `Cancelled` soon after `cancel` is cancelled. Retries are
    /// the source's affair: what it throws is final for this request, though asking again is allowed.
    virtual Page<Item> fetch(const PageRequest& request, const CancelToken& cancel) = 0;
};

using PageSource = BasicPageSource<Execution>;

}  // namespace refold::internal

#endif
