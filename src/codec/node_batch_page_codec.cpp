// Instantiates the page decoder for batches.
#include "codec/node_batch_page_codec.hpp"

#include "codec/page_document.hpp"

namespace refold::internal {

Page<NodeBatch> decodeNodeBatchPage(std::string_view body, std::optional<std::int64_t> askedPage,
                                    std::optional<std::int64_t> askedLimit) {
    return decodePage<NodeBatch>(body, askedPage, askedLimit);
}

}  // namespace refold::internal
