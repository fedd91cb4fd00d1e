// Composes the layers: the only file that uses the codec, the pipeline and the transport.
#include "client/client_core.hpp"

#include "auth/secret_rules.hpp"
#include "client/client_settings.hpp"
#include "codec/action_codec.hpp"
#include "codec/execution_detail_codec.hpp"
#include "codec/execution_page_codec.hpp"
#include "codec/node_batch_page_codec.hpp"
#include "codec/query_codec.hpp"

#include <algorithm>
#include <optional>
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

template <class Decode>
auto ClientCore::run(const ApiRequest& request, const CallOptions& options, Decode decode) {
    DecodingReader<Decode> reader(std::move(decode));
    pipeline_.run(request, gate(), options, reader);
    return std::move(reader.answer);
}

ClientCore::ClientCore(std::shared_ptr<AuthStrategy> auth, const ClientOptions& options)
    : ClientCore(std::move(auth), checkedBaseUrl(options), options.timeout, options.observer,
                 std::make_shared<Pipeline>(pipelineSettings(options), transportFor(options), options.observer,
                                            std::make_unique<SystemClock>(), std::make_unique<SystemRandom>()),
                 std::make_shared<DateForms>()) {
}

std::shared_ptr<ClientCore> ClientCore::withLinkedAccount(const std::string& linkedAccountId) {
    checkSecret("linkedAccountId", linkedAccountId);
    std::shared_ptr<AuthStrategy> auth = gate().forLinkedAccount(linkedAccountId);
    if (auth == nullptr) {
        throw InvalidArgument("auth",
                              "forLinkedAccount of the auth strategy returned null; return a strategy, or throw");
    }
    return std::shared_ptr<ClientCore>(
        new ClientCore(std::move(auth), baseUrl_, timeout_, observer_, sharedPipeline_, dates_));
}

SessionToken ClientCore::issueSessionToken(const std::string& linkedAccountId, const SessionTokenOptions& options,
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

Page<Execution> ClientCore::listExecutions(const ExecutionQuery& query, const CallOptions& options) {
    Page<Execution> page = fetchPage(query, options);
    const auto isOutside = [&](const Execution& run) { return !includes(query, run); };
    page.docs.erase(std::remove_if(page.docs.begin(), page.docs.end(), isOutside), page.docs.end());
    return page;
}

bool ClientCore::includes(const ExecutionQuery& query, const Execution& run) const noexcept {
    return dates_->form() != DateForm::day || isWithinDates(run, query);
}

Page<Execution> ClientCore::fetchPage(const ExecutionQuery& query, const CallOptions& options) {
    checkCall(options);
    validate(query);
    const bool hasDates = query.startDate || query.endDate;
    const DateForm form = hasDates ? dates_->form() : DateForm::dateTime;
    const Clock::TimePoint begin = pipeline_.now();
    try {
        Page<Execution> page = fetchExecutions(query, form, options);
        if (hasDates) dates_->remember(form);
        return page;
    } catch (const ApiError& refusal) {
        if (!hasDates || !dates_->mayAcceptOther(refusal)) throw;
        CallOptions rest = options;
        const auto spent = std::chrono::duration_cast<std::chrono::milliseconds>(pipeline_.now() - begin);
        rest.timeout = std::max(options.timeout.value_or(timeout_) - spent, std::chrono::milliseconds(1));
        const DateForm other = form == DateForm::day ? DateForm::dateTime : DateForm::day;
        std::optional<Page<Execution>> page;
        try {
            page = fetchExecutions(query, other, rest);
        } catch (const ApiError& again) {
            if (!DateForms::isRefusal(again)) throw;
            // The form is right now, and something else is wrong.
            if (DateForms::isDateRefusal(refusal) && !DateForms::isDateRefusal(again)) throw;
        }
        if (!page) throw;
        dates_->remember(other);
        return *std::move(page);
    }
}

ExecutionDetail ClientCore::getExecution(const std::string& id, const CallOptions& options) {
    checkCall(options);
    ApiRequest request;
    request.url = executionUrl(id);
    return run(request, options, [&id](const std::string& body) { return decodeExecutionDetail(body, id); });
}

Page<NodeBatch> ClientCore::listNodeBatches(const std::string& id, const std::string& nodeId, const BatchQuery& query,
                                            const CallOptions& options) {
    checkCall(options);
    validate(query);
    ApiRequest request;
    request.url = executionUrl(id) + "/nodes/" + encodePathSegment("nodeId", nodeId) + "/batches" + encodeQuery(query);
    request.explainedStatus = 501;
    request.explanation = "the run has no batches to show for this node";
    return run(request, options,
               [&query](const std::string& body) { return decodeNodeBatchPage(body, query.page, query.limit); });
}

void ClientCore::stopExecution(const std::string& id, const CallOptions& options) {
    checkCall(options);
    ApiRequest request;
    request.method = "POST";
    request.url = executionUrl(id) + "/stop";
    run(request, options, [](const std::string& body) {
        checkStopAnswer(body);
        return true;
    });
}

std::string ClientCore::rerunExecution(const std::string& id, const CallOptions& options) {
    checkCall(options);
    ApiRequest request;
    request.method = "POST";
    request.url = executionUrl(id) + "/rerun";
    request.idempotent = false;
    request.effect = "the rerun";
    return run(request, options, [](const std::string& body) { return decodeRerunAnswer(body); });
}

ClientCore::ClientCore(std::shared_ptr<AuthStrategy> auth, std::string baseUrl, std::chrono::milliseconds timeout,
                       std::shared_ptr<Observer> observer, std::shared_ptr<Pipeline> pipeline,
                       std::shared_ptr<DateForms> dates)
    : baseUrl_(std::move(baseUrl)),
      timeout_(timeout),
      observer_(std::move(observer)),
      sharedPipeline_(std::move(pipeline)),
      pipeline_(*sharedPipeline_),
      dates_(std::move(dates)),
      tokens_(baseUrl_, pipeline_),
      strategy_(std::move(auth)),
      auth_(std::make_unique<AuthGate>(strategy_, &tokens_)) {
}

AuthGate& ClientCore::gate() {
    return auth_.get([this] { return std::make_unique<AuthGate>(strategy_, &tokens_); });
}

Page<Execution> ClientCore::fetchExecutions(const ExecutionQuery& query, DateForm form, const CallOptions& options) {
    ApiRequest request;
    request.url = baseUrl_ + executionsPath + encodeQuery(query, form);
    return run(request, options,
               [&query](const std::string& body) { return decodeExecutionPage(body, query.page, query.limit); });
}

std::string ClientCore::executionUrl(const std::string& id) const {
    return baseUrl_ + executionsPath + '/' + encodePathSegment("id", id);
}

}  // namespace refold::internal
