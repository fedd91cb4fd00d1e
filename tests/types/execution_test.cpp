// Tests which statuses are terminal or failures, when a run has ended, and the library's version.
#include <refold/execution.hpp>
#include <refold/version.hpp>

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace refold {
namespace {

TEST(ExecutionStatus, ClassifiesTerminalStatusesAndFailuresInAnyCase) {
    struct Case {
        ExecutionStatus status;
        bool isTerminal;
        bool isFailure;
    };
    const std::vector<Case> cases{
        {ExecutionStatus::Queued, false, false},
        {ExecutionStatus::Running, false, false},
        {ExecutionStatus::Stopping, false, false},
        {ExecutionStatus::Completed, true, false},
        {ExecutionStatus::Stopped, true, false},
        {ExecutionStatus::Duplicate, true, false},
        {ExecutionStatus::Terminated, true, false},
        {ExecutionStatus::Failed, true, true},
        {ExecutionStatus::Errored, true, true},
        {ExecutionStatus::TimedOut, true, true},
        {"", false, false},
        {"PAUSED", false, false},
        {"completed", true, false},
        {"Errored", true, true},
        {"Timed_Out", true, true},
        {"FAILED ", false, false},
    };
    for (const Case& c : cases) {
        EXPECT_EQ(c.status.isTerminal(), c.isTerminal) << c.status;
        EXPECT_EQ(c.status.isFailure(), c.isFailure) << c.status;
    }
}

TEST(Execution, HasEndedByStatusOrIfUnknownByCompletionTime) {
    const auto ended = [](const char* status, bool hasCompletionTime) {
        Execution run;
        run.status = status;
        if (hasCompletionTime) run.completionTime = Timestamp();
        return run.hasEnded();
    };
    for (const char* status : {"COMPLETED", "FAILED", "ERRORED", "STOPPED", "TIMED_OUT", "DUPLICATE", "TERMINATED"}) {
        EXPECT_TRUE(ended(status, false)) << status;
        EXPECT_TRUE(ended(status, true)) << status;
    }
    for (const char* status : {"RUNNING", "QUEUED", "STOPPING", "Running"}) {
        EXPECT_FALSE(ended(status, false)) << status;
        EXPECT_FALSE(ended(status, true)) << status;
    }
    for (const char* status : {"ABANDONED", ""}) {
        EXPECT_FALSE(ended(status, false)) << status;
        EXPECT_TRUE(ended(status, true)) << status;
    }
}

TEST(Version, MatchesTheHeader) {
    EXPECT_EQ(std::string(version()), std::to_string(REFOLD_VERSION_MAJOR) + '.' +
                                          std::to_string(REFOLD_VERSION_MINOR) + '.' +
                                          std::to_string(REFOLD_VERSION_PATCH));
}

}  // namespace
}  // namespace refold
