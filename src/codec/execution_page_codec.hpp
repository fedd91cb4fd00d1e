// Decodes a page of executions with nlohmann's SAX parser, directly into the structs. Used by client.cpp.
#ifndef REFOLD_CODEC_EXECUTION_PAGE_CODEC_HPP
#define REFOLD_CODEC_EXECUTION_PAGE_CODEC_HPP

#include <refold/execution.hpp>
#include <refold/page.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace refold::internal {

/// Uses `askedPage` and `askedLimit` if the envelope omits its own. Throws DecodeError.
Page<Execution> decodeExecutionPage(std::string_view body, std::optional<std::int64_t> askedPage,
                                    std::optional<std::int64_t> askedLimit);

}  // namespace refold::internal

#endif
