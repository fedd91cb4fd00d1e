// The listing's answer: bytes -> Page<Execution>, by nlohmann's SAX parser straight into the structs.
#ifndef REFOLD_CODEC_EXECUTION_PAGE_CODEC_HPP
#define REFOLD_CODEC_EXECUTION_PAGE_CODEC_HPP

#include <refold/execution.hpp>
#include <refold/page.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace refold::internal {

/// Decodes a page. `askedPage` and `askedLimit` stand in where the envelope leaves out its own.
/// Throws DecodeError.
Page<Execution> decodeExecutionPage(std::string_view body, std::optional<std::int64_t> askedPage,
                                    std::optional<std::int64_t> askedLimit);

}  // namespace refold::internal

#endif
