// Exponential back-off with full jitter. Used by the pipeline.
#ifndef REFOLD_PIPELINE_BACKOFF_HPP
#define REFOLD_PIPELINE_BACKOFF_HPP

#include <refold/client_options.hpp>

#include "time/random.hpp"

#include <algorithm>
#include <chrono>

namespace refold::internal {

/// Returns a random time in [0, min(maxBackoff, initialBackoff * 2^(retry-1))); `retry` is 1-based.
inline std::chrono::milliseconds backoff(const RetryPolicy& policy, int retry, Random& random) {
    std::chrono::milliseconds ceiling = policy.initialBackoff;
    for (int i = 1; i < retry && ceiling < policy.maxBackoff; ++i) {
        ceiling = ceiling > policy.maxBackoff / 2 ? policy.maxBackoff : ceiling * 2;
    }
    ceiling = std::min(ceiling, policy.maxBackoff);
    return std::chrono::milliseconds(
        static_cast<std::chrono::milliseconds::rep>(static_cast<double>(ceiling.count()) * random.unit()));
}

}  // namespace refold::internal

#endif
