// The answer to "one execution": bytes -> ExecutionDetail.
#ifndef REFOLD_CODEC_EXECUTION_DETAIL_CODEC_HPP
#define REFOLD_CODEC_EXECUTION_DETAIL_CODEC_HPP

#include <refold/execution_detail.hpp>

#include <string_view>

namespace refold::internal {

/// `askedId` stands in where the body leaves the id out. Elements of `nodes` that are no objects are passed over. Throws
/// DecodeError, also for an object in which nothing of a run is to be found.
ExecutionDetail decodeExecutionDetail(std::string_view body, std::string_view askedId);

}  // namespace refold::internal

#endif
