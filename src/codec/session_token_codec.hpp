// The token endpoint's request and answer: linked account -> JSON, JSON -> SessionToken.
#ifndef REFOLD_CODEC_SESSION_TOKEN_CODEC_HPP
#define REFOLD_CODEC_SESSION_TOKEN_CODEC_HPP

#include <refold/session_token.hpp>

#include <string>
#include <string_view>

namespace refold::internal {

/// Throws InvalidArgument for an id that is not UTF-8, which JSON cannot hold.
std::string encodeSessionTokenRequest(const std::string& linkedAccountId);

/// Throws DecodeError, whose words never quote the body. A lifetime is a number, or the digits of one in a string; one
/// that is missing or cannot be (zero, negative, more than ten years) is empty.
SessionToken decodeSessionToken(std::string_view body);

}  // namespace refold::internal

#endif
