// Compresses answers, valid or hostile. Used by the fault table and the gzip bomb.
#ifndef REFOLD_TESTS_SUPPORT_GZIP_HPP
#define REFOLD_TESTS_SUPPORT_GZIP_HPP

#include <cstddef>
#include <string>
#include <string_view>

namespace refold::test {

/// `text` as one gzip member.
std::string gzip(std::string_view text);

/// `mebibytes` of spaces as one gzip member of about a thousandth of that size, without compressing them all.
std::string gzipBomb(std::size_t mebibytes);

}  // namespace refold::test

#endif
