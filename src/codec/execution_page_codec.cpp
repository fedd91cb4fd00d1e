// Instantiates the page decoder for executions.
#include "codec/execution_page_codec.hpp"

#include "codec/page_document.hpp"

namespace refold::internal {

Page<Execution> decodeExecutionPage(std::string_view body, std::optional<std::int64_t> askedPage,
                                    std::optional<std::int64_t> askedLimit) {
    return decodePage<Execution>(body, askedPage, askedLimit);
}

}  // namespace refold::internal
