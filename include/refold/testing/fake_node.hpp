// Nodes, batches and stages of the embedded server's runs. Passed to `FakeServer::setNodes` and
// `FakeServer::setStages`.
#ifndef REFOLD_TESTING_FAKE_NODE_HPP
#define REFOLD_TESTING_FAKE_NODE_HPP

#include <refold/export.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace refold {
inline namespace v0 {
namespace testing {

/// A batch of a node.
struct FakeBatch {
    /// Any text.
    std::string status = "Success";
    /// JSON, sent unchanged.
    std::string output = "{}";
};

/// A node of a run.
struct FakeNode {
    /// `node_id`
    std::string id = "node_1";
    /// `node_name`
    std::string name = "A node";
    /// `node_type`
    std::string type = "action";
    /// `node_status`: any text.
    std::string status = "Success";
    /// `attempts_made`
    std::int64_t attemptsMade = 1;
    /// `maximum_attempts`
    std::int64_t maximumAttempts = 3;
    /// `execution_time`: JSON, sent unchanged. Empty: the field is omitted. The same holds for the two members below.
    std::string executionTime = "120";
    /// `input_data`
    std::string inputData = "{}";
    /// `latest_output`
    std::string latestOutput = "{}";
    /// Sets `is_batch` if there are any. Without any, a request for them is answered with 501.
    std::vector<FakeBatch> batches = {};
};

/// The state of a run in one answer.
struct FakeStage {
    /// The run's status: any text.
    std::string status = "RUNNING";
    /// `completion_percentage`. Unset: the field is omitted.
    std::optional<double> percentage = {};
    /// Unset: the nodes do not change.
    std::optional<std::vector<FakeNode>> nodes = {};
};

}  // namespace testing
}  // namespace v0
}  // namespace refold

#endif
