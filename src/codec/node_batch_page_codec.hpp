// Decodes a page of a node's batches. Used by client.cpp.
#ifndef REFOLD_CODEC_NODE_BATCH_PAGE_CODEC_HPP
#define REFOLD_CODEC_NODE_BATCH_PAGE_CODEC_HPP

#include <refold/node_batch.hpp>
#include <refold/page.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace refold::internal {

/// Like `decodeExecutionPage`. Throws DecodeError.
Page<NodeBatch> decodeNodeBatchPage(std::string_view body, std::optional<std::int64_t> askedPage,
                                    std::optional<std::int64_t> askedLimit);

}  // namespace refold::internal

#endif
