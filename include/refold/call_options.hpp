// Time limit and cancellation of one call. The last argument of every operation of `Client`.
#ifndef REFOLD_CALL_OPTIONS_HPP
#define REFOLD_CALL_OPTIONS_HPP

#include <refold/cancel.hpp>

#include <chrono>
#include <optional>

namespace refold {
inline namespace v0 {

/// Options of one call.
struct CallOptions {
    /// Time limit of the call, including its retries, back-off and pacing. Unset: `ClientOptions::timeout`. For a
    /// range, the time limit of each page.
    std::optional<std::chrono::milliseconds> timeout = {};
    /// Ends the call or the range with `Cancelled`.
    CancelToken cancel = {};
};

}  // namespace v0
}  // namespace refold

#endif
