// Composition: an operation becomes a request, goes through the pipeline, and comes back through the codec as a typed
// answer. The only file that sees all rooms.
#include <refold/client.hpp>

#include "auth/auth_gate.hpp"
#include "client_settings.hpp"
#include "codec/execution_page_codec.hpp"
#include "codec/query_codec.hpp"
#include "listing/listing_engine.hpp"
#include "listing/page_source.hpp"
#include "pipeline/pipeline.hpp"
#include "transport/curl_transport.hpp"

#include <cstdlib>
#include <string>
#include <utility>

namespace refold::internal {

namespace {

constexpr const char* executionsPath = "/api/v2/public/execution";

class ExecutionPageReader final : public ResponseReader {
  public:
    explicit ExecutionPageReader(const ExecutionQuery& query) : query_(query) {}
    void read(const HttpResponse& response) override {
        page = decodeExecutionPage(response.body, query_.page, query_.limit);
    }

    Page<Execution> page;

  private:
    const ExecutionQuery& query_;
};

std::shared_ptr<Transport> transportFor(const ClientOptions& options) {
    if (options.transport != nullptr) return options.transport;
    return std::make_shared<CurlTransport>(
        WireOptions{options.connectTimeout, options.proxy, options.caFile, options.maxResponseBytes});
}

PipelineSettings pipelineSettings(const ClientOptions& options) {
    return {options.retry, options.rateLimit, options.timeout, options.attemptTimeout, userAgentOf(options)};
}

}  // namespace

/// What all handles of a client share.
class ClientCore {
  public:
    ClientCore(std::shared_ptr<AuthStrategy> auth, const ClientOptions& options)
        : baseUrl_(checkedBaseUrl(options)),
          auth_(std::move(auth)),
          pipeline_(pipelineSettings(options), transportFor(options), options.observer, std::make_unique<SystemClock>(),
                    std::make_unique<SystemRandom>()) {}

    Page<Execution> listExecutions(const ExecutionQuery& query, const CallOptions& options) {
        checkCall(options);
        validate(query);
        ApiRequest request;
        request.url = baseUrl_ + executionsPath + encodeQuery(query);
        ExecutionPageReader reader(query);
        pipeline_.run(request, auth_, options, reader);
        return std::move(reader.page);
    }

  private:
    const std::string baseUrl_;
    AuthGate auth_;
    Pipeline pipeline_;
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
        if (request.startDate) query.startDate = request.startDate;
        if (request.endDate) query.endDate = request.endDate;
        return core_->listExecutions(query, CallOptions{timeout_, cancel});
    }

  private:
    const std::shared_ptr<ClientCore> core_;
    const ExecutionQuery query_;
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

Page<Execution> Client::listExecutions(const ExecutionQuery& query, const CallOptions& options) const {
    // The call's own hold on the core: the handle may be destroyed while it runs.
    const std::shared_ptr<internal::ClientCore> core = core_;
    return core->listExecutions(query, options);
}

ExecutionListing Client::executions(const ExecutionQuery& query, const ListingOptions& listing,
                                    const CallOptions& options) const {
    internal::checkCall(options);
    internal::validate(query);
    auto source = std::make_shared<internal::ExecutionPageSource>(core_, query, options.timeout);
    return ExecutionListing(
        std::make_unique<internal::ListingEngine>(std::move(source), query, listing, options.cancel));
}

}  // namespace v0
}  // namespace refold
