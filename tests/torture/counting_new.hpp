// A global `operator new` that counts, and fails on request. Threads can be excluded, so that a server in the same
// process continues. Used by the torture tests only, because it replaces the program's allocator.
#ifndef REFOLD_TESTS_TORTURE_COUNTING_NEW_HPP
#define REFOLD_TESTS_TORTURE_COUNTING_NEW_HPP

#include <ostream>

namespace refold::test {

enum class Failing {
    once,     ///< only the n-th allocation
    onwards,  ///< the n-th and all that follow
};

/// How GoogleTest names it.
inline void PrintTo(Failing failing, std::ostream* out) {
    *out << (failing == Failing::once ? "once" : "from then on");
}

/// Starts counting at zero; the n-th allocation from now on (counted from 1) fails. 0 fails none.
void failAllocation(long n, Failing how);
/// No more failures. Returns how many allocations there were since `failAllocation`.
long stopFailing();
/// Whether an allocation has failed since `failAllocation`.
bool hasFailed();
/// Blocks that are allocated and not yet freed, those of left-out threads not counted.
long liveBlocks();
/// This thread's allocations neither count nor fail, from now on.
void leaveOutThisThread();

/// Leaves out the current thread for its lifetime; for what a test itself does in between.
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
