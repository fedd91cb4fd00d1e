// Compresses the embedded server's answers. Used by HttpConnection.
#ifndef REFOLD_TESTING_GZIP_HPP
#define REFOLD_TESTING_GZIP_HPP

#include <string>
#include <string_view>

namespace refold::internal::fake {

/// Returns the text as one gzip member (RFC 1952).
std::string gzip(std::string_view text);

}  // namespace refold::internal::fake

#endif
