// Generates the nodes of runs for which a test has set none, and writes nodes as JSON. Used by RunEndpoint.
#ifndef REFOLD_TESTING_RUN_NODES_HPP
#define REFOLD_TESTING_RUN_NODES_HPP

#include <refold/testing/fake_node.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace refold::internal::fake {

/// The same for the same run and status. One node has batches; if the run failed, one node failed.
std::vector<refold::testing::FakeNode> generateNodes(std::string_view runId, std::string_view status);

void appendNodeJson(std::string& out, const refold::testing::FakeNode& node);
void appendBatchJson(std::string& out, const refold::testing::FakeBatch& batch, std::size_t index);

}  // namespace refold::internal::fake

#endif
