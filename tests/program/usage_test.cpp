// Tests wrong usage: exit code 2, a line on stderr that names flag, value and rule, nothing on stdout, and no request.
#include "program.hpp"

#include "support/temporary_directory.hpp"

#include <gtest/gtest.h>

namespace refold::test {
namespace {

struct WrongUsage {
    const char* name;
    Arguments arguments;
    /// Text that the message must contain.
    std::vector<std::string> words;
};

const WrongUsage wrongUsages[] = {
    {"noCommand", {}, {"command", "list"}},
    {"unknownCommand", {"lisst"}, {"lisst", "list"}},
    {"getWithoutId", {"get"}, {"ID is missing", "refold-executions get ID", "--help"}},
    {"getWithAFlagAlone", {"get", "--format", "json"}, {"ID is missing", "refold-executions get ID"}},
    {"waitWithoutId", {"wait"}, {"ID is missing", "refold-executions wait ID"}},
    {"stopWithoutId", {"stop", "--yes"}, {"ID is missing", "refold-executions stop ID"}},
    {"rerunWithoutId", {"rerun", "--yes", "--wait"}, {"ID is missing", "refold-executions rerun ID"}},
    {"unknownFlag", {"list", "--bogus"}, {"--bogus"}},
    {"shortenedFlag", {"list", "--stat", "FAILED"}, {"--stat"}},
    {"positional", {"list", "extra"}, {"extra"}},
    {"mistypedCommand", {"lst"}, {"'lst' is not a command", "did you mean 'list'?"}},
    {"commandOfOthers", {"view", "6a31"}, {"'view' is not a command", "did you mean 'get'?"}},
    {"cancelIsStop", {"cancel"}, {"did you mean 'stop'?"}},
    {"mistypedFlag", {"list", "--stauts", "FAILED"}, {"--stauts", "did you mean '--status'?"}},
    {"flagOfAnotherCommand", {"get", "6a31", "--prefetch", "2"}, {"get has no flag --prefetch", "list"}},
    {"orderOfAWatch", {"watch", "--sort-asc"}, {"watch has no flag --sort-asc"}},
    {"watchOfARun", {"watch", "6a31"}, {"refold-executions wait 6a31"}},
    {"columnUnknown", {"list", "--columns", "age,eror"}, {"--columns", "'eror'", "did you mean error?"}},
    {"columnsAsJson", {"list", "--columns", "age", "--format", "json"}, {"--columns", "table"}},
    {"bomWithoutCsv", {"list", "--csv-bom"}, {"--csv-bom", "--format csv"}},
    {"compareUnknown", {"history", "--compare", "next"}, {"--compare", "previous"}},
    {"groupByUnknown", {"history", "--group-by", "colour"}, {"--group-by", "'colour'", "account"}},
    {"rerunOfNothing", {"rerun", "--yes"}, {"ID is missing", "--failed"}},
    {"rerunOfIdsAndFilters", {"rerun", "6a31", "--failed", "--yes"}, {"either IDs or filters", "not both"}},
    {"helpOfNoCommand", {"help", "lst"}, {"'lst' is not a command", "did you mean 'list'?"}},
    {"noCommandWithHelp", {"lst", "--help"}, {"'lst' is not a command", "did you mean 'list'?"}},
    {"flagBeforeTheCommand", {"--rate", "5", "list"}, {"'--rate'", "flags follow the command"}},
    {"unknownShortFlag", {"list", "-x"}, {"list has no flag -x"}},
    {"unknownShortFlagAmongOthers", {"list", "-qz"}, {"list has no flag -z"}},
    {"shortFlagOfOthers", {"list", "-n", "5"}, {"list has no flag -n", "did you mean '--max'?"}},
    {"csv", {"list", "--csv"}, {"did you mean '--format csv'?"}},
    {"json", {"list", "--json"}, {"did you mean '--format json'?"}},
    {"jsonOfAWatch", {"watch", "--json"}, {"did you mean '--format ndjson'?"}},
    {"jsonOfAWait", {"wait", "6a31", "--json"}, {"wait has no flag --json"}},
    {"from", {"list", "--from=2h"}, {"did you mean '--since'?"}},
    {"to", {"list", "--to", "2h"}, {"did you mean '--until'?"}},
    {"output", {"list", "--output", "json"}, {"did you mean '--format'?"}},
    {"outputShort", {"get", "6a31", "-o", "json"}, {"did you mean '--format'?"}},
    {"follow", {"list", "--follow"}, {"'watch'"}},
    {"tail", {"list", "--tail"}, {"'watch'"}},
    {"followARerun", {"rerun", "6a31", "--watch"}, {"did you mean '--wait'?"}},
    {"state", {"list", "--state", "FAILED"}, {"did you mean '--status'?"}},
    {"limitOfARerun", {"rerun", "--failed", "--limit", "3"}, {"did you mean '--max'?"}},
    {"force", {"stop", "6a31", "--force"}, {"did you mean '--yes'?"}},
    {"apiKey", {"list", "--api-key", "x"}, {"environment", "REFOLD_API_KEY"}},
    {"insecure", {"list", "-k"}, {"always verified", "--ca-file"}},
    {"twoIds", {"get", "6a31", "6b42"}, {"takes one ID", "'6b42'"}},
    {"argumentOfTheDemoServer", {"demo-server", "8080"}, {"'8080'"}},
    {"watchOfThePast", {"watch", "--until", "yesterday"}, {"--until", "'yesterday'", "list", "wait"}},
    {"watchOfAPastPeriod", {"watch", "--since", "2d", "--until", "1d"}, {"--until", "'1d'"}},
    {"prefetchOfOnePage", {"list", "--prefetch", "2"}, {"--prefetch", "--all"}},
    {"rerunOfRunning", {"rerun", "--running", "--yes"}, {"RUNNING", "wait"}},
    {"rerunOfOpenRuns", {"rerun", "--status", "queued,RUNNING", "--yes"}, {"QUEUED or RUNNING"}},
    {"rerunOfRunningAndFailed", {"rerun", "--running", "--failed", "--yes"}, {"--running", "has not ended"}},
    {"stopOfFailed", {"stop", "--failed", "--yes"}, {"ERRORED", "has ended"}},
    {"stopOfFailedAndRunning", {"stop", "--failed", "--running", "--yes"}, {"--failed", "rerun --failed"}},
    {"olderThanSince", {"stop", "--since", "1h", "--older-than", "2h", "--yes"}, {"--older-than", "--since"}},
    {"waitingWithoutWait", {"rerun", "6a31", "--interval", "2", "--yes"}, {"--wait"}},
    {"flagTwice", {"list", "--slug", "A", "--slug", "B"}, {"--slug", "one value"}},
    {"valueMissing", {"list", "--limit"}, {"--limit", "one value"}},
    {"valueEmptyByEquals", {"list", "--limit="}, {"--limit", "one value"}},
    {"limitNoNumber", {"list", "--limit", "abc"}, {"--limit", "'abc'", "whole number from 1"}},
    {"limitZero", {"list", "--limit", "0"}, {"--limit", "'0'", "whole number from 1"}},
    {"limitEmpty", {"list", "--limit", ""}, {"--limit", "''"}},
    {"limitFraction", {"list", "--limit", "1.5"}, {"--limit", "'1.5'"}},
    {"limitSigned", {"list", "--limit", "+5"}, {"--limit", "'+5'"}},
    {"limitTooLarge", {"list", "--limit", "99999999999999999999"}, {"--limit", "99999999999999999999"}},
    {"pageNegative", {"list", "--page", "-1"}, {"--page", "'-1'", "whole number from 1"}},
    {"maxZero", {"list", "--max", "0"}, {"--max", "'0'"}},
    {"timeoutZero", {"list", "--timeout", "0"}, {"--timeout", "'0'", "0.001"}},
    {"timeoutNan", {"list", "--timeout", "nan"}, {"--timeout", "'nan'"}},
    {"timeoutInfinite", {"list", "--timeout", "inf"}, {"--timeout", "'inf'"}},
    {"timeoutExponent", {"list", "--timeout", "1e3"}, {"--timeout", "'1e3'"}},
    {"timeoutHuge", {"list", "--timeout", "86401"}, {"--timeout", "'86401'", "86400"}},
    {"retriesNegative", {"list", "--retries", "-1"}, {"--retries", "'-1'", "from 0"}},
    {"retriesHuge", {"list", "--retries", "2147483647"}, {"--retries", "'2147483647'", "1000"}},
    {"rateZero", {"list", "--rate", "0"}, {"--rate", "'0'", "off"}},
    {"rateWord", {"list", "--rate", "fast"}, {"--rate", "'fast'", "off"}},
    {"prefetchTooLarge", {"list", "--all", "--prefetch", "65"}, {"--prefetch", "'65'", "0 to 64"}},
    {"statusEmpty", {"list", "--status", ""}, {"--status", "''", "not empty"}},
    {"slugEmpty", {"list", "--slug", ""}, {"--slug"}},
    {"workflowIdEmpty", {"list", "--workflow-id", ""}, {"--workflow-id"}},
    {"workflowNameEmpty", {"list", "--workflow-name", ""}, {"--workflow-name"}},
    {"workflowNameWithNewline", {"list", "--workflow-name", "a\nb"}, {"--workflow-name"}},
    {"executionIdEmpty", {"list", "--execution-id", ""}, {"--execution-id"}},
    {"executionTypeEmpty", {"list", "--execution-type", ""}, {"--execution-type"}},
    {"executionSourceEmpty", {"list", "--execution-source", ""}, {"--execution-source"}},
    {"startDateWord", {"list", "--start-date", "sometime"}, {"--since", "'sometime'", "2026-06-16", "2h", "7d"}},
    {"startDateNoSuchDay", {"list", "--start-date", "2026-02-30"}, {"--since", "'2026-02-30'"}},
    {"startDateTooOld", {"list", "--start-date", "999999999999d"}, {"--since"}},
    {"datesCrossed",
     {"list", "--start-date", "2026-06-17", "--end-date", "2026-06-16"},
     {"--start-date", "'2026-06-17'", "--end-date", "'2026-06-16'"}},
    {"formatUnknown", {"list", "--format", "xml"}, {"--format", "'xml'", "table, ndjson, json or csv"}},
    {"pageAndAll", {"list", "--page", "1", "--all"}, {"--page", "--all"}},
    {"checkpointWithoutAll", {"list", "--checkpoint", "file"}, {"--checkpoint", "--all"}},
    {"checkpointEmpty", {"list", "--all", "--checkpoint", ""}, {"--checkpoint"}},
    {"checkpointIsDirectory", {"list", "--all", "--checkpoint", "/"}, {"--checkpoint", "'/'"}},
    {"checkpointNowhere",
     {"list", "--all", "--checkpoint", "/nonexistent/file"},
     {"--checkpoint", "/nonexistent/file"}},
    {"baseUrlScheme", {"list", "--base-url", "ftp://127.0.0.1"}, {"--base-url", "ftp://127.0.0.1"}},
    {"baseUrlPlainHttp", {"list", "--base-url", "http://example.com"}, {"--base-url", "--allow-plain-http"}},
    {"baseUrlEmpty", {"list", "--base-url", ""}, {"--base-url"}},
    {"caFileMissing", {"list", "--ca-file", "/nonexistent"}, {"--ca-file", "/nonexistent"}},
};

class WrongUsageTest : public ::testing::TestWithParam<WrongUsage> {};

TEST_P(WrongUsageTest, IsRefusedBeforeAnyRequest) {
    const testing::FakeServer server(historyOf(1));
    const Subprocess::Result result = runToEnd(programAt(server.baseUrl(), GetParam().arguments));

    EXPECT_EQ(result.exitCode, 2);
    EXPECT_EQ(result.out, "");
    ASSERT_EQ(linesOf(result.err).size(), 1U) << result.err;
    EXPECT_EQ(result.err.rfind("refold-executions: ", 0), 0U) << result.err;
    for (const std::string& word : GetParam().words) EXPECT_NE(result.err.find(word), std::string::npos) << result.err;
    EXPECT_EQ(server.requestCount(), 0U);
}

INSTANTIATE_TEST_SUITE_P(Program, WrongUsageTest, ::testing::ValuesIn(wrongUsages),
                         [](const auto& tested) { return std::string(tested.param.name); });

TEST(Credentials, MissingOnesAreNamed) {
    SubprocessOptions options = programAt("http://127.0.0.1:1", {"list"});
    options.environment.erase("REFOLD_API_KEY");
    options.environment.erase("REFOLD_LINKED_ACCOUNT_ID");
    const Subprocess::Result result = runToEnd(options);
    EXPECT_EQ(result.exitCode, 2);
    EXPECT_NE(result.err.find("REFOLD_API_KEY"), std::string::npos) << result.err;
    EXPECT_NE(result.err.find("REFOLD_SESSION_TOKEN"), std::string::npos) << result.err;
}

TEST(Credentials, HalfOfThemIsNotEnough) {
    SubprocessOptions options = programAt("http://127.0.0.1:1", {"list"});
    options.environment.erase("REFOLD_LINKED_ACCOUNT_ID");
    const Subprocess::Result result = runToEnd(options);
    EXPECT_EQ(result.exitCode, 2);
    EXPECT_NE(result.err.find("REFOLD_LINKED_ACCOUNT_ID"), std::string::npos) << result.err;
    EXPECT_EQ(result.err.find("tk_test_not_a_real_key"), std::string::npos) << result.err;
}

TEST(Help, LeadsWithExamplesAndNeedsNothing) {
    for (const Arguments& arguments :
         {Arguments{"--help"}, Arguments{"list", "--help"}, Arguments{"list", "-h"}, Arguments{"errors", "--help"},
          Arguments{"history", "--help"}, Arguments{"watch", "--help"}, Arguments{"get", "--help"},
          Arguments{"wait", "--help"}, Arguments{"rerun", "--help"}, Arguments{"stop", "--help"}}) {
        SubprocessOptions options;
        options.program = REFOLD_EXECUTIONS_PROGRAM;
        options.arguments = arguments;
        const Subprocess::Result result = runToEnd(options);
        EXPECT_EQ(result.exitCode, 0);
        EXPECT_EQ(result.err, "");
        const std::size_t examples = result.out.find("Examples:");
        ASSERT_NE(examples, std::string::npos) << result.out;
        EXPECT_LT(examples, result.out.find("Usage:"));
        for (const std::string& line : linesOf(result.out)) EXPECT_LE(line.size(), 80U) << line;
    }
}

TEST(Help, IsACommandToo) {
    for (const Arguments& arguments : {Arguments{}, Arguments{"list"}, Arguments{"demo-server"}}) {
        Arguments command = {"help"};
        command.insert(command.end(), arguments.begin(), arguments.end());
        Arguments flag = arguments;
        flag.emplace_back("--help");
        const Subprocess::Result result = runToEnd(programAt("", command));
        EXPECT_EQ(result.exitCode, 0) << result.err;
        EXPECT_EQ(result.out, runToEnd(programAt("", flag)).out);
    }
}

TEST(Help, LeavesOutFlagsThatSelectNothing) {
    const std::string rerun = runToEnd(programAt("", {"rerun", "--help"})).out;
    EXPECT_NE(rerun.find("\n      --failed "), std::string::npos) << rerun;
    EXPECT_EQ(rerun.find("\n      --running "), std::string::npos) << rerun;
    const std::string stop = runToEnd(programAt("", {"stop", "--help"})).out;
    EXPECT_NE(stop.find("\n      --running "), std::string::npos) << stop;
    EXPECT_EQ(stop.find("\n      --failed "), std::string::npos) << stop;
}

TEST(Help, OfListNamesEveryFlag) {
    const std::string help = runToEnd(programAt("", {"list", "--help"})).out;
    for (const char* const flag : {"--page",
                                   "--all",
                                   "--max",
                                   "--limit",
                                   "--status",
                                   "--slug",
                                   "--workflow-id",
                                   "--workflow-name",
                                   "--execution-id",
                                   "--start-date",
                                   "--end-date",
                                   "--execution-type",
                                   "--execution-source",
                                   "--sort-asc",
                                   "--base-url",
                                   "--timeout",
                                   "--retries",
                                   "--prefetch",
                                   "--rate",
                                   "--checkpoint",
                                   "--format",
                                   "--ca-file",
                                   "--proxy",
                                   "--allow-plain-http",
                                   "--version",
                                   "--help"}) {
        EXPECT_NE(help.find(flag), std::string::npos) << flag;
    }
    EXPECT_EQ(help.find("--api-key"), std::string::npos);
}

TEST(Version, IsPrinted) {
    const Subprocess::Result result = runToEnd(programAt("", {"--version"}));
    EXPECT_EQ(result.exitCode, 0);
    EXPECT_EQ(result.out.rfind("refold-executions ", 0), 0U) << result.out;
}

}  // namespace
}  // namespace refold::test
