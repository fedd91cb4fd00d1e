// The batches that a node of a run worked through, and which of them are wanted. What `Client::listNodeBatches` and
// `Client::nodeBatches` deal in.
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

/// One batch of a node. A missing, null or oddly typed field is empty or has no value.
struct NodeBatch {
    std::optional<std::int64_t> batchIndex = {};  ///< `batch_index`
    /// How the batch stands.
    NodeStatus status = {};
    /// Whatever JSON value the server sent as the batch's output, as its text, byte for byte. Empty where it is missing.
    std::string output = {};

    /// The batch's own JSON text, byte for byte as received.
    std::string rawJson = {};
};

/// A plain struct, as `ExecutionQuery` is, and refused for the same reasons.
struct BatchQuery {
    /// 1-based; the server's default is the first.
    std::optional<std::int64_t> page = {};
    /// Batches per page. The page's own `limit` tells what was used.
    std::optional<std::int64_t> limit = {};
    /// Only batches with this status, as the server spells it.
    std::optional<NodeStatus> status = {};
    /// Name and value of parameters that the API has grown since. A name that is one of the three is refused.
    std::vector<std::pair<std::string, std::string>> extra = {};
};

}  // namespace v0
}  // namespace refold

#endif
