// Tests how often `watch --checkpoint` waits for the disk: changes of one poll are written and synced together. A
// separate program, because it replaces the C library's fsync(), fdatasync() and write() to count the calls.
#include "exit_code.hpp"
#include "watch_command.hpp"

#include "support/temporary_directory.hpp"
#include "support/test_client.hpp"

#include <refold/testing/fake_server.hpp>

#include <gtest/gtest.h>

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

std::atomic<int> syncs{0};
/// Writes to stdout, and those that did not end with a line.
std::atomic<int> writes{0};
std::atomic<int> cuts{0};

}  // namespace

extern "C" int fsync(int /*descriptor*/) {
    ++syncs;
    return 0;
}

extern "C" int fdatasync(int /*descriptor*/) {
    ++syncs;
    return 0;
}

extern "C" ssize_t write(int descriptor, const void* bytes, std::size_t size) {
    if (descriptor == STDOUT_FILENO && size > 0) {
        ++writes;
        cuts += static_cast<const char*>(bytes)[size - 1] == '\n' ? 0 : 1;
    }
    return ::syscall(SYS_write, descriptor, bytes, size);
}

namespace refold::test {
namespace {

/// Redirects stdout to a file for its lifetime.
class StdoutInFile {
  public:
    explicit StdoutInFile(const std::string& path) : before_(::dup(STDOUT_FILENO)) {
        const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        ::dup2(file, STDOUT_FILENO);
        ::close(file);
    }
    StdoutInFile(const StdoutInFile&) = delete;
    StdoutInFile& operator=(const StdoutInFile&) = delete;
    ~StdoutInFile() {
        ::dup2(before_, STDOUT_FILENO);
        ::close(before_);
    }

  private:
    int before_;
};

TEST(WatchSyncs, GrowWithPollsAndNotWithChanges) {
    constexpr int changes = 1500;
    testing::FakeServerOptions options;
    options.runs = 0;
    testing::FakeServer server(options);
    for (int i = 0; i < changes; ++i) {
        testing::FakeRun run;
        run.status = i + 1 < changes ? "COMPLETED" : "ERRORED";
        run.createdAt = refold::Timestamp(std::chrono::milliseconds(1'780'000'000'000 + i * 1000));
        server.addRun(run);
    }
    ::setenv("REFOLD_API_KEY", options.apiKey.c_str(), 1);
    ::setenv("REFOLD_LINKED_ACCOUNT_ID", options.linkedAccountId.c_str(), 1);
    const TemporaryDirectory directory;
    cli::WatchArguments arguments;
    arguments.client = quickOptions(server.baseUrl());
    arguments.watch.since = refold::Timestamp(std::chrono::milliseconds(1'780'000'000'000));
    arguments.watch.interval = std::chrono::milliseconds(10);
    arguments.format = cli::WatchFormat::ndjson;
    arguments.exitStatus = true;
    arguments.checkpoint = directory.file("watch.checkpoint");

    const cli::Interruption interruption;
    writes = cuts = 0;
    {
        const StdoutInFile redirected(directory.file("changes"));
        cli::Console console(interruption);
        EXPECT_EQ(cli::runWatch(arguments, console, interruption), cli::ExitCode::runFailed);
    }
    const std::string lines = directory.read("changes");
    EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), changes);
    EXPECT_NE(directory.read("watch.checkpoint"), "");
    EXPECT_GE(syncs, 3) << "syncs of the lines, the checkpoint and its directory";
    // A poll's lines are synced every quarter of a second, so a slow machine needs more syncs.
    EXPECT_LT(syncs, 200);
    // The lines are written when they are recorded, as many at once as a pipe takes. Most kills repeat none.
    EXPECT_LT(writes, changes * 3 / 4);
    EXPECT_EQ(cuts, 0) << "a kill leaves no part of a line";
    std::printf("%d syncs for %d changes\n", syncs.load(), changes);
}

}  // namespace
}  // namespace refold::test
