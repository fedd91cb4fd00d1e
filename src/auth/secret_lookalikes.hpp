// Removes texts that look like secrets from the exceptions of token providers and other code of the user, which may
// hold credentials that the library does not know.
#ifndef REFOLD_AUTH_SECRET_LOOKALIKES_HPP
#define REFOLD_AUTH_SECRET_LOOKALIKES_HPP

#include <string>
#include <string_view>

namespace refold::internal {

/// Replaces the value after words like token, key, secret or password and a separator; the value after `Cookie:`,
/// `Bearer` or `Basic`; and every long mixture of letters and digits.
std::string withoutSecretLookalikes(std::string_view text);

}  // namespace refold::internal

#endif
