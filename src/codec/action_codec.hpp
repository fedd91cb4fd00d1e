// The short answers of what changes a run on the server: stop and rerun.
#ifndef REFOLD_CODEC_ACTION_CODEC_HPP
#define REFOLD_CODEC_ACTION_CODEC_HPP

#include <string>
#include <string_view>

namespace refold::internal {

/// Any object will do for an answer to "stop", and nothing at all. Throws DecodeError.
void checkStopAnswer(std::string_view body);

/// The new run's id. Throws DecodeError.
std::string decodeRerunAnswer(std::string_view body);

}  // namespace refold::internal

#endif
