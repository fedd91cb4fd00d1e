// Distinguishes an execution from an error that came with a success status.
#include "codec/execution_detail_codec.hpp"

#include "codec/decode_error.hpp"
#include "codec/error_body_codec.hpp"
#include "codec/object_reader.hpp"

#include <optional>
#include <string>
#include <utility>

namespace refold::internal {

ExecutionDetail decodeExecutionDetail(std::string_view body, std::string_view requestedId) {
    auto document = readDocument<ExecutionDetailDocument>(body);
    ExecutionDetail& detail = document.detail;
    // Any field may be missing, but not every field that identifies a run. A status does not: errors have one too.
    const bool isKnown = !detail.id.empty() || !detail.name.empty() || detail.createdAt || !detail.nodes.empty();
    const bool isRun = isKnown || (!detail.status.empty() && quoteError(body).empty());
    if (!isRun) {
        const std::string said = quoteError(body);
        throw DecodeError(said.empty() ? "the answer is not a run: it has no id, name, status, date or nodes"
                                       : "the answer is an error instead of a run: " + said,
                          {}, std::nullopt, false);
    }
    if (detail.id.empty()) detail.id = requestedId;
    return std::move(detail);
}

}  // namespace refold::internal
