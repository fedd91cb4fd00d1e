// What a client is made from: its options checked, and the environment read. Used by client.cpp.
#ifndef REFOLD_CLIENT_SETTINGS_HPP
#define REFOLD_CLIENT_SETTINGS_HPP

#include <refold/auth.hpp>
#include <refold/call_options.hpp>
#include <refold/client_options.hpp>

#include <memory>
#include <string>

namespace refold::internal {

/// Throws InvalidArgument that names the option, its value and the rule.
void checkOptions(const ClientOptions& options);
void checkCall(const CallOptions& options);

/// The base URL without a slash at its end, once it has been found fit to send credentials to.
std::string checkedBaseUrl(const ClientOptions& options);
std::string userAgentOf(const ClientOptions& options);

/// As `Client::fromEnvironment` documents it.
std::shared_ptr<AuthStrategy> authFromEnvironment();
void takeBaseUrlFromEnvironment(ClientOptions& options);

}  // namespace refold::internal

#endif
