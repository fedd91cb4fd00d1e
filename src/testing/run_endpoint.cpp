// Answers requests about one run.
#include "testing/run_endpoint.hpp"

#include "testing/execution_endpoint.hpp"
#include "testing/page_json.hpp"
#include "testing/query_parameters.hpp"
#include "testing/run.hpp"
#include "testing/run_json.hpp"
#include "testing/run_nodes.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace refold::internal::fake {

using refold::testing::FakeAnswer;
using refold::testing::FakeNode;
using refold::testing::FakeRequest;
using refold::testing::FakeStage;

namespace {

constexpr std::string_view runsPath = "/api/v2/public/execution/";
constexpr std::string_view percentageName = "\"completion_percentage\":";

std::vector<std::string_view> segmentsOf(std::string_view path) {
    std::vector<std::string_view> segments;
    while (true) {
        const std::size_t slash = path.find('/');
        segments.push_back(path.substr(0, slash));
        if (slash == std::string_view::npos) return segments;
        path.remove_prefix(slash + 1);
    }
}

/// Replaces a member in a run's JSON, in the form that this server writes.
void dropPercentage(std::string& json) {
    const std::size_t begin = json.find(percentageName);
    if (begin == std::string::npos) return;
    const std::size_t end = json.find(',', begin);
    if (end != std::string::npos) json.erase(begin, end + 1 - begin);
}

std::string percentageText(double percentage) {
    std::string text = std::to_string(percentage);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text;
}

}  // namespace

std::optional<RunPath> RunPath::parse(const FakeRequest& request) {
    const std::string_view whole = request.path;
    if (whole.substr(0, runsPath.size()) != runsPath) return std::nullopt;
    const std::vector<std::string_view> segments = segmentsOf(whole.substr(runsPath.size()));
    const bool isGet = request.method == "GET";
    const bool isPost = request.method == "POST";
    RunPath path;
    path.id = decodeSegment(segments[0]);
    if (path.id.empty()) return std::nullopt;
    if (segments.size() == 1 && isGet) return path;
    if (segments.size() == 2 && isPost && segments[1] == "stop") {
        path.action = Action::stop;
        return path;
    }
    if (segments.size() == 2 && isPost && segments[1] == "rerun") {
        path.action = Action::rerun;
        return path;
    }
    if (segments.size() == 4 && isGet && segments[1] == "nodes" && segments[3] == "batches") {
        path.action = Action::batches;
        path.nodeId = decodeSegment(segments[2]);
        return path;
    }
    return std::nullopt;
}

FakeAnswer RunEndpoint::answer(const RunPath& path, const FakeRequest& request, History& history,
                               std::uint64_t requestNumber) {
    if (!history.has(path.id)) return errorAnswer(404, "Execution not found", requestNumber, "RESOURCE_NOT_FOUND");
    switch (path.action) {
        case RunPath::Action::get:
            return get(path.id, history);
        case RunPath::Action::batches:
            return batches(path, request, history, requestNumber);
        case RunPath::Action::stop:
            return stop(path.id, history, requestNumber);
        case RunPath::Action::rerun:
            break;
    }
    FakeAnswer answer;
    answer.body =
        options_.legacyRerunAnswer ? R"({"status":"success","id":)" : R"({"message":"Execution queued","instanceId":)";
    appendJsonString(answer.body, history.rerun(path.id));
    answer.body += '}';
    return answer;
}

void RunEndpoint::setNodes(std::string_view id, std::vector<FakeNode> nodes) {
    overrides_[std::string(id)].nodes = std::move(nodes);
}

void RunEndpoint::setStages(std::string_view id, std::vector<FakeStage> stages) {
    overrides_[std::string(id)].stages = {std::make_move_iterator(stages.begin()),
                                          std::make_move_iterator(stages.end())};
}

void RunEndpoint::forget(std::string_view id) {
    const auto found = overrides_.find(id);
    if (found != overrides_.end()) overrides_.erase(found);
}

FakeAnswer RunEndpoint::get(const std::string& id, History& history) {
    const auto found = overrides_.find(id);
    if (found != overrides_.end() && !found->second.stages.empty()) {
        FakeStage stage = std::move(found->second.stages.front());
        found->second.stages.pop_front();
        history.setStatus(id, stage.status);
        if (stage.percentage) found->second.percentage = stage.percentage;
        if (stage.nodes) found->second.nodes = std::move(stage.nodes);
    }
    FakeAnswer answer;
    answer.body = history.runJson(id);
    std::string& json = answer.body;
    // JSON set by a test may be anything; it is sent unchanged.
    if (json.empty() || json.back() != '}' || history.isWrittenByTest(id)) return answer;
    if (options_.omitIdInDetail) json.erase(1, json.find(','));
    const std::string status = history.statusOf(id);
    const bool isOverridden = found != overrides_.end() && found->second.percentage;
    if (isOverridden) dropPercentage(json);
    json.pop_back();
    if (json.find(percentageName) == std::string::npos) {
        const double percentage = isOverridden ? *found->second.percentage : (hasEnded(status) ? 100.0 : 40.0);
        json += ',';
        json += percentageName;
        json += percentageText(percentage);
    }
    json += ",\"nodes\":[";
    bool isFirst = true;
    for (const FakeNode& node : nodesOf(id, history)) {
        if (!std::exchange(isFirst, false)) json += ',';
        appendNodeJson(json, node);
    }
    json += "]}";
    return answer;
}

FakeAnswer RunEndpoint::batches(const RunPath& path, const FakeRequest& request, const History& history,
                                std::uint64_t requestNumber) const {
    const std::vector<FakeNode> nodes = nodesOf(path.id, history);
    const auto node =
        std::find_if(nodes.begin(), nodes.end(), [&](const FakeNode& known) { return known.id == path.nodeId; });
    if (node == nodes.end()) return errorAnswer(404, "Node not found", requestNumber, "RESOURCE_NOT_FOUND");
    if (node->batches.empty()) return errorAnswer(501, "Batch data is not available", requestNumber);
    try {
        const QueryParameters parameters(request.query);
        const std::string status = parameters.text("status");
        std::vector<std::size_t> wanted;
        for (std::size_t i = 0; i < node->batches.size(); ++i) {
            if (status.empty() || node->batches[i].status == status) wanted.push_back(i);
        }
        const PagePosition place(positiveNumber(parameters, "page", 1),
                                 positiveNumber(parameters, "limit", options_.defaultLimit),
                                 static_cast<std::int64_t>(wanted.size()), options_);
        FakeAnswer answer;
        answer.body = "{\"docs\":[";
        for (std::int64_t i = place.first(); i < std::min(place.total, place.first() + place.limit); ++i) {
            if (i != place.first()) answer.body += ',';
            const std::size_t index = wanted[static_cast<std::size_t>(i)];
            appendBatchJson(answer.body, node->batches[index], index);
        }
        appendEnvelope(answer.body, place, options_);
        return answer;
    } catch (const BadParameter& error) {
        return errorAnswer(400, error.what(), requestNumber);
    }
}

FakeAnswer RunEndpoint::stop(const std::string& id, History& history, std::uint64_t requestNumber) {
    const std::string status = history.statusOf(id);
    if (hasEnded(status) && status != "STOPPED") return errorAnswer(400, "Execution has already ended", requestNumber);
    if (status == "RUNNING" || status == "QUEUED") {
        Overrides& overrides = overrides_[id];
        overrides.stages.clear();
        if (options_.stopsSlowly) {
            overrides.stages = {FakeStage{"STOPPING", {}, {}}, FakeStage{"STOPPED", {}, {}}};
            history.setStatus(id, "STOPPING");
        } else {
            history.setStatus(id, "STOPPED");
        }
    }
    FakeAnswer answer;
    answer.body = R"({"message":"Stopping instance"})";
    return answer;
}

std::vector<FakeNode> RunEndpoint::nodesOf(const std::string& id, const History& history) const {
    const auto found = overrides_.find(id);
    if (found != overrides_.end() && found->second.nodes) return *found->second.nodes;
    return generateNodes(id, history.statusOf(id));
}

}  // namespace refold::internal::fake
