// What runs of the embedded server consist of: nodes, their batches, and the stages that a run goes through while it is
// looked at. Given to `FakeServer::setNodes` and `FakeServer::setStages`.
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
    std::string output = "{}";  ///< JSON, sent as it is
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
    std::string executionTime = "120";  ///< JSON, sent as it is; so the two below. Empty: the field is left out.
    /// `input_data`, JSON.
    std::string inputData = "{}";
    /// `latest_output`, JSON.
    std::string latestOutput = "{}";
    /// With batches the node is one that `is_batch`; without any, asking for them is answered with 501.
    std::vector<FakeBatch> batches = {};
};

/// How a run stands from one look at it to the next.
struct FakeStage {
    /// The run's status: any text.
    std::string status = "RUNNING";
    /// `completion_percentage`; unset: left out.
    std::optional<double> percentage = {};
    /// Unset: those before, or those that are generated for the run and its status.
    std::optional<std::vector<FakeNode>> nodes = {};
};

}  // namespace testing
}  // namespace v0
}  // namespace refold

#endif
