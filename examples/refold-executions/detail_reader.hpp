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
    /// Empty where the run is gone, or could not be read.
    std::optional<refold::ExecutionDetail> run = {};
    /// The reason that it could not be read.
    std::string error = {};
};

/// The runs with these ids. One that the server fails to show leaves the others as they are. Throws any other failure,
/// and that of several runs one after the other, after the calls under way have ended.
/// \param onRead  called with the number read so far, on several threads, one at a time; may be empty
std::vector<ReadDetail> readDetails(const refold::Client& client, const std::vector<std::string>& ids,
                                    const refold::CallOptions& call,
                                    const std::function<void(std::size_t)>& onRead = {});

}  // namespace cli

#endif
