// Tests which texts are taken for ids of runs.
#include "run_id.hpp"

#include "exit_code.hpp"

#include <gtest/gtest.h>

#include <string>

namespace refold::test {
namespace {

const std::string run = "6a311e75e5b8c9f7c8586cf0";
const std::string other = "6992cc7dc124a392c80e9e9c";

TEST(RunId, IsTakenFromTheAddressOfARunsPage) {
    const std::string site = "https://app.refold.ai/";
    for (const std::string& url : {
             site + "org/" + other + "/executions/" + run,
             site + "executions/" + run + "?tab=" + other,
             site + "executions/" + run + "/nodes/" + other + "#" + other,
             site + "workflows/" + other + "/runs/" + run + "?from=" + other,
             site + "#/executions/" + run + "/nodes/" + other,
             site + "workflows?execution=" + run + "&node=" + other,
         }) {
        EXPECT_EQ(cli::runIdIn("ID", url), run) << url;
    }
}

TEST(RunId, MayBeAnyWord) {
    for (const char* const id : {"x", "6a", "failed_1000", "6a311e75-E5B8", "e/1", "a,b", "\xC3\xA9"})
        EXPECT_EQ(cli::runIdIn("ID", id), id);
    for (const char* const text : {"", "a b", "a\n", "https://x/y"})
        EXPECT_THROW(cli::runIdIn("ID", text), cli::UsageError) << text;
}

TEST(RunId, IsPlainIfItCannotBeALineOfATable) {
    for (const char* const id : {"x", "failed_1000", "6a311e75-E5B8"}) EXPECT_TRUE(cli::isPlainId(id)) << id;
    for (const char* const text : {"", ".", "a b", "a,b", "a/b", "{}", "\xC3\xA9"})
        EXPECT_FALSE(cli::isPlainId(text)) << text;
}

}  // namespace
}  // namespace refold::test
