// Parses http(s) URLs, to check a base URL, compare origins and resolve redirects. Used by the client's options, the
// pipeline and the transport.
#ifndef REFOLD_TRANSPORT_URL_HPP
#define REFOLD_TRANSPORT_URL_HPP

#include <optional>
#include <string>
#include <string_view>

namespace refold::internal {

class Url {
  public:
    /// Returns no value unless `text` is an absolute http or https URL with a host and without invalid characters.
    static std::optional<Url> parse(std::string_view text);

    bool isHttps() const noexcept { return scheme_ == "https"; }
    /// In lower case; an IPv6 address in brackets.
    const std::string& host() const noexcept { return host_; }
    int port() const noexcept { return port_; }
    /// Begins with `/`; without query and fragment.
    const std::string& path() const noexcept { return path_; }
    /// With its `?`; empty if there is none.
    const std::string& query() const noexcept { return query_; }
    bool hasFragment() const noexcept { return hasFragment_; }
    /// True if the URL has a user name or a password.
    bool hasCredentials() const noexcept { return hasCredentials_; }

    /// True for `localhost`, names below it, 127.0.0.0/8 and ::1.
    bool isLoopback() const noexcept;
    bool sameOrigin(const Url& other) const noexcept;
    /// Scheme and host, and the port unless it is the scheme's default.
    std::string origin() const;
    /// The URL without credentials and fragment.
    std::string text() const;
    /// Resolves `reference`, a `Location` header, against this URL (RFC 3986, 5.2). Returns no value unless the result
    /// is an http or https URL.
    std::optional<Url> resolve(std::string_view reference) const;

  private:
    Url() = default;
    bool readAuthority(std::string_view text);
    void readPath(std::string_view text);

    std::string scheme_;
    std::string host_;
    int port_ = 0;
    std::string path_ = "/";
    std::string query_;
    bool hasFragment_ = false;
    bool hasCredentials_ = false;
};

}  // namespace refold::internal

#endif
