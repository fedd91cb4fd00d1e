// Validates a client's options and reads the environment. Used by client.cpp.
#ifndef REFOLD_CLIENT_CLIENT_SETTINGS_HPP
#define REFOLD_CLIENT_CLIENT_SETTINGS_HPP

#include <refold/auth.hpp>
#include <refold/call_options.hpp>
#include <refold/client_options.hpp>

#include <memory>
#include <string>

namespace refold::internal {

/// Throws an InvalidArgument that names the option, its value and the rule.
void checkOptions(const ClientOptions& options);
void checkCall(const CallOptions& options);

/// Returns the base URL without a trailing slash, after checking that credentials may be sent to it.
std::string checkedBaseUrl(const ClientOptions& options);
std::string userAgentOf(const ClientOptions& options);

/// Implements `Client::fromEnvironment`.
std::shared_ptr<AuthStrategy> authFromEnvironment();
void takeBaseUrlFromEnvironment(ClientOptions& options);

}  // namespace refold::internal

#endif
