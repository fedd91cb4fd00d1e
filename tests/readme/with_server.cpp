// Runs a program with an embedded server and the environment variables that select it: with_server <program>
// [<argument>...]. Exits with the program's exit code.
#include <refold/testing/fake_server.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fputs("usage: with_server <program> [<argument>...]\n", stderr);
        return 2;
    }
    refold::testing::FakeServerOptions options;
    options.runs = 250;
    const refold::testing::FakeServer server{options};
    const std::string url = server.baseUrl();
    setenv("REFOLD_BASE_URL", url.c_str(), 1);
    setenv("REFOLD_API_KEY", options.apiKey.c_str(), 1);
    setenv("REFOLD_LINKED_ACCOUNT_ID", options.linkedAccountId.c_str(), 1);
    unsetenv("REFOLD_SESSION_TOKEN");

    const pid_t child = fork();
    if (child == 0) {
        execv(argv[1], argv + 1);
        std::perror(argv[1]);
        _exit(127);
    }
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child) {
        std::perror("with_server");
        return 1;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
