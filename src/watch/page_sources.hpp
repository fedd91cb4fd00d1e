// The interface through which a watch lists its own queries: one status, one run. Implemented by client.cpp with the
// pipeline, and by simulators in the tests.
#ifndef REFOLD_WATCH_PAGE_SOURCES_HPP
#define REFOLD_WATCH_PAGE_SOURCES_HPP

#include "listing/page_source.hpp"

#include <refold/execution_query.hpp>

#include <memory>

namespace refold::internal {

class PageSources {
  public:
    PageSources() = default;
    PageSources(const PageSources&) = delete;
    PageSources& operator=(const PageSources&) = delete;
    virtual ~PageSources() = default;

    /// Returns the pages of `query`, whose own page and limit are ignored.
    virtual std::shared_ptr<PageSource> of(const ExecutionQuery& query) = 0;
};

}  // namespace refold::internal

#endif
