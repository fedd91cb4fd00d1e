// What may differ from call to call. The last argument of every operation.
#ifndef REFOLD_CALL_OPTIONS_HPP
#define REFOLD_CALL_OPTIONS_HPP

#include <refold/cancel.hpp>

#include <chrono>
#include <optional>

namespace refold {
inline namespace v0 {

/// Time limit and cancellation of one call. A plain struct; by default it changes nothing.
struct CallOptions {
    /// The most that one call may take, its retries, back-off and pacing included; unset, `ClientOptions::timeout`.
    /// For a range it holds for each page, since how long the reader takes is not the library's to bound.
    std::optional<std::chrono::milliseconds> timeout = {};
    /// Ends the call, or the range, with `Cancelled`.
    CancelToken cancel = {};
};

}  // namespace v0
}  // namespace refold

#endif
