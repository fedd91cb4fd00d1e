// Creates a certificate authority for one test run with the openssl command, and valid and invalid certificates. Used
// by the TLS tests.
#ifndef REFOLD_TESTS_SUPPORT_TEST_CA_HPP
#define REFOLD_TESTS_SUPPORT_TEST_CA_HPP

namespace refold::test {

class TemporaryDirectory;

/// Writes into `directory`: `ca.pem`, and as pairs of `.pem` and `.key`
///   good        for localhost, 127.0.0.1, expired.example.test and unknownca.example.test, signed by the CA
///   expired     as good, long past
///   future      as good, not valid for decades
///   elsewhere   for elsewhere.example.test only
///   selfsigned  for localhost, signed by itself
///   unknownca   as good, signed by an unknown CA
/// Throws when openssl fails.
void makeTestCertificates(const TemporaryDirectory& directory);

}  // namespace refold::test

#endif
