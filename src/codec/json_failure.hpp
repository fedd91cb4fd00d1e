// Turns a parse error of nlohmann/json into a DecodeError. Used by the codecs' SAX handlers.
#ifndef REFOLD_CODEC_JSON_FAILURE_HPP
#define REFOLD_CODEC_JSON_FAILURE_HPP

#include "codec/decode_error.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace refold::internal {

/// `read` is the number of bytes that the parser has read, one more than `body` has if it met the end. `detail` is the
/// parser's message.
DecodeError malformedJson(std::string_view body, std::size_t read, std::string_view detail);

}  // namespace refold::internal

#endif
