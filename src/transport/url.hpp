// An http(s) URL taken apart: enough to check a base URL, to tell whether two URLs share an origin, and to resolve a
// redirect. Used by the client's options, the pipeline and the transport.
#ifndef REFOLD_TRANSPORT_URL_HPP
#define REFOLD_TRANSPORT_URL_HPP

#include <optional>
#include <string>
#include <string_view>

namespace refold::internal {

class Url {
  public:
    /// Empty for anything but an absolute http or https URL with a host (and no characters that have no place in one).
    static std::optional<Url> parse(std::string_view text);

    bool isHttps() const noexcept { return scheme_ == "https"; }
    /// In lower case; an IPv6 address with its brackets.
    const std::string& host() const noexcept { return host_; }
    int port() const noexcept { return port_; }
    /// Begins with `/`; without query and fragment.
    const std::string& path() const noexcept { return path_; }
    /// With its `?`; empty where there is none.
    const std::string& query() const noexcept { return query_; }
    bool hasFragment() const noexcept { return hasFragment_; }
    /// Whether it names a user or a password.
    bool hasCredentials() const noexcept { return hasCredentials_; }

    /// Whether the host is this machine: `localhost`, a name below it, 127.0.0.0/8 or ::1.
    bool isLoopback() const noexcept;
    bool sameOrigin(const Url& other) const noexcept;
    /// Scheme, host and (where it is not the scheme's own) port.
    std::string origin() const;
    /// The whole URL without credentials and fragment.
    std::string text() const;
    /// What `reference` (a `Location` header) means when read at this URL (RFC 3986, 5.2). Empty where it is not a URL
    /// that could be followed.
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
