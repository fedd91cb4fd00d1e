// Tests `list --all`: whole exports in every format, and exports that are interrupted, killed and resumed.
#include "program.hpp"

#include "support/temporary_directory.hpp"

#include <refold/testing/builders.hpp>

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <unistd.h>
#include <csignal>
#include <set>
#include <thread>

namespace refold::test {
namespace {

using std::chrono::milliseconds;

bool exists(const std::string& path) {
    return ::access(path.c_str(), F_OK) == 0;
}

/// Answers pages of ten, whatever limit and dates are requested, so that no joint between pages is visible.
testing::FakeServer::RequestHook pagesThatDoNotJoin(int pages) {
    return [pages](const testing::FakeRequest& request) -> std::optional<testing::FakeAnswer> {
        constexpr int size = 10;
        testing::PageNumbers numbers;
        numbers.page = std::stoi(request.parameter("page").value_or("1"));
        numbers.limit = size;
        numbers.totalDocs = std::int64_t{size} * pages;
        std::vector<testing::ExecutionBuilder> runs;
        for (std::int64_t i = 0; i < size && numbers.page <= pages; ++i) {
            const std::string id = "run" + std::to_string((numbers.page - 1) * size + i);
            runs.emplace_back(id).without("createdAt");
        }
        testing::FakeAnswer answer;
        answer.body = testing::pageJson(runs, numbers);
        return answer;
    };
}

Arguments allWith(Arguments flags) {
    Arguments arguments = {"list", "--all", "--rate", "off"};
    arguments.insert(arguments.end(), flags.begin(), flags.end());
    return arguments;
}

TEST(All, DeliversEveryRunInOrder) {
    for (const char* const prefetch : {"0", "1", "8"}) {
        testing::FakeServer server(historyOf(1234));
        const Subprocess::Result result = runToEnd(programAt(server.baseUrl(), allWith({"--prefetch", prefetch})));
        EXPECT_EQ(result.exitCode, 0) << result.err;
        EXPECT_EQ(result.err, "");
        EXPECT_TRUE(holdsRuns(result.out, server.ids()));
    }
}

TEST(All, AppliesFiltersOrderAndLimit) {
    testing::FakeServer server(historyOf(500));
    ExecutionQuery query;
    query.status = ExecutionStatus::Completed;
    query.sortAsc = true;
    const Subprocess::Result result =
        runToEnd(programAt(server.baseUrl(), allWith({"--status", "COMPLETED", "--sort-asc", "--limit", "40"})));
    EXPECT_TRUE(holdsRuns(result.out, server.ids(query)));
    // Pages may overlap, so that a shifting history is detected; their size stays close to the requested one.
    for (const testing::FakeRequest& request : server.requests()) {
        EXPECT_NEAR(std::stoi(request.parameter("limit").value()), 40, 10);
    }
}

TEST(All, MaxEndsIt) {
    testing::FakeServer server(historyOf(1000));
    const Subprocess::Result result = runToEnd(programAt(server.baseUrl(), allWith({"--max", "250"})));
    std::vector<std::string> expected = server.ids();
    expected.resize(250);
    EXPECT_TRUE(holdsRuns(result.out, expected));
    EXPECT_LE(server.requestCount(), 6U) << "the whole history takes about eleven requests";
}

TEST(All, JsonIsOneArray) {
    testing::FakeServer server(historyOf(250));
    const Subprocess::Result result = runToEnd(programAt(server.baseUrl(), allWith({"--format", "json"})));
    const nlohmann::json array = nlohmann::json::parse(result.out);
    ASSERT_EQ(array.size(), 250U);
    EXPECT_EQ(array[249]["_id"], server.ids()[249]);
}

TEST(All, CsvHasOneHeader) {
    testing::FakeServer server(historyOf(250));
    const Subprocess::Result result = runToEnd(programAt(server.baseUrl(), allWith({"--format", "csv"})));
    EXPECT_EQ(result.out.rfind("id,createdAt,", 0), 0U);
    EXPECT_EQ(result.out.find("id,createdAt,", 1), std::string::npos);
    for (const std::string& id : server.ids()) EXPECT_NE(result.out.find("\n" + id + ","), std::string::npos);
}

TEST(All, WarnsInEveryFormatIfRunsMayBeMissing) {
    for (const char* const format : {"table", "ndjson", "json", "csv"}) {
        SCOPED_TRACE(format);
        testing::FakeServer server(historyOf(0));
        server.onRequest(pagesThatDoNotJoin(4));
        const Subprocess::Result result = runToEnd(programAt(server.baseUrl(), allWith({"--format", format})));
        EXPECT_EQ(result.exitCode, 0) << result.err;
        EXPECT_EQ(result.err.rfind("refold-executions: warning: runs may be missing", 0), 0U) << result.err;
        EXPECT_NE(result.err.find("list again"), std::string::npos) << result.err;
        EXPECT_EQ(linesOf(result.err).size(), std::string(format) == "table" ? 2U : 1U) << result.err;
        EXPECT_EQ(result.out.find("warning"), std::string::npos);
    }
}

TEST(All, WarnsOfMissingRunsBeforeMaxToo) {
    testing::FakeServer server(historyOf(0));
    server.onRequest(pagesThatDoNotJoin(4));
    const Subprocess::Result result = runToEnd(programAt(server.baseUrl(), allWith({"--max", "25"})));
    EXPECT_EQ(result.exitCode, 0);
    EXPECT_EQ(linesOf(result.out).size(), 25U);
    EXPECT_NE(result.err.find("runs may be missing"), std::string::npos) << result.err;
}

TEST(All, IsStreamed) {
    testing::FakeServer server(historyOf(300));
    Subprocess process(programAt(server.baseUrl(), allWith({"--prefetch", "0"})));
    server.onRequest([](const testing::FakeRequest& request) -> std::optional<testing::FakeAnswer> {
        if (request.parameter("page").value_or("1") == "3") std::this_thread::sleep_for(milliseconds(400));
        return {};
    });
    ASSERT_TRUE(process.waitForOutput(server.ids()[150]));
    EXPECT_EQ(process.wait().exitCode, 0);
}

TEST(All, IsPacedByTheFlag) {
    testing::FakeServer server(historyOf(1000));
    const Stopwatch watch;
    const Subprocess::Result result =
        runToEnd(programAt(server.baseUrl(), {"list", "--all", "--limit", "100", "--rate", "20"}));
    EXPECT_EQ(result.exitCode, 0);
    // Ten requests, the first five in a burst.
    EXPECT_GE(watch.elapsed(), milliseconds(200));
}

class CheckpointTest : public ::testing::Test {
  protected:
    std::string checkpoint() const { return directory_.file("checkpoint"); }
    std::string output() const { return directory_.file("output"); }
    std::string outputText() const { return directory_.read("output"); }

    SubprocessOptions exporting(const testing::FakeServer& server, Arguments flags = {}) const {
        flags.insert(flags.begin(), {"--checkpoint", checkpoint()});
        SubprocessOptions options = programAt(server.baseUrl(), allWith(std::move(flags)));
        options.out = Stream::file;
        options.outputPath = output();
        options.append = true;
        return options;
    }

    TemporaryDirectory directory_;
};

TEST_F(CheckpointTest, IsRemovedWhenTheExportIsDone) {
    testing::FakeServer server(historyOf(250));
    EXPECT_EQ(runToEnd(exporting(server)).exitCode, 0);
    EXPECT_TRUE(holdsRuns(outputText(), server.ids()));
    EXPECT_FALSE(exists(checkpoint()));
}

TEST_F(CheckpointTest, ResumesAfterAnError) {
    testing::FakeServer server(historyOf(730));
    for (const char* const prefetch : {"0", "1", "4"}) {
        ::unlink(output().c_str());
        server.onRequest(refuseAfter(2));
        const Subprocess::Result failed = runToEnd(exporting(server, {"--prefetch", prefetch}));
        EXPECT_EQ(failed.exitCode, 4) << failed.err;
        EXPECT_TRUE(exists(checkpoint()));
        const std::size_t before = idsOf(outputText()).size();
        EXPECT_GT(before, 0U);
        EXPECT_LT(before, 730U);

        server.onRequest({});
        const Subprocess::Result resumed = runToEnd(exporting(server, {"--prefetch", prefetch}));
        EXPECT_EQ(resumed.exitCode, 0) << resumed.err;
        EXPECT_TRUE(holdsRuns(outputText(), server.ids()));
        EXPECT_FALSE(exists(checkpoint()));
    }
}

TEST_F(CheckpointTest, ResumesAfterCtrlC) {
    testing::FakeServer server(historyOf(1500));
    server.setLatency(milliseconds(20));
    {
        Subprocess process(exporting(server, {"--limit", "50"}));
        ASSERT_TRUE(server.waitForRequests(6));
        process.send(SIGINT);
        const Subprocess::Result result = process.wait();
        EXPECT_EQ(result.exitCode, 130);
        EXPECT_NE(result.err.find("give the same command again to continue"), std::string::npos) << result.err;
    }
    server.setLatency(milliseconds(0));
    EXPECT_EQ(runToEnd(exporting(server, {"--limit", "50"})).exitCode, 0);
    EXPECT_TRUE(holdsRuns(outputText(), server.ids()));
}

TEST_F(CheckpointTest, SurvivesKillAtAnyMoment) {
    testing::FakeServer server(historyOf(1500));
    server.setLatency(milliseconds(3));
    bool done = false;
    int kills = 0;
    for (std::uint64_t step = 1; !done && step < 60; ++step) {
        const std::uint64_t target = server.requestCount() + 1 + step % 7;
        Subprocess process(exporting(server, {"--limit", "20", "--prefetch", "2"}));
        server.waitForRequests(target, std::chrono::seconds(2));
        process.send(SIGKILL);
        done = process.wait().exitCode == 0;
        kills += done ? 0 : 1;
    }
    if (!done) {
        EXPECT_EQ(runToEnd(exporting(server, {"--limit", "20", "--prefetch", "2"})).exitCode, 0);
    }
    EXPECT_GT(kills, 5);
    EXPECT_TRUE(holdsRuns(outputText(), server.ids()));
}

TEST_F(CheckpointTest, CutsAnUnrecordedPageOffAFile) {
    testing::FakeServer server(historyOf(600));
    server.setLatency(milliseconds(20));
    {
        Subprocess process(exporting(server, {"--limit", "50"}));
        ASSERT_TRUE(server.waitForRequests(5));
        process.send(SIGKILL);
        process.wait();
    }
    ASSERT_TRUE(exists(checkpoint()));
    server.setLatency(milliseconds(0));
    {
        // The state after a kill between writing a page and recording it.
        const std::string text = outputText();
        directory_.write("output", text + "{\"_id\":\"half a li");
    }
    const Subprocess::Result result = runToEnd(exporting(server, {"--limit", "50"}));
    EXPECT_EQ(result.exitCode, 0);
    EXPECT_NE(result.err.find("unrecorded"), std::string::npos) << result.err;
    EXPECT_TRUE(holdsRuns(outputText(), server.ids()));
}

TEST_F(CheckpointTest, KeepsWhatOthersWroteAfterAnOrderlyEnd) {
    testing::FakeServer server(historyOf(400));
    server.onRequest(refuseAfter(2));
    EXPECT_EQ(runToEnd(exporting(server)).exitCode, 4);
    server.onRequest({});
    directory_.write("output", outputText() + "# a note\n");
    EXPECT_EQ(runToEnd(exporting(server)).exitCode, 0);
    EXPECT_NE(outputText().find("# a note\n"), std::string::npos);
    EXPECT_EQ(idsOf(outputText()).size(), 401U);
}

TEST_F(CheckpointTest, WorksWithAPipe) {
    testing::FakeServer server(historyOf(500));
    SubprocessOptions options = programAt(server.baseUrl(), allWith({"--checkpoint", checkpoint()}));
    server.onRequest(refuseAfter(2));
    const Subprocess::Result first = runToEnd(options);
    server.onRequest({});
    const Subprocess::Result second = runToEnd(options);
    EXPECT_EQ(second.exitCode, 0) << second.err;
    EXPECT_TRUE(holdsRuns(first.out + second.out, server.ids()));
}

TEST_F(CheckpointTest, RemembersThatRunsMayBeMissing) {
    testing::FakeServer server(historyOf(0));
    const auto pages = pagesThatDoNotJoin(6);
    const auto refuse = refuseAfter(4);
    server.onRequest([pages, refuse](const testing::FakeRequest& request) {
        const auto refused = refuse(request);
        return refused ? refused : pages(request);
    });
    const Subprocess::Result failed = runToEnd(exporting(server));
    EXPECT_EQ(failed.exitCode, 4) << failed.err;
    EXPECT_NE(directory_.read("checkpoint").find("\nunverified\n"), std::string::npos);
    // The rest of the export shows no gap by itself.
    server.onRequest(pagesThatDoNotJoin(4));
    const Subprocess::Result resumed = runToEnd(exporting(server));
    EXPECT_EQ(resumed.exitCode, 0) << resumed.err;
    EXPECT_NE(resumed.err.find("runs may be missing"), std::string::npos) << resumed.err;
}

TEST_F(CheckpointTest, JsonAndCsvAreWholeAfterResuming) {
    for (const char* const format : {"json", "csv"}) {
        testing::FakeServer server(historyOf(430));
        ::unlink(output().c_str());
        server.onRequest(refuseAfter(2));
        EXPECT_EQ(runToEnd(exporting(server, {"--format", format})).exitCode, 4);
        server.onRequest({});
        EXPECT_EQ(runToEnd(exporting(server, {"--format", format})).exitCode, 0);
        const std::string text = outputText();
        if (std::string(format) == "json") {
            const nlohmann::json array = nlohmann::json::parse(text);
            ASSERT_EQ(array.size(), 430U);
            EXPECT_EQ(array[429]["_id"], server.ids()[429]);
        } else {
            EXPECT_EQ(text.find("id,createdAt,", 1), std::string::npos);
            for (const std::string& id : server.ids()) EXPECT_NE(text.find("\n" + id + ","), std::string::npos);
        }
    }
}

TEST_F(CheckpointTest, MaxCountsOverAllAttempts) {
    testing::FakeServer server(historyOf(800));
    server.onRequest(refuseAfter(2));
    EXPECT_EQ(runToEnd(exporting(server, {"--max", "450"})).exitCode, 4);
    server.onRequest({});
    EXPECT_EQ(runToEnd(exporting(server, {"--max", "450"})).exitCode, 0);
    std::vector<std::string> expected = server.ids();
    expected.resize(450);
    EXPECT_TRUE(holdsRuns(outputText(), expected));
}

TEST_F(CheckpointTest, AnExportThatNeverBeganLeavesNothing) {
    testing::FakeServer server(historyOf(10));
    server.failNext(1, 400);
    EXPECT_EQ(runToEnd(exporting(server)).exitCode, 4);
    EXPECT_FALSE(exists(checkpoint()));
    EXPECT_EQ(outputText(), "");
}

/// Returns a checkpoint after two pages of the given export.
void interruptAfterTwoPages(testing::FakeServer& server, const SubprocessOptions& options) {
    server.onRequest(refuseAfter(2));
    EXPECT_EQ(runToEnd(options).exitCode, 4);
    server.onRequest({});
}

TEST_F(CheckpointTest, IsRefusedForAnotherExport) {
    testing::FakeServer server(historyOf(800));
    interruptAfterTwoPages(server, exporting(server, {"--start-date", "2020-01-01"}));
    const std::string text = outputText();
    const std::uint64_t requests = server.requestCount();
    const std::vector<Arguments> others = {{"--start-date", "2020-01-01", "--status", "FAILED"},
                                           {"--start-date", "2020-01-01", "--sort-asc"},
                                           {"--start-date", "2020-01-01", "--format", "csv"},
                                           {"--start-date", "2020-01-01", "--max", "1"},
                                           {"--start-date", "2020-01-02"},
                                           {}};
    for (const Arguments& other : others) {
        const Subprocess::Result result = runToEnd(exporting(server, other));
        EXPECT_EQ(result.exitCode, 2) << result.err;
        EXPECT_EQ(linesOf(result.err).size(), 1U) << result.err;
    }
    EXPECT_EQ(server.requestCount(), requests);
    EXPECT_TRUE(outputText() == text);
    EXPECT_EQ(runToEnd(exporting(server, {"--start-date", "2020-01-01"})).exitCode, 0);
    EXPECT_TRUE(holdsRuns(outputText(), server.ids()));
}

TEST_F(CheckpointTest, IsRefusedForAnotherAccount) {
    testing::FakeServer server(historyOf(800));
    interruptAfterTwoPages(server, exporting(server));
    SubprocessOptions other = exporting(server);
    other.environment["REFOLD_LINKED_ACCOUNT_ID"] = "user_67890";
    const Subprocess::Result result = runToEnd(other);
    EXPECT_EQ(result.exitCode, 2) << result.err;
    EXPECT_NE(result.err.find("linked account"), std::string::npos) << result.err;
    EXPECT_EQ(directory_.read("checkpoint").find("user_12345"), std::string::npos);
}

TEST_F(CheckpointTest, RelativeDatesKeepTheirMeaning) {
    testing::FakeServerOptions options = historyOf(800);
    options.now = std::chrono::time_point_cast<milliseconds>(std::chrono::system_clock::now());
    testing::FakeServer server(options);
    interruptAfterTwoPages(server, exporting(server, {"--start-date", "52w", "--end-date", "now"}));
    const std::string start = server.requests().front().parameter("start_date").value();
    EXPECT_EQ(runToEnd(exporting(server, {"--start-date", "52w", "--end-date", "now"})).exitCode, 0);
    EXPECT_EQ(server.requests().back().parameter("start_date"), start);
}

TEST_F(CheckpointTest, AnEmptyFileIsAFreshStart) {
    testing::FakeServer server(historyOf(300));
    for (const char* const blank : {"", "\n", " \t\r\n\n"}) {
        directory_.write("checkpoint", blank);
        directory_.write("output", "");
        const Subprocess::Result result = runToEnd(exporting(server));
        EXPECT_EQ(result.exitCode, 0) << result.err;
        EXPECT_TRUE(holdsRuns(outputText(), server.ids()));
    }
}

TEST_F(CheckpointTest, ResumesWithSeveralStatuses) {
    testing::FakeServer server(historyOf(1500));
    const Arguments statuses = {"--status", "completed,ERRORED,RUNNING"};
    std::set<std::string> wanted;
    for (const char* const status : {"COMPLETED", "ERRORED", "RUNNING"}) {
        ExecutionQuery query;
        query.status = status;
        for (const std::string& id : server.ids(query)) wanted.insert(id);
    }
    std::vector<std::string> expected;
    for (const std::string& id : server.ids()) {
        if (wanted.count(id) > 0) expected.push_back(id);
    }
    server.onRequest(refuseAfter(6));
    EXPECT_EQ(runToEnd(exporting(server, statuses)).exitCode, 4);
    server.onRequest({});
    EXPECT_GT(linesOf(outputText()).size(), 0U);
    EXPECT_LT(linesOf(outputText()).size(), expected.size());
    EXPECT_EQ(runToEnd(exporting(server, {"--failed"})).exitCode, 2) << "the export was begun with another selection";
    EXPECT_EQ(runToEnd(exporting(server, statuses)).exitCode, 0);
    EXPECT_TRUE(holdsRuns(outputText(), expected));
}

TEST_F(CheckpointTest, IsRefusedWhenTruncatedOrForeign) {
    testing::FakeServer server(historyOf(800));
    interruptAfterTwoPages(server, exporting(server));
    const std::string whole = directory_.read("checkpoint");
    const std::uint64_t requests = server.requestCount();
    std::string changed = whole;
    changed.replace(changed.find("position ") + 9, 4, "zzzz");
    for (const std::string& text :
         {std::string("hello\n"), whole.substr(0, whole.size() / 2), whole.substr(0, whole.size() - 4), changed}) {
        directory_.write("checkpoint", text);
        const Subprocess::Result result = runToEnd(exporting(server));
        EXPECT_EQ(result.exitCode, 2) << result.err;
        EXPECT_NE(result.err.find("--checkpoint"), std::string::npos) << result.err;
        EXPECT_EQ(directory_.read("checkpoint"), text);
    }
    EXPECT_EQ(server.requestCount(), requests);
}

TEST_F(CheckpointTest, AFullDiskLosesNothing) {
    testing::FakeServer server(historyOf(400));
    interruptAfterTwoPages(server, exporting(server));
    const std::string before = directory_.read("checkpoint");
    SubprocessOptions full = exporting(server);
    full.outputPath = "/dev/full";
    EXPECT_EQ(runToEnd(full).exitCode, 1);
    EXPECT_EQ(runToEnd(exporting(server)).exitCode, 0);
    EXPECT_TRUE(holdsRuns(outputText(), server.ids()));
}

}  // namespace
}  // namespace refold::test
