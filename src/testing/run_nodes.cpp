// Generates runs of five nodes, at most one of which failed.
#include "testing/run_nodes.hpp"

#include "testing/node_failure.hpp"
#include "testing/random.hpp"
#include "testing/run_json.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace refold::internal::fake {

using refold::testing::FakeBatch;
using refold::testing::FakeNode;

namespace {

struct Kind {
    std::string_view name;
    std::string_view type;
};

constexpr std::array<Kind, 5> kinds{{{"On a schedule", "trigger"},
                                     {"Fetch contacts", "action"},
                                     {"Only new ones", "condition"},
                                     {"Upsert contacts", "action"},
                                     {"Tell the team", "action"}}};
constexpr std::size_t batchNode = 3;

std::uint64_t seedOf(std::string_view text) {
    std::uint64_t seed = 0xcbf29ce484222325U;
    for (const char c : text) seed = (seed ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    return seed;
}

bool hasFailed(std::string_view status) {
    return status == "FAILED" || status == "ERRORED" || status == "TIMED_OUT";
}

/// Returns the status of the run's current node.
std::string_view statusOfLast(std::string_view status) {
    if (status == "TIMED_OUT") return "Timed_Out";
    if (hasFailed(status)) return "Errored";
    if (status == "STOPPED") return "Stopped";
    if (status == "DUPLICATE") return "Rejected";
    if (status == "TERMINATED") return "Terminated";
    return "Waiting";
}

/// Returns the node that an incomplete run has reached. Few fail at their trigger, most at the node that writes.
std::size_t nodeReached(std::string_view status, std::uint64_t random) {
    if (!hasFailed(status)) return static_cast<std::size_t>(random % kinds.size());
    constexpr std::array<std::uint8_t, 10> weighted = {0, 1, 1, 1, 2, 3, 3, 3, 3, 4};
    return weighted[static_cast<std::size_t>(random % weighted.size())];
}

std::vector<FakeBatch> generateBatches(std::uint64_t& random, bool failed) {
    std::vector<FakeBatch> batches(static_cast<std::size_t>(3 + nextRandom(random) % 30));
    for (FakeBatch& batch : batches) batch.output = R"({"upserted":)" + std::to_string(nextRandom(random) % 100) + '}';
    if (failed) {
        batches.back().status = "Errored";
        batches.back().output = R"({"error":"429 from the CRM"})";
    }
    return batches;
}

}  // namespace

std::vector<FakeNode> generateNodes(std::string_view runId, std::string_view status) {
    std::uint64_t random = seedOf(runId);
    const std::size_t reached = status == "COMPLETED" ? kinds.size() : nodeReached(status, nextRandom(random));
    const bool hasBegun = status != "QUEUED";
    std::vector<FakeNode> nodes(kinds.size());
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        FakeNode& node = nodes[i];
        const std::uint64_t time = nextRandom(random) % 4000;
        node.id = "node_" + std::to_string(i + 1);
        node.name = kinds[i].name;
        node.type = kinds[i].type;
        if (i > reached || !hasBegun) {
            node.status = "Ready";
            node.attemptsMade = 0;
            node.executionTime.clear();
            node.inputData.clear();
            node.latestOutput.clear();
            continue;
        }
        node.status = i == reached ? statusOfLast(status) : "Success";
        const bool failed = i == reached && hasFailed(status);
        node.attemptsMade = failed ? node.maximumAttempts : 1;
        // Servers send the time as a number, with or without a fraction, or as a string.
        node.executionTime = std::to_string(time);
        if (i % 3 == 1) node.executionTime += ".25";
        if (i % 3 == 2) node.executionTime = '"' + node.executionTime + '"';
        node.inputData = R"({"contacts":)" + std::to_string(time % 50) + R"(,"cursor":12345678901234567890})";
        node.latestOutput = failed ? failureOutput(i, status == "TIMED_OUT", nextRandom(random))
                                   : R"({"ok":true,"rows":[)" + std::to_string(time) + "]}";
        if (i == batchNode) node.batches = generateBatches(random, failed);
    }
    return nodes;
}

void appendNodeJson(std::string& out, const FakeNode& node) {
    out += "{\"node_id\":";
    appendJsonString(out, node.id);
    out += ",\"node_name\":";
    appendJsonString(out, node.name);
    out += ",\"node_type\":";
    appendJsonString(out, node.type);
    out += ",\"node_status\":";
    appendJsonString(out, node.status);
    out += std::string(",\"is_batch\":") + (node.batches.empty() ? "false" : "true");
    out += ",\"attempts_made\":" + std::to_string(node.attemptsMade);
    out += ",\"maximum_attempts\":" + std::to_string(node.maximumAttempts);
    if (!node.executionTime.empty()) out += ",\"execution_time\":" + node.executionTime;
    if (!node.inputData.empty()) out += ",\"input_data\":" + node.inputData;
    if (!node.latestOutput.empty()) out += ",\"latest_output\":" + node.latestOutput;
    out += '}';
}

void appendBatchJson(std::string& out, const FakeBatch& batch, std::size_t index) {
    out += "{\"batch_index\":" + std::to_string(index) + ",\"status\":";
    appendJsonString(out, batch.status);
    out += ",\"output\":" + batch.output + '}';
}

}  // namespace refold::internal::fake
