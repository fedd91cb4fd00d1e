// Owns what calls share, and runs calls.
#include "pipeline/pipeline.hpp"

#include "pipeline/call.hpp"

#include <utility>

namespace refold::internal {

Pipeline::Pipeline(PipelineSettings settings, std::shared_ptr<Transport> transport, std::shared_ptr<Observer> observer,
                   std::unique_ptr<Clock> clock, std::unique_ptr<Random> random)
    : settings_(std::move(settings)),
      transport_(std::move(transport)),
      observer_(std::move(observer)),
      clock_(std::move(clock)),
      random_(std::move(random)),
      shared_(std::make_unique<Shared>(settings_, *clock_)) {
}

Pipeline::Shared& Pipeline::shared() {
    return shared_.get([this] { return std::make_unique<Shared>(settings_, *clock_); });
}

void Pipeline::run(const ApiRequest& request, AuthGate& auth, const CallOptions& options, ResponseReader& reader) {
    Call(*this, request, auth, options, reader).run();
}

}  // namespace refold::internal
