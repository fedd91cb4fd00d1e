// See execution_detail_codec.hpp.
#include "codec/execution_detail_codec.hpp"

#include "codec/decode_error.hpp"
#include "codec/object_reader.hpp"

#include <optional>
#include <string>
#include <utility>

namespace refold::internal {

ExecutionDetail decodeExecutionDetail(std::string_view body, std::string_view askedId) {
    auto document = readDocument<ExecutionDetailDocument>(body);
    ExecutionDetail& detail = document.detail;
    // Any field may be missing, but not all by which a run is known: that is another answer, with the wrong status.
    const bool isRun = !detail.id.empty() || !detail.name.empty() || !detail.status.empty() || detail.createdAt ||
                       !detail.nodes.empty();
    if (!isRun) {
        const std::string said = quoteWords(document.words);
        throw DecodeError(said.empty() ? "the answer is no run: it has no id, name, status, date or nodes"
                                       : "the answer is an error instead of a run: " + said,
                          {}, std::nullopt, false);
    }
    if (detail.id.empty()) detail.id = askedId;
    return std::move(detail);
}

}  // namespace refold::internal
