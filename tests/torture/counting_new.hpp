// Defines a global `operator new` that counts allocations and fails on request. Threads can be excluded, so that a
// server in the same process is not affected. Used by the torture tests only, because it replaces the program's
// allocator.
#ifndef REFOLD_TESTS_TORTURE_COUNTING_NEW_HPP
#define REFOLD_TESTS_TORTURE_COUNTING_NEW_HPP

#include <ostream>

namespace refold::test {

enum class Failing {
    once,     ///< only the n-th allocation
    onwards,  ///< the n-th and all later ones
};

/// Prints the value in GoogleTest's messages.
inline void PrintTo(Failing failing, std::ostream* out) {
    *out << (failing == Failing::once ? "once" : "from then on");
}

/// Restarts the count and makes the n-th allocation from now on fail, counted from 1; 0 for none.
void failAllocation(long n, Failing how);
/// Stops failing. Returns the number of allocations since `failAllocation`.
long stopFailing();
/// True if an allocation has failed since `failAllocation`.
bool hasFailed();
/// Returns the number of blocks that are not yet freed, without those of excluded threads.
long liveBlocks();
/// Excludes this thread: its allocations neither count nor fail from now on.
void leaveOutThisThread();

/// Excludes the current thread for its lifetime. Used for a test's own work between the counted calls.
class LeftOut {
  public:
    LeftOut();
    LeftOut(const LeftOut&) = delete;
    LeftOut& operator=(const LeftOut&) = delete;
    ~LeftOut();

  private:
    bool before_;
};

}  // namespace refold::test

#endif
