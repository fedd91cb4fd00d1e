// Decodes the answers to stop and rerun. Used by client.cpp.
#ifndef REFOLD_CODEC_ACTION_CODEC_HPP
#define REFOLD_CODEC_ACTION_CODEC_HPP

#include <string>
#include <string_view>

namespace refold::internal {

/// Accepts an empty or blank body and any object except an error envelope. Throws DecodeError.
void checkStopAnswer(std::string_view body);

/// Returns the new run's id, under any of the names that servers use. Throws DecodeError.
std::string decodeRerunAnswer(std::string_view body);

}  // namespace refold::internal

#endif
