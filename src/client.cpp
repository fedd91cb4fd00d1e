// Composes the layers: an operation becomes a request, passes through the pipeline, and its answer is decoded by the
// codec. The only file that uses all layers.
#include <refold/client.hpp>

#include "auth/auth_gate.hpp"
#include "auth/secret_rules.hpp"
#include "client_settings.hpp"
#include "codec/action_codec.hpp"
#include "codec/execution_detail_codec.hpp"
#include "codec/execution_page_codec.hpp"
#include "codec/node_batch_page_codec.hpp"
#include "codec/query_codec.hpp"
#include "date_forms.hpp"
#include "listing/execution_cursor.hpp"
#include "listing/node_batch_cursor.hpp"
#include "listing/page_source.hpp"
#include "pipeline/pipeline.hpp"
#include "token_requests.hpp"
#include "transport/curl_transport.hpp"
#include "types/per_process.hpp"
#include "wait/execution_wait.hpp"
#include "watch/execution_watch_cursor.hpp"
#include "watch/page_sources.hpp"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <type_traits>
#include <utility>

namespace refold::internal {

namespace {

constexpr const char* executionsPath = "/api/v2/public/execution";

/// Decodes a successful answer with a function of the codec.
template <class Decode>
class DecodingReader final : public ResponseReader {
  public:
    explicit DecodingReader(Decode decode) : decode_(std::move(decode)) {}
    void read(const HttpResponse& response) override { answer = decode_(response.body); }

    std::invoke_result_t<Decode, const std::string&> answer = {};

  private:
    const Decode decode_;
};

std::shared_ptr<Transport> transportFor(const ClientOptions& options) {
    return options.transport != nullptr ? options.transport : defaultTransport(options);
}

PipelineSettings pipelineSettings(const ClientOptions& options) {
    return {options.retry, options.rateLimit, options.timeout, options.attemptTimeout, userAgentOf(options)};
}

}  // namespace

/// The state that all copies of a client share. Clients of several linked accounts also share the pipeline.
class ClientCore {
    template <class Decode>
    auto run(const ApiRequest& request, const CallOptions& options, Decode decode) {
        DecodingReader<Decode> reader(std::move(decode));
        pipeline_.run(request, gate(), options, reader);
        return std::move(reader.answer);
    }

  public:
    ClientCore(std::shared_ptr<AuthStrategy> auth, const ClientOptions& options)
        : ClientCore(std::move(auth), checkedBaseUrl(options), options.timeout, options.observer,
                     std::make_shared<Pipeline>(pipelineSettings(options), transportFor(options), options.observer,
                                                std::make_unique<SystemClock>(), std::make_unique<SystemRandom>()),
                     std::make_shared<DateForms>()) {}

    std::shared_ptr<ClientCore> withLinkedAccount(const std::string& linkedAccountId) {
        checkSecret("linkedAccountId", linkedAccountId);
        std::shared_ptr<AuthStrategy> auth = gate().forLinkedAccount(linkedAccountId);
        if (auth == nullptr) {
            throw InvalidArgument("auth",
                                  "forLinkedAccount of the auth strategy returned null; return a strategy, or throw");
        }
        return std::shared_ptr<ClientCore>(
            new ClientCore(std::move(auth), baseUrl_, timeout_, observer_, sharedPipeline_, dates_));
    }

    SessionToken issueSessionToken(const std::string& linkedAccountId, const SessionTokenOptions& options,
                                   const CallOptions& call) {
        checkCall(call);
        checkSecret("linkedAccountId", linkedAccountId);
        const std::string key = gate().issuingKey();
        if (key.empty()) {
            throw InvalidArgument("auth",
                                  "session tokens are issued with an API key, and this client has none; make it with "
                                  "refold::apiKey(...) or refold::sessionTokenFor(...)");
        }
        return tokens_.issue(key, linkedAccountId, options, call);
    }

    Page<Execution> listExecutions(const ExecutionQuery& query, const CallOptions& options) {
        Page<Execution> page = fetchPage(query, options);
        const auto isOutside = [&](const Execution& run) { return !includes(query, run); };
        page.docs.erase(std::remove_if(page.docs.begin(), page.docs.end(), isOutside), page.docs.end());
        return page;
    }

    /// False for a run outside the query's dates, sent by a server that accepts days only.
    bool includes(const ExecutionQuery& query, const Execution& run) const noexcept {
        return dates_->form() != DateForm::day || isWithinDates(run, query);
    }

    /// Reads a page as the server sends it, including runs outside the query's dates.
    Page<Execution> fetchPage(const ExecutionQuery& query, const CallOptions& options) {
        checkCall(options);
        validate(query);
        const bool hasDates = query.startDate || query.endDate;
        const DateForm form = hasDates ? dates_->form() : DateForm::dateTime;
        const Clock::TimePoint begin = pipeline_.now();
        try {
            return fetchExecutions(query, form, options);
        } catch (const ApiError& refusal) {
            if (!hasDates || !DateForms::isDateRefusal(refusal)) throw;
            CallOptions rest = options;
            const auto spent = std::chrono::duration_cast<std::chrono::milliseconds>(pipeline_.now() - begin);
            rest.timeout = std::max(options.timeout.value_or(timeout_) - spent, std::chrono::milliseconds(1));
            const DateForm other = form == DateForm::day ? DateForm::dateTime : DateForm::day;
            std::optional<Page<Execution>> page;
            try {
                page = fetchExecutions(query, other, rest);
            } catch (const ApiError& again) {
                if (!DateForms::isDateRefusal(again)) throw;
            }
            if (!page) throw;
            dates_->remember(other);
            return *std::move(page);
        }
    }

    ExecutionDetail getExecution(const std::string& id, const CallOptions& options) {
        checkCall(options);
        ApiRequest request;
        request.url = executionUrl(id);
        return run(request, options, [&id](const std::string& body) { return decodeExecutionDetail(body, id); });
    }

    Page<NodeBatch> listNodeBatches(const std::string& id, const std::string& nodeId, const BatchQuery& query,
                                    const CallOptions& options) {
        checkCall(options);
        validate(query);
        ApiRequest request;
        request.url =
            executionUrl(id) + "/nodes/" + encodePathSegment("nodeId", nodeId) + "/batches" + encodeQuery(query);
        request.explainedStatus = 501;
        request.explanation = "the run has no batches to show for this node";
        return run(request, options,
                   [&query](const std::string& body) { return decodeNodeBatchPage(body, query.page, query.limit); });
    }

    void stopExecution(const std::string& id, const CallOptions& options) {
        checkCall(options);
        ApiRequest request;
        request.method = "POST";
        request.url = executionUrl(id) + "/stop";
        run(request, options, [](const std::string& body) {
            checkStopAnswer(body);
            return true;
        });
    }

    std::string rerunExecution(const std::string& id, const CallOptions& options) {
        checkCall(options);
        ApiRequest request;
        request.method = "POST";
        request.url = executionUrl(id) + "/rerun";
        request.idempotent = false;
        request.effect = "the rerun";
        return run(request, options, [](const std::string& body) { return decodeRerunAnswer(body); });
    }

    std::chrono::milliseconds timeout() const noexcept { return timeout_; }
    const std::shared_ptr<Observer>& observer() const noexcept { return observer_; }

  private:
    ClientCore(std::shared_ptr<AuthStrategy> auth, std::string baseUrl, std::chrono::milliseconds timeout,
               std::shared_ptr<Observer> observer, std::shared_ptr<Pipeline> pipeline, std::shared_ptr<DateForms> dates)
        : baseUrl_(std::move(baseUrl)),
          timeout_(timeout),
          observer_(std::move(observer)),
          sharedPipeline_(std::move(pipeline)),
          pipeline_(*sharedPipeline_),
          dates_(std::move(dates)),
          tokens_(baseUrl_, pipeline_),
          strategy_(std::move(auth)),
          auth_(std::make_unique<AuthGate>(strategy_, &tokens_)) {}

    AuthGate& gate() {
        return auth_.get([this] { return std::make_unique<AuthGate>(strategy_, &tokens_); });
    }

    Page<Execution> fetchExecutions(const ExecutionQuery& query, DateForm form, const CallOptions& options) {
        ApiRequest request;
        request.url = baseUrl_ + executionsPath + encodeQuery(query, form);
        return run(request, options,
                   [&query](const std::string& body) { return decodeExecutionPage(body, query.page, query.limit); });
    }

    std::string executionUrl(const std::string& id) const {
        return baseUrl_ + executionsPath + '/' + encodePathSegment("id", id);
    }

    const std::string baseUrl_;
    const std::chrono::milliseconds timeout_;
    const std::shared_ptr<Observer> observer_;
    const std::shared_ptr<Pipeline> sharedPipeline_;
    Pipeline& pipeline_;
    const std::shared_ptr<DateForms> dates_;
    TokenRequests tokens_;
    const std::shared_ptr<AuthStrategy> strategy_;
    PerProcess<AuthGate> auth_;
};

namespace {

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

    ExecutionDetail fetch(std::optional<std::chrono::milliseconds> most) override {
        CallOptions options = options_;
        if (most) {
            const std::chrono::milliseconds usual = options.timeout.value_or(core_.timeout());
            options.timeout = std::max(std::min(usual, *most), std::chrono::milliseconds(1));
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

}  // namespace

}  // namespace refold::internal

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
