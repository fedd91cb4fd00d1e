// What nlohmann's parser says about a text that is not JSON, put in the codec's own terms. Used by the codecs' SAX
// handlers.
#ifndef REFOLD_CODEC_JSON_FAILURE_HPP
#define REFOLD_CODEC_JSON_FAILURE_HPP

#include "codec/decode_error.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace refold::internal {

/// \param body    the text
/// \param read    bytes that the parser has read, one more than there are where it met the end
/// \param detail  the parser's message
DecodeError malformedJson(std::string_view body, std::size_t read, std::string_view detail);

}  // namespace refold::internal

#endif
