// Which statuses are an end, which of them a bad one; and the library's version.
#include <refold/execution.hpp>
#include <refold/version.hpp>

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace refold {
namespace {

TEST(ExecutionStatus, KnowsEndsAndFailures) {
    struct Case {
        ExecutionStatus status;
        bool isTerminal;
        bool isFailure;
    };
    const std::vector<Case> cases{
        {ExecutionStatus::Running, false, false},
        {ExecutionStatus::Stopping, false, false},
        {ExecutionStatus::Completed, true, false},
        {ExecutionStatus::Stopped, true, false},
        {ExecutionStatus::Duplicate, true, false},
        {ExecutionStatus::Failed, true, true},
        {ExecutionStatus::Errored, true, true},
        {ExecutionStatus::TimedOut, true, true},
        {"", false, false},
        {"PAUSED", false, false},
        {"completed", false, false},
        {"FAILED ", false, false},
    };
    for (const Case& c : cases) {
        EXPECT_EQ(c.status.isTerminal(), c.isTerminal) << c.status.value();
        EXPECT_EQ(c.status.isFailure(), c.isFailure) << c.status.value();
    }
}

TEST(Version, IsTheHeaders) {
    EXPECT_EQ(std::string(version()), std::to_string(REFOLD_VERSION_MAJOR) + '.' +
                                          std::to_string(REFOLD_VERSION_MINOR) + '.' +
                                          std::to_string(REFOLD_VERSION_PATCH));
}

}  // namespace
}  // namespace refold
