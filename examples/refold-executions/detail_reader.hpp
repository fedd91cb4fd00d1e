// Reads the details of many runs in parallel and returns them in the order requested. The client's rate limit paces the
// requests. Used to show the reasons of failures.
#ifndef REFOLD_EXECUTIONS_DETAIL_READER_HPP
#define REFOLD_EXECUTIONS_DETAIL_READER_HPP

#include <refold/client.hpp>

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace cli {

struct ReadDetail {
    /// Empty if the run is gone, or could not be read.
    std::optional<refold::ExecutionDetail> run = {};
    /// The reason that it could not be read.
    std::string error = {};
};

/// Reads the runs with these ids. A server error for one run is recorded in its entry. Throws any other failure, and a
/// server error of several runs in a row, after the calls in progress have ended.
/// \param onRead  called with the number read so far, on several threads, one at a time; may be empty
std::vector<ReadDetail> readDetails(const refold::Client& client, const std::vector<std::string>& ids,
                                    const refold::CallOptions& call,
                                    const std::function<void(std::size_t)>& onRead = {});

}  // namespace cli

#endif
