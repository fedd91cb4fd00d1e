// Encodes requests to the token endpoint and decodes the answers. Used by token_requests.cpp.
#ifndef REFOLD_CODEC_SESSION_TOKEN_CODEC_HPP
#define REFOLD_CODEC_SESSION_TOKEN_CODEC_HPP

#include <refold/session_token.hpp>

#include <string>
#include <string_view>

namespace refold::internal {

/// Throws InvalidArgument for an id that is not UTF-8, which JSON requires.
std::string encodeSessionTokenRequest(const std::string& linkedAccountId);

/// Throws a DecodeError that never quotes the body. A lifetime is a number, also in a string; it has no value if it is
/// missing or invalid (zero, negative, more than ten years).
SessionToken decodeSessionToken(std::string_view body);

}  // namespace refold::internal

#endif
