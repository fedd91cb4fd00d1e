// Tests the random numbers of the jitter: their range, and their use by several threads and by children of fork().
#include "time/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

#ifndef _WIN32
#include <sys/wait.h>
#include <unistd.h>
#endif

namespace {

using refold::internal::SystemRandom;

TEST(SystemRandom, StaysInItsRange) {
    SystemRandom random;
    double smallest = 1;
    double greatest = 0;
    double sum = 0;
    for (int i = 0; i < 10000; ++i) {
        const double value = random.unit();
        smallest = std::min(smallest, value);
        greatest = std::max(greatest, value);
        sum += value;
    }
    EXPECT_GE(smallest, 0);
    EXPECT_LT(greatest, 1);
    EXPECT_LT(smallest, 0.1);
    EXPECT_GT(greatest, 0.9);
    EXPECT_NEAR(sum / 10000, 0.5, 0.05);
}

TEST(SystemRandom, DiffersBetweenObjects) {
    EXPECT_NE(SystemRandom().unit(), SystemRandom().unit());
}

TEST(SystemRandom, ThreadsGetDifferentNumbers) {
    constexpr std::size_t perThread = 20000;
    SystemRandom random;
    std::vector<double> first(perThread);
    std::vector<double> second(perThread);
    std::thread other([&] { std::generate(second.begin(), second.end(), [&] { return random.unit(); }); });
    std::generate(first.begin(), first.end(), [&] { return random.unit(); });
    other.join();
    first.insert(first.end(), second.begin(), second.end());
    std::sort(first.begin(), first.end());
    EXPECT_EQ(std::adjacent_find(first.begin(), first.end()), first.end());
}

#ifndef _WIN32
/// Returns what `body` returns in a child of fork(); -1 if it hung.
template <class Body>
int resultInChild(Body body) {
    int pipe[2];
    if (::pipe(pipe) != 0) return -1;
    const pid_t child = ::fork();
    if (child == 0) {
        ::alarm(10);
        const char result = static_cast<char>(body());
        ::_exit(::write(pipe[1], &result, 1) == 1 ? 0 : 1);
    }
    ::close(pipe[1]);
    char result = -1;
    if (::read(pipe[0], &result, 1) != 1) result = -1;
    ::close(pipe[0]);
    EXPECT_EQ(::waitpid(child, nullptr, 0), child);
    return result;
}

TEST(SystemRandom, AForkWhileAnotherThreadUsesItLeavesItUsable) {
    SystemRandom random;
    std::atomic<bool> stop{false};
    std::thread other([&] {
        while (!stop) random.unit();
    });
    int hung = 0;
    for (int i = 0; i < 200 && hung == 0; ++i) hung += resultInChild([&] { return random.unit() < 1 ? 0 : 1; }) != 0;
    stop = true;
    other.join();
    EXPECT_EQ(hung, 0);
}

TEST(SystemRandom, AChildsNumbersDifferFromItsParents) {
    SystemRandom random;
    double childs = -1;
    int pipe[2];
    ASSERT_EQ(::pipe(pipe), 0);
    EXPECT_EQ(resultInChild([&] {
                  const double value = random.unit();
                  return ::write(pipe[1], &value, sizeof value) == sizeof value ? 0 : 1;
              }),
              0);
    EXPECT_EQ(::read(pipe[0], &childs, sizeof childs), static_cast<ssize_t>(sizeof childs));
    ::close(pipe[0]);
    ::close(pipe[1]);
    EXPECT_NE(childs, random.unit());
}
#endif

}  // namespace
