// The operations of a client: each becomes a request, passes through the pipeline, and its answer is decoded by the
// codec. Shared by the copies of a client and by the ranges that they return. Used by client.cpp and
// client_sources.hpp.
#ifndef REFOLD_CLIENT_CLIENT_CORE_HPP
#define REFOLD_CLIENT_CLIENT_CORE_HPP

#include <refold/auth.hpp>
#include <refold/call_options.hpp>
#include <refold/client_options.hpp>
#include <refold/execution_detail.hpp>
#include <refold/execution_query.hpp>
#include <refold/node_batch.hpp>
#include <refold/page.hpp>
#include <refold/session_token.hpp>

#include "auth/auth_gate.hpp"
#include "client/date_forms.hpp"
#include "client/token_requests.hpp"
#include "pipeline/pipeline.hpp"
#include "types/per_process.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace refold::internal {

/// The state that all copies of a client share. Clients of several linked accounts also share the pipeline. Every
/// member may be called from any thread.
class ClientCore {
  public:
    ClientCore(std::shared_ptr<AuthStrategy> auth, const ClientOptions& options);

    std::shared_ptr<ClientCore> withLinkedAccount(const std::string& linkedAccountId);
    SessionToken issueSessionToken(const std::string& linkedAccountId, const SessionTokenOptions& options,
                                   const CallOptions& call);

    Page<Execution> listExecutions(const ExecutionQuery& query, const CallOptions& options);
    /// Reads a page as the server sends it, including runs outside the query's dates.
    Page<Execution> fetchPage(const ExecutionQuery& query, const CallOptions& options);
    /// False for a run outside the query's dates, sent by a server that accepts days only.
    bool includes(const ExecutionQuery& query, const Execution& run) const noexcept;
    ExecutionDetail getExecution(const std::string& id, const CallOptions& options);
    Page<NodeBatch> listNodeBatches(const std::string& id, const std::string& nodeId, const BatchQuery& query,
                                    const CallOptions& options);
    void stopExecution(const std::string& id, const CallOptions& options);
    std::string rerunExecution(const std::string& id, const CallOptions& options);

    std::chrono::milliseconds timeout() const noexcept { return timeout_; }
    const std::shared_ptr<Observer>& observer() const noexcept { return observer_; }

  private:
    ClientCore(std::shared_ptr<AuthStrategy> auth, std::string baseUrl, std::chrono::milliseconds timeout,
               std::shared_ptr<Observer> observer, std::shared_ptr<Pipeline> pipeline,
               std::shared_ptr<DateForms> dates);

    template <class Decode>
    auto run(const ApiRequest& request, const CallOptions& options, Decode decode);
    AuthGate& gate();
    Page<Execution> fetchExecutions(const ExecutionQuery& query, DateForm form, const CallOptions& options);
    std::string executionUrl(const std::string& id) const;

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

}  // namespace refold::internal

#endif
