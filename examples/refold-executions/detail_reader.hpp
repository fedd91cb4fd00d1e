// Reads the details of many runs, several at a time and in the order in which they were asked for. The client's rate
// limit paces them. Used wherever the reasons of failures are shown.
#ifndef REFOLD_EXECUTIONS_DETAIL_READER_HPP
#define REFOLD_EXECUTIONS_DETAIL_READER_HPP

#include <refold/client.hpp>

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace cli {

/// The runs with these ids; none in the place of one that is gone. Throws the first other failure, after the calls
/// under way have ended.
/// \param onRead  called with the number read so far, on several threads, one at a time; may be empty
std::vector<std::optional<refold::ExecutionDetail>> readDetails(const refold::Client& client,
                                                                const std::vector<std::string>& ids,
                                                                const refold::CallOptions& call,
                                                                const std::function<void(std::size_t)>& onRead = {});

}  // namespace cli

#endif
