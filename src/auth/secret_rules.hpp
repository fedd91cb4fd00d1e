// Validates credentials. Used by the strategies and by the client's token requests.
#ifndef REFOLD_AUTH_SECRET_RULES_HPP
#define REFOLD_AUTH_SECRET_RULES_HPP

#include <refold/error.hpp>

#include "auth/header_rules.hpp"
#include "text/ascii_case.hpp"

#include <string>
#include <string_view>

namespace refold::internal {

constexpr std::string_view bearerPrefix = "Bearer ";

/// Throws an InvalidArgument that names the argument and never shows its value.
inline void checkSecret(const char* argument, const std::string& value) {
    if (value.empty()) throw InvalidArgument(argument, std::string(argument) + " is empty; it must be set");
    if (!isHeaderValue(value)) {
        throw InvalidArgument(argument, std::string(argument) +
                                            " has a control character (value not shown: secret), often the newline of "
                                            "the file it was read from; remove it");
    }
}

/// The same for a session token, which must not have the prefix that the client adds.
inline void checkToken(const char* argument, const std::string& value) {
    checkSecret(argument, value);
    if (!equalsIgnoringCase(std::string_view(value).substr(0, bearerPrefix.size()), bearerPrefix)) return;
    throw InvalidArgument(argument, std::string(argument) +
                                        " begins with \"Bearer \" (value not shown: secret); pass the token alone, "
                                        "the client adds the prefix itself");
}

}  // namespace refold::internal

#endif
