// Turns a failed system call into an exception. Used by the tests' sockets and subprocesses.
#ifndef REFOLD_TESTS_SUPPORT_THROW_ERRNO_HPP
#define REFOLD_TESTS_SUPPORT_THROW_ERRNO_HPP

#include <cerrno>
#include <system_error>

namespace refold::test {

[[noreturn]] inline void throwErrno(const char* what) {
    throw std::system_error(errno, std::generic_category(), what);
}

}  // namespace refold::test

#endif
