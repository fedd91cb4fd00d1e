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
    const bool isRun = isKnown || (!detail.status.empty() && quote(Quotation::error, body).empty());
    if (!isRun) {
        const std::string said = quote(Quotation::error, body);
        if (said.empty()) {
            throw DecodeError("the answer is not a run: it has no id, name, status, date or nodes", {}, std::nullopt,
                              false);
        }
        throw DecodeError("the answer is an error instead of a run: ", {}, std::nullopt, false, Quotation::error, said);
    }
    if (detail.id.empty()) detail.id = requestedId;
    return std::move(detail);
}

}  // namespace refold::internal
