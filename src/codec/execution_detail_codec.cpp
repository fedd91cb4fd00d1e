// Reads one execution, and tells it from an error that came with a status of success.
#include "codec/execution_detail_codec.hpp"

#include "codec/decode_error.hpp"
#include "codec/error_body_codec.hpp"
#include "codec/object_reader.hpp"

#include <optional>
#include <string>
#include <utility>

namespace refold::internal {

ExecutionDetail decodeExecutionDetail(std::string_view body, std::string_view askedId) {
    auto document = readDocument<ExecutionDetailDocument>(body);
    ExecutionDetail& detail = document.detail;
    // Any field may be missing, but not all by which a run is known. A status alone is no proof: errors have one too.
    const bool isKnown = !detail.id.empty() || !detail.name.empty() || detail.createdAt || !detail.nodes.empty();
    const bool isRun = isKnown || (!detail.status.empty() && quoteError(body).empty());
    if (!isRun) {
        const std::string said = quoteError(body);
        throw DecodeError(said.empty() ? "the answer is no run: it has no id, name, status, date or nodes"
                                       : "the answer is an error instead of a run: " + said,
                          {}, std::nullopt, false);
    }
    if (detail.id.empty()) detail.id = askedId;
    return std::move(detail);
}

}  // namespace refold::internal
