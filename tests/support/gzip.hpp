// Compresses answers, valid or hostile. Used by the fault table and the gzip bomb.
#ifndef REFOLD_TESTS_SUPPORT_GZIP_HPP
#define REFOLD_TESTS_SUPPORT_GZIP_HPP

#include <cstddef>
#include <string>
#include <string_view>

namespace refold::test {

/// `text` as one gzip member.
std::string gzip(std::string_view text);

/// So many mebibytes of spaces as one gzip member, about a thousandth as long, and made in no time.
std::string gzipBomb(std::size_t mebibytes);

}  // namespace refold::test

#endif
