// Tells a process from its fork() children. In a child only the thread that called fork() exists: mutexes of other
// threads stay locked, threads cannot be joined, and sockets are shared with the parent. Objects that own threads,
// locks or connections compare the identity before they use them.
#ifndef REFOLD_TYPES_PROCESS_IDENTITY_HPP
#define REFOLD_TYPES_PROCESS_IDENTITY_HPP

#include <cstdint>

#ifndef _WIN32
#include <unistd.h>
#endif

namespace refold::internal {

/// Differs between a process and its fork() children. Costs one system call at most.
class ProcessIdentity {
  public:
    static ProcessIdentity current() noexcept {
#ifdef _WIN32
        return ProcessIdentity(0);  // there is no fork()
#else
        return ProcessIdentity(static_cast<std::int64_t>(::getpid()));
#endif
    }

    bool isCurrent() const noexcept {
        return *this == current();
    }

    friend bool operator==(ProcessIdentity a, ProcessIdentity b) noexcept {
        return a.id_ == b.id_;
    }
    friend bool operator!=(ProcessIdentity a, ProcessIdentity b) noexcept {
        return a.id_ != b.id_;
    }

  private:
    explicit ProcessIdentity(std::int64_t id) noexcept : id_(id) {
    }

    std::int64_t id_;
};

}  // namespace refold::internal

#endif
