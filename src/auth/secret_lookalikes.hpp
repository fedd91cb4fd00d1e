// Takes out of texts what only looks like a secret: for what token providers and other code of the user's own says, which may hold
// credentials that no request was sent with.
#ifndef REFOLD_AUTH_SECRET_LOOKALIKES_HPP
#define REFOLD_AUTH_SECRET_LOOKALIKES_HPP

#include <string>
#include <string_view>

namespace refold::internal {

/// Replaces what may be a secret though nobody has named it: what follows words like token, key, secret or password and a
/// separator, in quotes as a whole; what follows `Cookie:`, `Bearer` or `Basic`; and any long run of letters and digits mixed.
std::string withoutSecretLookalikes(std::string_view text);

}  // namespace refold::internal

#endif
