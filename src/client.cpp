// The public handle: checks arguments, and keeps the core alive as long as a call or a range lasts.
#include <refold/client.hpp>

#include "client/client_core.hpp"
#include "client/client_settings.hpp"
#include "client/client_sources.hpp"
#include "codec/query_codec.hpp"
#include "listing/execution_cursor.hpp"
#include "listing/node_batch_cursor.hpp"
#include "time/clock.hpp"
#include "time/random.hpp"
#include "wait/execution_wait.hpp"
#include "watch/execution_watch_cursor.hpp"

#include <string>
#include <utility>

namespace refold {
inline namespace v0 {

Client::Client(std::shared_ptr<AuthStrategy> auth, const ClientOptions& options) {
    if (auth == nullptr)
        throw InvalidArgument("auth", "auth is null; pass refold::apiKey(...) or refold::sessionToken(...)");
    internal::checkOptions(options);
    core_ = std::make_shared<internal::ClientCore>(std::move(auth), options);
}

Client::Client(OfCore /*tag*/, std::shared_ptr<internal::ClientCore> core) noexcept : core_(std::move(core)) {
}

Client Client::withLinkedAccount(const std::string& linkedAccountId) const {
    return {OfCore(), core_->withLinkedAccount(linkedAccountId)};
}

SessionToken Client::issueSessionToken(const std::string& linkedAccountId, const CallOptions& call) const {
    return issueSessionToken(linkedAccountId, SessionTokenOptions{}, call);
}

SessionToken Client::issueSessionToken(const std::string& linkedAccountId, Defaults /*options*/) const {
    return issueSessionToken(linkedAccountId, SessionTokenOptions{}, CallOptions{});
}

SessionToken Client::issueSessionToken(const std::string& linkedAccountId, const SessionTokenOptions& options,
                                       const CallOptions& call) const {
    const std::shared_ptr<internal::ClientCore> core = core_;
    return core->issueSessionToken(linkedAccountId, options, call);
}

Client Client::fromEnvironment(ClientOptions options) {
    std::shared_ptr<AuthStrategy> auth = internal::authFromEnvironment();
    internal::takeBaseUrlFromEnvironment(options);
    return Client(std::move(auth), options);
}

Client::Client(const Client&) noexcept = default;
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(const Client&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;
Client::~Client() = default;

Page<Execution> Client::listExecutions(const ExecutionQuery& query, const CallOptions& call) const {
    // Keeps the core alive: the handle may be destroyed during the call.
    const std::shared_ptr<internal::ClientCore> core = core_;
    return core->listExecutions(query, call);
}

ExecutionListing Client::executions(const ExecutionQuery& query, const ListingOptions& options,
                                    const CallOptions& call) const {
    internal::checkCall(call);
    internal::validate(query);
    auto source = std::make_shared<internal::ExecutionPageSource>(core_, query, call.timeout);
    return ExecutionListing(internal::makeExecutionCursor(std::move(source), query, options, call.cancel));
}

ExecutionDetail Client::getExecution(const std::string& id, const CallOptions& call) const {
    const std::shared_ptr<internal::ClientCore> core = core_;
    return core->getExecution(id, call);
}

Page<NodeBatch> Client::listNodeBatches(const std::string& id, const std::string& nodeId, const BatchQuery& query,
                                        const CallOptions& call) const {
    const std::shared_ptr<internal::ClientCore> core = core_;
    return core->listNodeBatches(id, nodeId, query, call);
}

NodeBatchListing Client::nodeBatches(const std::string& id, const std::string& nodeId, const BatchQuery& query,
                                     const ListingOptions& options, const CallOptions& call) const {
    internal::checkCall(call);
    internal::validate(query);
    static_cast<void>(internal::encodePathSegment("id", id));
    static_cast<void>(internal::encodePathSegment("nodeId", nodeId));
    auto source = std::make_shared<internal::BatchPageSource>(core_, id, nodeId, query, call.timeout);
    return NodeBatchListing(internal::makeNodeBatchCursor(std::move(source), id, nodeId, query, options, call.cancel));
}

void Client::stopExecution(const std::string& id, const CallOptions& call) const {
    const std::shared_ptr<internal::ClientCore> core = core_;
    core->stopExecution(id, call);
}

std::string Client::rerunExecution(const std::string& id, const CallOptions& call) const {
    const std::shared_ptr<internal::ClientCore> core = core_;
    return core->rerunExecution(id, call);
}

ExecutionDetail Client::waitForExecution(const std::string& id, const WaitOptions& options,
                                         const CallOptions& call) const {
    internal::checkCall(call);
    const std::shared_ptr<internal::ClientCore> core = core_;
    internal::ClientDetailSource source(*core, id, call);
    internal::SystemClock clock;
    return internal::ExecutionWait(id, source, options, clock, call.cancel, core->observer()).run();
}

ExecutionWatch Client::watchExecutions(const ExecutionQuery& query, const WatchOptions& options,
                                       const CallOptions& call) const {
    internal::checkCall(call);
    internal::validate(query);
    internal::WatchParts parts;
    parts.sources = std::make_unique<internal::ExecutionPageSources>(core_, call.timeout);
    parts.clock = std::make_unique<internal::SystemClock>();
    parts.random = std::make_unique<internal::SystemRandom>();
    parts.observer = core_->observer();
    parts.cancel = call.cancel;
    return ExecutionWatch(std::make_unique<internal::ExecutionWatchCursor>(std::move(parts), query, options));
}

}  // namespace v0
}  // namespace refold
