// A page source that answers from a script, and helpers to build its pages. Used by the tests of canned pages and
// broken servers.
#ifndef REFOLD_TESTS_LISTING_SCRIPTED_SERVER_HPP
#define REFOLD_TESTS_LISTING_SCRIPTED_SERVER_HPP

#include "listing/execution_cursor.hpp"

#include <refold/error.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace refold::tests {

using internal::PageRequest;

class ScriptedServer final : public internal::PageSource {
  public:
    using Script = std::function<Page<Execution>(const PageRequest&, int call)>;

    explicit ScriptedServer(Script script) : script_(std::move(script)) {}

    Page<Execution> fetch(const PageRequest& request, const CancelToken& cancel) override {
        if (cancel.isCancelled()) throw Cancelled();
        int call = 0;
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            requests_.push_back(request);
            call = static_cast<int>(requests_.size());
        }
        return script_(request, call);
    }

    std::vector<PageRequest> requests() const {
        const std::lock_guard<std::mutex> lock(mutex_);
        return requests_;
    }

  private:
    const Script script_;
    mutable std::mutex mutex_ = {};
    std::vector<PageRequest> requests_ = {};
};

inline Page<Execution> page(const std::vector<std::string>& ids, bool hasNextPage, std::int64_t number = 0,
                            std::int64_t limit = 0, std::int64_t total = 0) {
    Page<Execution> result;
    for (const std::string& id : ids) {
        Execution execution;
        execution.id = id;
        result.docs.push_back(execution);
    }
    result.page = number;
    result.limit = limit;
    result.totalDocs = total;
    result.hasNextPage = hasNextPage;
    return result;
}

/// Gives the runs descending dates.
inline Page<Execution> dated(Page<Execution> result, std::int64_t newest) {
    for (Execution& run : result) run.createdAt = Timestamp(std::chrono::milliseconds(newest--));
    return result;
}

inline ExecutionListing open(const std::shared_ptr<ScriptedServer>& server, const ExecutionQuery& query = {},
                             const ListingOptions& options = {}) {
    return ExecutionListing(internal::makeExecutionCursor(server, query, options, CancelToken()));
}

inline std::vector<std::string> idsOf(ExecutionListing& listing) {
    std::vector<std::string> ids;
    for (const Execution& run : listing) ids.push_back(run.id);
    return ids;
}

using Ids = std::vector<std::string>;

}  // namespace refold::tests

#endif
