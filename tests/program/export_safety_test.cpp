// Tests that an export loses nothing when it is resumed in another way than it was begun: other flags, an output that
// was overwritten, a checkpoint that is the output itself, runs without a date.
#include "program.hpp"

#include "support/temporary_directory.hpp"

#include <refold/testing/builders.hpp>

#include <gtest/gtest.h>

#include <set>

namespace refold::test {
namespace {

class ExportSafetyTest : public ::testing::Test {
  protected:
    /// An export to the file `output`, at its end.
    SubprocessOptions exporting(const testing::FakeServer& server, const Arguments& flags,
                                const std::string& checkpoint = "checkpoint") const {
        Arguments arguments = {"list", "--all", "--rate", "off", "--checkpoint", directory_.file(checkpoint)};
        arguments.insert(arguments.end(), flags.begin(), flags.end());
        SubprocessOptions options = programAt(server.baseUrl(), arguments);
        options.out = Stream::file;
        options.outputPath = directory_.file("output");
        options.append = true;
        return options;
    }
    void interrupt(testing::FakeServer& server, const Arguments& flags, int requests = 6) const {
        server.onRequest(refuseAfter(requests));
        ASSERT_EQ(runToEnd(exporting(server, flags)).exitCode, 4);
        server.onRequest({});
        ASSERT_NE(directory_.read("output"), "");
    }

    TemporaryDirectory directory_;
};

TEST_F(ExportSafetyTest, GoesOnWithTheSameFlagsOnly) {
    testing::FakeServer server(historyOf(1500));
    const Arguments flags = {"--status", "COMPLETED,ERRORED", "--format", "csv", "--columns", "id,status"};
    interrupt(server, flags);
    const std::string written = directory_.read("output");
    const std::uint64_t requests = server.requestCount();
    const auto with = [&flags](const Arguments& more) {
        Arguments all = flags;
        all.insert(all.end(), more.begin(), more.end());
        return all;
    };
    Arguments otherColumns = flags;
    otherColumns.back() = "status,id";
    for (const Arguments& other :
         {with({"--workflow-name", "Daily"}), with({"--sort-asc"}), with({"--csv-bom"}), otherColumns}) {
        const Subprocess::Result result = runToEnd(exporting(server, other));
        EXPECT_EQ(result.exitCode, 2);
        EXPECT_NE(result.err.find("--status COMPLETED --status ERRORED --columns id,status"), std::string::npos)
            << result.err;
    }
    EXPECT_EQ(server.requestCount(), requests);
    EXPECT_EQ(directory_.read("output"), written);
    EXPECT_EQ(runToEnd(exporting(server, flags)).exitCode, 0);
}

TEST_F(ExportSafetyTest, RefusesAnOutputThatWasOverwritten) {
    testing::FakeServer server(historyOf(800));
    interrupt(server, {"--format", "json"}, 2);
    directory_.write("output", "");
    const Subprocess::Result result = runToEnd(exporting(server, {"--format", "json"}));
    EXPECT_EQ(result.exitCode, 2);
    EXPECT_NE(result.err.find(">>"), std::string::npos) << result.err;
    EXPECT_EQ(directory_.read("output"), "");
    EXPECT_NE(directory_.read("checkpoint"), "") << "what was written may be elsewhere";
}

TEST_F(ExportSafetyTest, RefusesTheOutputAsCheckpoint) {
    testing::FakeServer server(historyOf(30));
    directory_.write("output", "");
    const Subprocess::Result result = runToEnd(exporting(server, {}, "output"));
    EXPECT_EQ(result.exitCode, 2);
    EXPECT_NE(result.err.find("--checkpoint"), std::string::npos) << result.err;
    EXPECT_EQ(server.requestCount(), 0U);

    SubprocessOptions history = programAt(
        server.baseUrl(), {"history", "--html", directory_.file("output"), "--format", "json", "--since", "52w"});
    history.out = Stream::file;
    history.outputPath = directory_.file("output");
    EXPECT_EQ(runToEnd(history).exitCode, 2);
}

TEST_F(ExportSafetyTest, RunsWithoutADateAreWrittenOnce) {
    testing::FakeServer server(historyOf(0));
    std::set<std::string> expected;
    for (int i = 0; i < 400; ++i) {
        testing::FakeRun run;
        run.id = "run_" + std::to_string(i);
        run.status = i % 2 == 0 ? "ERRORED" : "COMPLETED";
        if (i % 3 != 0)
            run.createdAt = refold::parseTimestamp("2026-06-16T13:00:00Z").value() + std::chrono::seconds(i);
        expected.insert(run.id);
        server.addRun(run);
    }
    const Arguments flags = {"--status", "ERRORED,COMPLETED", "--limit", "20"};
    int interruptions = 0;
    for (int requests = 6; requests <= 60; requests += 6) {
        server.onRequest(refuseAfter(requests));
        if (runToEnd(exporting(server, flags)).exitCode == 0) break;
        ++interruptions;
    }
    EXPECT_GE(interruptions, 2);
    const std::vector<std::string> ids = idsOf(directory_.read("output"));
    EXPECT_EQ(ids.size(), expected.size());
    EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()), expected);
}

}  // namespace
}  // namespace refold::test
