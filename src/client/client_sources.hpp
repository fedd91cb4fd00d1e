// The sources of a listing, a watch and a wait: implement their interfaces with a client's operations. Used by
// client.cpp.
#ifndef REFOLD_CLIENT_CLIENT_SOURCES_HPP
#define REFOLD_CLIENT_CLIENT_SOURCES_HPP

#include "client/client_core.hpp"
#include "listing/page_source.hpp"
#include "wait/execution_wait.hpp"
#include "watch/page_sources.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace refold::internal {

/// Reads a query's pages for a listing.
class ExecutionPageSource final : public PageSource {
  public:
    ExecutionPageSource(std::shared_ptr<ClientCore> core, ExecutionQuery query,
                        std::optional<std::chrono::milliseconds> timeout)
        : core_(std::move(core)), query_(std::move(query)), timeout_(timeout) {}

    Page<Execution> fetch(const PageRequest& request, const CancelToken& cancel) override {
        ExecutionQuery query = query_;
        query.page = request.page;
        query.limit = request.limit;
        return core_->fetchPage(query, CallOptions{timeout_, cancel});
    }
    bool includes(const Execution& run) const override { return core_->includes(query_, run); }

  private:
    const std::shared_ptr<ClientCore> core_;
    const ExecutionQuery query_;
    const std::optional<std::chrono::milliseconds> timeout_;
};

/// Reads the batches of a node for a listing.
class BatchPageSource final : public BasicPageSource<NodeBatch> {
  public:
    BatchPageSource(std::shared_ptr<ClientCore> core, std::string id, std::string nodeId, BatchQuery query,
                    std::optional<std::chrono::milliseconds> timeout)
        : core_(std::move(core)),
          id_(std::move(id)),
          nodeId_(std::move(nodeId)),
          query_(std::move(query)),
          timeout_(timeout) {}

    Page<NodeBatch> fetch(const PageRequest& request, const CancelToken& cancel) override {
        BatchQuery query = query_;
        query.page = request.page;
        query.limit = request.limit;
        return core_->listNodeBatches(id_, nodeId_, query, CallOptions{timeout_, cancel});
    }

  private:
    const std::shared_ptr<ClientCore> core_;
    const std::string id_;
    const std::string nodeId_;
    const BatchQuery query_;
    const std::optional<std::chrono::milliseconds> timeout_;
};

/// Polls a run for a wait.
class ClientDetailSource final : public DetailSource {
  public:
    ClientDetailSource(ClientCore& core, const std::string& id, const CallOptions& options)
        : core_(core), id_(id), options_(options) {}

    ExecutionDetail fetch(std::optional<std::chrono::milliseconds> maxTime) override {
        CallOptions options = options_;
        if (maxTime) {
            const std::chrono::milliseconds usual = options.timeout.value_or(core_.timeout());
            options.timeout = std::max(std::min(usual, *maxTime), std::chrono::milliseconds(1));
        }
        return core_.getExecution(id_, options);
    }

  private:
    ClientCore& core_;
    const std::string& id_;
    const CallOptions& options_;
};

/// Makes page sources for a watch.
class ExecutionPageSources final : public PageSources {
  public:
    ExecutionPageSources(std::shared_ptr<ClientCore> core, std::optional<std::chrono::milliseconds> timeout)
        : core_(std::move(core)), timeout_(timeout) {}

    std::shared_ptr<PageSource> of(const ExecutionQuery& query) override {
        return std::make_shared<ExecutionPageSource>(core_, query, timeout_);
    }

  private:
    const std::shared_ptr<ClientCore> core_;
    const std::optional<std::chrono::milliseconds> timeout_;
};

}  // namespace refold::internal

#endif
