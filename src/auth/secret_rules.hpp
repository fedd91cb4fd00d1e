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
        throw InvalidArgument(argument,
                              std::string(argument) +
                                  " holds a control character (its value is not shown, being secret); often it "
                                  "is the line end of the file that it was read from");
    }
}

/// The same for a session token, which must not have the prefix that the client adds.
inline void checkToken(const char* argument, const std::string& value) {
    checkSecret(argument, value);
    if (!sameButForCase(std::string_view(value).substr(0, bearerPrefix.size()), bearerPrefix)) return;
    throw InvalidArgument(argument, std::string(argument) +
                                        " begins with \"Bearer \" (its value is not shown, being secret); pass the "
                                        "token alone, the client adds the prefix itself");
}

}  // namespace refold::internal

#endif
