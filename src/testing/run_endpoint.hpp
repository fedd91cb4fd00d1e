// Answers the embedded server's requests about one run: its detail, the batches of its nodes, stop and rerun. Used by
// FakeServer, which locks around it and has checked the credentials.
#ifndef REFOLD_TESTING_RUN_ENDPOINT_HPP
#define REFOLD_TESTING_RUN_ENDPOINT_HPP

#include "testing/history.hpp"

#include <refold/testing/fake_node.hpp>
#include <refold/testing/fake_server.hpp>

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace refold::internal::fake {

/// The path `…/execution/{id}` and what may follow.
struct RunPath {
    enum class Action { get, batches, stop, rerun };

    /// Empty if the request is not about a run.
    static std::optional<RunPath> parse(const refold::testing::FakeRequest& request);

    Action action = Action::get;
    std::string id = {};
    std::string nodeId = {};
};

class RunEndpoint {
  public:
    explicit RunEndpoint(const refold::testing::FakeServerOptions& options) : options_(options) {}

    refold::testing::FakeAnswer answer(const RunPath& path, const refold::testing::FakeRequest& request,
                                       History& history, std::uint64_t requestNumber);

    void setNodes(std::string_view id, std::vector<refold::testing::FakeNode> nodes);
    void setStages(std::string_view id, std::vector<refold::testing::FakeStage> stages);
    void forget(std::string_view id);

  private:
    /// The state of a run that a test has set.
    struct Overrides {
        std::optional<std::vector<refold::testing::FakeNode>> nodes = {};
        std::optional<double> percentage = {};
        std::deque<refold::testing::FakeStage> stages = {};
    };

    refold::testing::FakeAnswer get(const std::string& id, History& history);
    refold::testing::FakeAnswer batches(const RunPath& path, const refold::testing::FakeRequest& request,
                                        const History& history, std::uint64_t requestNumber) const;
    refold::testing::FakeAnswer stop(const std::string& id, History& history, std::uint64_t requestNumber);
    std::vector<refold::testing::FakeNode> nodesOf(const std::string& id, const History& history) const;

    const refold::testing::FakeServerOptions& options_;
    std::map<std::string, Overrides, std::less<>> overrides_;
};

}  // namespace refold::internal::fake

#endif
