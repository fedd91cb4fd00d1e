// Decodes the answer to `getExecution`. Used by client.cpp.
#ifndef REFOLD_CODEC_EXECUTION_DETAIL_CODEC_HPP
#define REFOLD_CODEC_EXECUTION_DETAIL_CODEC_HPP

#include <refold/execution_detail.hpp>

#include <string_view>

namespace refold::internal {

/// Uses `requestedId` if the body omits the id. Skips elements of `nodes` that are not objects. Throws DecodeError,
/// also for an object without any field of a run.
ExecutionDetail decodeExecutionDetail(std::string_view body, std::string_view requestedId);

}  // namespace refold::internal

#endif
