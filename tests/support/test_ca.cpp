// Uses `openssl ca`, because only that command sets the dates of validity.
#include "support/test_ca.hpp"

#include "support/temporary_directory.hpp"

#include <cstdlib>
#include <stdexcept>
#include <string>

namespace refold::test {

namespace {

constexpr const char* caConfiguration = R"([ca]
default_ca = ours
[ours]
database = index.txt
new_certs_dir = .
private_key = ca.key
certificate = ca.pem
default_md = sha256
default_days = 30
policy = any
unique_subject = no
rand_serial = yes
[any]
commonName = supplied
[req]
distinguished_name = nobody
[nobody]
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
subjectKeyIdentifier = hash
[local]
basicConstraints = CA:FALSE
subjectAltName = DNS:localhost, IP:127.0.0.1, DNS:expired.example.test, DNS:unknownca.example.test
[away]
basicConstraints = CA:FALSE
subjectAltName = DNS:elsewhere.example.test
)";

constexpr const char* script = R"(set -e
: > index.txt
make="openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -config openssl.cnf"
sign="openssl ca -batch -notext -config openssl.cnf"
$make -x509 -days 30 -extensions authority -subj "/CN=refold test CA" -keyout ca.key -out ca.pem
$make -x509 -days 30 -extensions authority -subj "/CN=some other CA" -keyout other.key -out other.pem
$make -x509 -days 30 -extensions local -subj "/CN=localhost" -keyout selfsigned.key -out selfsigned.pem
for name in good expired future elsewhere unknownca; do
    $make -subj "/CN=$name" -keyout $name.key -out $name.csr
done
$sign -extensions local -in good.csr -out good.pem
$sign -extensions local -startdate 20200101000000Z -enddate 20200201000000Z -in expired.csr -out expired.pem
$sign -extensions local -startdate 20900101000000Z -enddate 20910101000000Z -in future.csr -out future.pem
$sign -extensions away -in elsewhere.csr -out elsewhere.pem
$sign -extensions local -keyfile other.key -cert other.pem -in unknownca.csr -out unknownca.pem
)";

}  // namespace

void makeTestCertificates(const TemporaryDirectory& directory) {
    directory.write("openssl.cnf", caConfiguration);
    directory.write("make_certificates", script);
    const std::string command = "cd '" + directory.path() + "' && sh ./make_certificates > openssl.log 2>&1";
    if (std::system(command.c_str()) != 0) {
        throw std::runtime_error("openssl could not make the certificates: " + directory.read("openssl.log"));
    }
}

}  // namespace refold::test
