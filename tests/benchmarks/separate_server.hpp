// Runs the embedded server in a separate process, so that measurements of the benchmark's process cover the client
// alone. Must be constructed before the benchmark starts threads, because it forks.
#ifndef REFOLD_TESTS_BENCHMARKS_SEPARATE_SERVER_HPP
#define REFOLD_TESTS_BENCHMARKS_SEPARATE_SERVER_HPP

#include <refold/testing/fake_server.hpp>

#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sched.h>
#endif

#include <array>
#include <optional>
#include <stdexcept>
#include <string>

namespace refold::benchmarks {

/// Pins the calling thread, and those that it starts, to one processor. The time of a short request depends more on
/// whether the scheduler puts client and server on one processor than on the client.
/// Does nothing where a thread cannot be pinned, as on macOS.
inline void keepOn([[maybe_unused]] int processor) {
#ifdef __linux__
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(static_cast<std::size_t>(processor), &set);
    if (sched_setaffinity(0, sizeof set, &set) != 0) throw std::runtime_error("no such processor");
#endif
}

class SeparateServer {
  public:
    explicit SeparateServer(const testing::FakeServerOptions& options, std::optional<int> processor = {}) {
        std::array<int, 2> toParent{};
        std::array<int, 2> toChild{};
        if (pipe(toParent.data()) != 0 || pipe(toChild.data()) != 0) throw std::runtime_error("no pipe");
        child_ = fork();
        if (child_ < 0) throw std::runtime_error("no fork");
        if (child_ == 0) {
            close(toChild[1]);
            if (processor) keepOn(*processor);
            serve(options, toParent[1], toChild[0]);
        }
        close(toParent[1]);
        close(toChild[0]);
        stop_ = toChild[1];
        if (read(toParent[0], &port_, sizeof port_) != sizeof port_) throw std::runtime_error("no server");
        close(toParent[0]);
    }
    SeparateServer(const SeparateServer&) = delete;
    SeparateServer& operator=(const SeparateServer&) = delete;
    ~SeparateServer() {
        close(stop_);
        waitpid(child_, nullptr, 0);
    }

    std::string baseUrl() const { return "http://127.0.0.1:" + std::to_string(port_); }

  private:
    [[noreturn]] static void serve(const testing::FakeServerOptions& options, int out, int in) {
        {
            const testing::FakeServer server(options);
            const int port = server.port();
            char end = 0;
            // Ends when the parent closes its end of the pipe or dies.
            if (write(out, &port, sizeof port) == sizeof port) static_cast<void>(!read(in, &end, 1));
        }
        _exit(0);
    }

    pid_t child_ = 0;
    int stop_ = -1;
    int port_ = 0;
};

}  // namespace refold::benchmarks

#endif
