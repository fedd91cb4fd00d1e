#include "testing/gzip.hpp"

#include <boost/beast/zlib/deflate_stream.hpp>
#include <boost/crc.hpp>

#include <cstdint>

namespace refold::internal::fake {

namespace {

namespace zlib = boost::beast::zlib;

// Method "deflate", no flags, no time, an unknown system.
constexpr unsigned char head[] = {0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255};
constexpr std::size_t tailSize = 8;

void appendLittleEndian(std::string& text, std::uint32_t number) {
    for (int shift = 0; shift < 32; shift += 8) text += static_cast<char>(number >> shift & 0xff);
}

}  // namespace

std::string gzip(std::string_view text) {
    zlib::deflate_stream deflate;
    std::string result(sizeof head + deflate.upper_bound(text.size()) + tailSize, '\0');
    result.replace(0, sizeof head, reinterpret_cast<const char*>(head), sizeof head);

    zlib::z_params parameters;
    parameters.next_in = text.data();
    parameters.avail_in = text.size();
    parameters.next_out = &result[sizeof head];
    parameters.avail_out = result.size() - sizeof head;
    boost::system::error_code error;  // end_of_stream: the output has room for all
    deflate.write(parameters, zlib::Flush::finish, error);
    result.resize(sizeof head + parameters.total_out);

    boost::crc_32_type checksum;
    checksum.process_bytes(text.data(), text.size());
    appendLittleEndian(result, checksum.checksum());
    appendLittleEndian(result, static_cast<std::uint32_t>(text.size()));
    return result;
}

}  // namespace refold::internal::fake
