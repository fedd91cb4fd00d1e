// Tests flags as they are typed into a shell.
#include "shell_text.hpp"

#include <gtest/gtest.h>

namespace cli {
namespace {

TEST(ShellFlag, QuotesOnlyWhatNeedsIt) {
    EXPECT_EQ(shellFlag("since", "2026-06-16"), " --since 2026-06-16");
    EXPECT_EQ(shellFlag("workflow name", "Daily Sync"), " --workflow-name 'Daily Sync'");
    EXPECT_EQ(shellFlag("workflow name", "it's $HOME"), R"( --workflow-name 'it'\''s $HOME')");
    EXPECT_EQ(shellFlag("failed", ""), " --failed");
}

}  // namespace
}  // namespace cli
