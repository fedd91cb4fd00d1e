// What a credential must be before it is taken. Used by the strategies and by the client's own token requests.
#ifndef REFOLD_AUTH_SECRET_RULES_HPP
#define REFOLD_AUTH_SECRET_RULES_HPP

#include <refold/error.hpp>

#include "auth/header_rules.hpp"

#include <string>

namespace refold::internal {

/// Throws InvalidArgument that names the argument and never shows its value.
inline void checkSecret(const char* argument, const std::string& value) {
    if (value.empty()) throw InvalidArgument(argument, std::string(argument) + " is empty; it must be set");
    if (!isHeaderValue(value)) {
        throw InvalidArgument(argument,
                              std::string(argument) +
                                  " holds a control character (its value is not shown, being secret); often it "
                                  "is the line end of the file that it was read from");
    }
}

}  // namespace refold::internal

#endif
