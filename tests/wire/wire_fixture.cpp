// Defines nginx's configuration, which all tests of the program share.
#include "wire/wire_fixture.hpp"

#include "support/http_text.hpp"
#include "support/test_ca.hpp"

#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <tuple>

namespace refold::test {

namespace {

// Each {name} is a separate address, with no more than its test needs.
constexpr const char* configuration = R"(
    {limit zone}
    default_type application/json;
    gzip on;
    gzip_types application/json;
    gzip_min_length 1;
    ssl_certificate good.pem;
    ssl_certificate_key good.key;
    map $arg_page $page { default 1; 2 2; 3 3; }

    server {
        listen {plain};
        location = /api/v2/public/execution { alias page1.json; add_header Set-Cookie "session=made-up; Path=/"; }
    }
    server {
        listen {pages};
        location = /api/v2/public/execution { rewrite ^ /page$page.json break; root .; }
    }
    server {
        listen {tls} ssl;
        location = /api/v2/public/execution { alias page1.json; }
    }
    server {
        listen {http2} ssl http2;
        keepalive_requests 1000000;
        location = /api/v2/public/execution { alias page1.json; }
        location ~ /rerun$ { return 200 '{"status":"success","id":"run_2"}'; }
    }
    server {
        listen {short2} ssl http2;
        {three requests}
        location = /api/v2/public/execution { alias page1.json; }
        location ~ /rerun$ { return 200 '{"status":"success","id":"run_2"}'; }
    }
    server {
        listen {reset2} ssl http2;
        keepalive_requests 1000000;
        # Resets the second request's stream; the connection stays open.
        if ($connection_requests = 2) { return 444; }
        location = /api/v2/public/execution { alias page1.json; }
    }
    server {
        listen {short1};
        keepalive_requests 3;
        location = /api/v2/public/execution { alias page1.json; }
    }
    server {
        listen {limited};
        server_name limited;
        {limit}
        location = /api/v2/public/execution { alias page1.json; }
    }
    server {
        listen {dead};
        location / { proxy_pass http://{nobody}; }
    }
    server { listen {expired} ssl; ssl_certificate expired.pem; ssl_certificate_key expired.key; return 204; }
    server { listen {future} ssl; ssl_certificate future.pem; ssl_certificate_key future.key; return 204; }
    server {
        listen {elsewhere} ssl http2;
        ssl_certificate elsewhere.pem;
        ssl_certificate_key elsewhere.key;
        location = /api/v2/public/execution { alias page1.json; }
    }
    server { listen {selfsigned} ssl; ssl_certificate selfsigned.pem; ssl_certificate_key selfsigned.key; return 204; }
    server { listen {unknownca} ssl; ssl_certificate unknownca.pem; ssl_certificate_key unknownca.key; return 204; }
    server { listen {tls11} ssl; ssl_protocols TLSv1 TLSv1.1; ssl_ciphers ALL:@SECLEVEL=0; return 204; }
    server {
        listen {tls12} ssl;
        ssl_protocols TLSv1.2;
        location = /api/v2/public/execution { alias page1.json; }
    }
)";

constexpr const char* permissiveOpenssl = R"(openssl_conf = everything
[everything]
ssl_conf = tls
[tls]
system_default = permissive
[permissive]
MinProtocol = TLSv1
CipherString = ALL:@SECLEVEL=0
)";

void fillIn(std::string& text, const std::string& placeholder, const std::string& value) {
    text.replace(text.find(placeholder), placeholder.size(), value);
}

/// True if `keepalive_requests` applies to HTTP/2, as since nginx 1.19.7.
bool countsHttp2Requests() {
    const std::string options = Nginx::buildOptions();
    const std::string name = "nginx/";
    int major = 0;
    int minor = 0;
    int patch = 0;
    const std::size_t at = options.find(name);
    if (at == std::string::npos) return true;
    std::sscanf(options.c_str() + at + name.size(), "%d.%d.%d", &major, &minor, &patch);
    return std::tie(major, minor, patch) >= std::make_tuple(1, 19, 7);
}

}  // namespace

std::unique_ptr<TemporaryDirectory> Wire::directory_;
std::unique_ptr<Nginx> Wire::nginx_;

void Wire::SetUpTestSuite() {
    if (nginx_ != nullptr) return;
    directory_ = std::make_unique<TemporaryDirectory>();
    makeTestCertificates(*directory_);
    // Debian configures OpenSSL to refuse TLS before 1.2. Permits it, because the test must show that the library
    // refuses it.
    setenv("OPENSSL_CONF", directory_->write("permissive.cnf", permissiveOpenssl).c_str(), 1);
    directory_->write("page1.json", pageJson(1, 3, true));
    directory_->write("page2.json", pageJson(2, 3, true));
    directory_->write("page3.json", pageJson(3, 3, false));
    // A port that is bound and never listens, so that connections are refused.
    static const Descriptor nobody = bindLoopback();
    std::string http = configuration;
    fillIn(http, "{nobody}", "127.0.0.1:" + std::to_string(portOf(nobody)));
    fillIn(http, "{limit zone}", hasRateLimit() ? "limit_req_zone $server_name zone=calls:1m rate=20r/s;" : "");
    fillIn(http, "{limit}", hasRateLimit() ? "limit_req zone=calls burst=5 nodelay; limit_req_status 429;" : "");
    fillIn(http, "{three requests}", countsHttp2Requests() ? "keepalive_requests 3;" : "http2_max_requests 3;");
    nginx_ = std::make_unique<Nginx>(
        *directory_,
        std::vector<std::string>{"plain", "pages", "tls", "http2", "short2", "reset2", "short1", "limited", "dead",
                                 "expired", "future", "elsewhere", "selfsigned", "unknownca", "tls11", "tls12"},
        http);
}

void Wire::TearDownTestSuite() {
    // Keeps nginx for the next suites. It ends with the program, even if the program crashes.
}

bool Wire::hasRateLimit() {
    static const bool has = Nginx::buildOptions().find("without-http_limit_req_module") == std::string::npos;
    return has;
}

const Nginx& Wire::nginx() {
    if (nginx_ == nullptr) throw std::runtime_error("nginx has not started: see the first test's message");
    return *nginx_;
}

std::string Wire::url(const std::string& port, const std::string& scheme, const std::string& host) {
    return scheme + "://" + host + ":" + std::to_string(nginx().port(port));
}

ClientOptions Wire::options(const std::string& baseUrl) {
    ClientOptions options = quickOptions(baseUrl);
    options.caFile = directory().file("ca.pem");
    return options;
}

ScopedVariable::ScopedVariable(std::string name, const std::string& value) : name_(std::move(name)) {
    if (const char* before = std::getenv(name_.c_str())) before_ = before;
    setenv(name_.c_str(), value.c_str(), 1);
}

ScopedVariable::~ScopedVariable() {
    if (before_) {
        setenv(name_.c_str(), before_->c_str(), 1);
    } else {
        unsetenv(name_.c_str());
    }
}

}  // namespace refold::test
