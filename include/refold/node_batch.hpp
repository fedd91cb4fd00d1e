// The batches in which a node of a run processed its input, and the query for them. Used by `Client::listNodeBatches`
// and `Client::nodeBatches`.
#ifndef REFOLD_NODE_BATCH_HPP
#define REFOLD_NODE_BATCH_HPP

#include <refold/execution_detail.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace refold {
inline namespace v0 {

/// One batch of a node. A member is empty or has no value if its field is missing, null or of another type.
struct NodeBatch {
    std::optional<std::int64_t> batchIndex = {};  ///< `batch_index`
    NodeStatus status = {};                       ///< `status`
    /// The JSON text of the batch's output, byte for byte as received. Empty if the field is missing.
    std::string output = {};

    /// The batch's own JSON text, byte for byte as received.
    std::string rawJson = {};
};

/// Selects batches; set what matters. Refused with `InvalidArgument` before anything is sent: `page` or `limit` below
/// 1, and texts with CR, LF or NUL.
struct BatchQuery {
    /// 1-based; the server's default is 1.
    std::optional<std::int64_t> page = {};
    /// Batches per page. `Page::limit` says what the server used.
    std::optional<std::int64_t> limit = {};
    /// Only batches with this status.
    std::optional<NodeStatus> status = {};
    /// Further parameters, by name and value. The names of the members above are refused.
    std::vector<std::pair<std::string, std::string>> extra = {};
};

}  // namespace v0
}  // namespace refold

#endif
