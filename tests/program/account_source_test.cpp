// Tests which credentials count as the same account for a checkpoint.
#include "account_source.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <string>

namespace refold::test {
namespace {

std::uint64_t sourceWith(const char* name, const std::string& value) {
    ::setenv(name, value.c_str(), 1);
    const std::uint64_t source = cli::sourceOf({});
    ::unsetenv(name);
    return source;
}

TEST(AccountSource, DiffersByTheEnvironmentOfTheKey) {
    const auto key = [](const char* value) { return sourceWith("REFOLD_API_KEY", value); };
    EXPECT_NE(key("pk_not_a_real_key"), key("tk_not_a_real_key"));
    EXPECT_EQ(key("tk_not_a_real_key"), key("tk_another_unreal_key"));
}

TEST(AccountSource, DiffersByTheAccountOfASessionToken) {
    const auto token = [](const char* payload) {
        return sourceWith("REFOLD_SESSION_TOKEN", std::string("e30.") + payload + ".unreal");
    };
    // {"org_id":"o","linked_account_id":"ann","exp":1}, the same with "exp":2, and with "bob".
    const std::uint64_t ann = token("eyJvcmdfaWQiOiJvIiwibGlua2VkX2FjY291bnRfaWQiOiJhbm4iLCJleHAiOjF9");
    EXPECT_EQ(ann, token("eyJvcmdfaWQiOiJvIiwibGlua2VkX2FjY291bnRfaWQiOiJhbm4iLCJleHAiOjJ9")) << "a renewed token";
    EXPECT_NE(ann, token("eyJvcmdfaWQiOiJvIiwibGlua2VkX2FjY291bnRfaWQiOiJib2IiLCJleHAiOjF9"));
    EXPECT_EQ(token("opaque"), token("another"));
}

}  // namespace
}  // namespace refold::test
