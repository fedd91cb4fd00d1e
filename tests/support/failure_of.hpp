// Runs a call that must fail and returns its error. Used by tests that check an error's members.
#ifndef REFOLD_TESTS_SUPPORT_FAILURE_OF_HPP
#define REFOLD_TESTS_SUPPORT_FAILURE_OF_HPP

#include <stdexcept>

namespace refold::test {

template <class ErrorClass, class Work>
ErrorClass failureOf(Work work) {
    try {
        work();
    } catch (const ErrorClass& error) {
        return error;
    }
    throw std::logic_error("nothing was thrown");
}

}  // namespace refold::test

#endif
