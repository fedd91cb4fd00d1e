// Tests open sets: construction, comparison in any case, hashes, streams.
#include <refold/execution_detail.hpp>

#include <gtest/gtest.h>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <unordered_map>

namespace refold {
namespace {

TEST(OpenSet, IsConstructibleFromAnyTextType) {
    const std::string text = "PAUSED";
    EXPECT_EQ(ExecutionStatus("PAUSED").value(), text);
    EXPECT_EQ(ExecutionStatus(text).value(), text);
    EXPECT_EQ(ExecutionStatus(std::string_view(text)).value(), text);
    std::optional<ExecutionStatus> wanted;
    wanted = "PAUSED";
    EXPECT_EQ(wanted, ExecutionStatus("PAUSED"));
    wanted = ExecutionStatus::Errored;
    EXPECT_EQ(wanted->value(), "ERRORED");
    EXPECT_TRUE(ExecutionStatus().empty());
}

TEST(OpenSet, ComparesCaseInsensitively) {
    const ExecutionStatus status = "Errored";
    EXPECT_EQ(status, ExecutionStatus::Errored);
    EXPECT_EQ(status, ExecutionStatus("ERRORED"));
    EXPECT_EQ(status, "errored");
    EXPECT_EQ(status, std::string("ERRORED"));
    EXPECT_EQ(status, std::string_view("eRRORED"));
    EXPECT_NE(status, ExecutionStatus::Failed);
    EXPECT_NE(status, "ERRORED ");
    EXPECT_NE(status, "");
    EXPECT_EQ(ExecutionSource("EVENT"), ExecutionSource::Event);
    EXPECT_EQ(Environment("Production"), Environment::Production);
    EXPECT_EQ(ExecutionType("sync"), ExecutionType::Sync);
    EXPECT_EQ(NodeStatus("PARTIALLY SUCCESSFUL"), NodeStatus::PartiallySuccessful);
    EXPECT_EQ(status.value(), "Errored") << "the spelling on the wire is kept";
}

TEST(OpenSet, OrdersAndHashesAsItCompares) {
    EXPECT_FALSE(ExecutionStatus("errored") < ExecutionStatus("ERRORED"));
    EXPECT_FALSE(ExecutionStatus("ERRORED") < ExecutionStatus("errored"));
    EXPECT_TRUE(ExecutionStatus("COMPLETED") < ExecutionStatus("errored"));
    EXPECT_TRUE(ExecutionStatus("completed") < ExecutionStatus("ERRORED"));
    EXPECT_TRUE(ExecutionStatus("RUN") < ExecutionStatus("RUNNING"));
    EXPECT_TRUE(ExecutionStatus("Z") < ExecutionStatus("\xc3\xa4")) << "bytes compare as unsigned";
    EXPECT_TRUE(ExecutionStatus("errored") > ExecutionStatus("COMPLETED"));
    EXPECT_FALSE(ExecutionStatus("errored") > ExecutionStatus("ERRORED"));
    EXPECT_TRUE(ExecutionStatus("errored") <= ExecutionStatus("ERRORED"));
    EXPECT_FALSE(ExecutionStatus("errored") <= ExecutionStatus::Completed);
    EXPECT_TRUE(ExecutionStatus("errored") >= ExecutionStatus("ERRORED"));
    EXPECT_FALSE(ExecutionStatus("COMPLETED") >= ExecutionStatus("errored"));
    std::unordered_map<ExecutionStatus, int> counts;
    ++counts["ERRORED"];
    ++counts[ExecutionStatus::Errored];
    ++counts["Errored"];
    ++counts["RUNNING"];
    EXPECT_EQ(counts.size(), 2U);
    EXPECT_EQ(counts["errored"], 3);
    std::map<NodeStatus, int> nodes{{NodeStatus::Success, 1}};
    EXPECT_EQ(nodes.count("SUCCESS"), 1U);
    EXPECT_EQ(std::hash<NodeStatus>()("Timed_Out"), std::hash<NodeStatus>()(NodeStatus::TimedOut));
    EXPECT_EQ(std::hash<ExecutionType>()("Sync"), std::hash<ExecutionType>()("SYNC"));
    EXPECT_EQ(std::hash<ExecutionSource>()("event"), std::hash<ExecutionSource>()("Event"));
    EXPECT_EQ(std::hash<Environment>()("TEST"), std::hash<Environment>()("test"));
}

TEST(OpenSet, ConstantsAreClassifiedLikeTheirValues) {
    const auto failed = ExecutionStatus::Failed;
    EXPECT_TRUE(failed.isFailure());
    EXPECT_TRUE(failed.isTerminal());
    EXPECT_FALSE(ExecutionStatus::Running.isTerminal());
    EXPECT_TRUE(NodeStatus::PartiallySuccessful.isTerminal());
    EXPECT_FALSE(NodeStatus::PartiallySuccessful.isFailure());
}

TEST(OpenSet, IsWrittenToStreams) {
    std::ostringstream out;
    out << ExecutionStatus("Paused") << ' ' << ExecutionStatus::Errored << ' ' << NodeStatus::TimedOut;
    EXPECT_EQ(out.str(), "Paused ERRORED Timed_Out");
}

}  // namespace
}  // namespace refold
