// Compresses with zlib; builds the bomb by hand.
#include "support/gzip.hpp"

#include <zlib.h>

#include <stdexcept>

namespace refold::test {

namespace {

// zlib's window sizes that select gzip's header and trailer, or neither.
constexpr int gzipWindow = 15 + 16;
constexpr int rawWindow = -15;

std::string deflated(std::string_view text, int window, int flush) {
    z_stream stream{};
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        throw std::runtime_error("zlib cannot start");
    }
    std::string input(text);
    std::string output(deflateBound(&stream, input.size()) + 64, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    stream.next_out = reinterpret_cast<Bytef*>(output.data());
    stream.avail_out = static_cast<uInt>(output.size());
    deflate(&stream, flush);
    output.resize(stream.total_out);
    deflateEnd(&stream);
    return output;
}

void appendLittleEndian(std::string& text, unsigned long number) {
    for (int shift = 0; shift < 32; shift += 8) text += static_cast<char>((number >> shift) & 0xff);
}

}  // namespace

std::string gzip(std::string_view text) {
    return deflated(text, gzipWindow, Z_FINISH);
}

std::string gzipBomb(std::size_t mebibytes) {
    // After a full flush, a block ends on a byte and refers to nothing before it, so that it can be repeated.
    const std::string piece(std::size_t{1} << 20, ' ');
    const std::string block = deflated(piece, rawWindow, Z_FULL_FLUSH);
    const uLong pieceSum = crc32(0, reinterpret_cast<const Bytef*>(piece.data()), static_cast<uInt>(piece.size()));
    std::string bomb("\x1f\x8b\x08\0\0\0\0\0\0\xff", 10);
    uLong sum = 0;
    for (std::size_t i = 0; i < mebibytes; ++i) {
        bomb += block;
        sum = crc32_combine(sum, pieceSum, static_cast<z_off_t>(piece.size()));
    }
    bomb.append("\x03\0", 2);  // an empty last block
    appendLittleEndian(bomb, sum);
    appendLittleEndian(bomb, mebibytes << 20);
    return bomb;
}

}  // namespace refold::test
