// Implements base64url, the variable-length numbers and the checksum.
#include "listing/checkpoint_text.hpp"

#include "listing/key_hash.hpp"

#include <refold/error.hpp>

namespace refold::internal {

namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string toBase64(std::string_view bytes) {
    std::string text;
    unsigned held = 0;
    unsigned bits = 0;
    for (const char c : bytes) {
        held = (held << 8U) | static_cast<unsigned char>(c);
        for (bits += 8; bits >= 6; bits -= 6) text.push_back(alphabet[(held >> (bits - 6)) & 0x3fU]);
        held &= (1U << bits) - 1U;
    }
    if (bits > 0) text.push_back(alphabet[(held << (6 - bits)) & 0x3fU]);
    return text;
}

std::string fromBase64(std::string_view text) {
    std::string bytes;
    unsigned held = 0;
    unsigned bits = 0;
    for (const char c : text) {
        const std::size_t value = alphabet.find(c);
        if (value == std::string_view::npos) refuseDamagedCheckpoint();
        held = (held << 6U) | static_cast<unsigned>(value);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            bytes.push_back(static_cast<char>(static_cast<unsigned char>((held >> bits) & 0xffU)));
            held &= (1U << bits) - 1U;
        }
    }
    if (bits >= 6 || held != 0) refuseDamagedCheckpoint();
    return bytes;
}

}  // namespace

void refuseCheckpoint(const std::string& why) {
    throw InvalidArgument("resumeFrom", "resumeFrom " + why);
}

void refuseDamagedCheckpoint() {
    refuseCheckpoint(
        "is not a whole checkpoint: it was cut or changed; pass the text of checkpoint() as it was, or start without "
        "resumeFrom");
}

bool isBlankCheckpoint(std::string_view text) noexcept {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

void CheckpointWriter::number(std::uint64_t value) {
    for (; value >= 0x80U; value >>= 7U) byte((value & 0x7fU) | 0x80U);
    byte(value);
}

void CheckpointWriter::signedNumber(std::int64_t value) {
    const auto raw = static_cast<std::uint64_t>(value);
    number((raw << 1U) ^ (value < 0 ? ~std::uint64_t{0} : 0));
}

void CheckpointWriter::hash(std::uint64_t value) {
    for (unsigned shift = 0; shift < 64; shift += 8) byte(value >> shift);
}

void CheckpointWriter::text(std::string_view value) {
    number(value.size());
    bytes_ += value;
}

std::uint64_t CheckpointReader::byte() {
    if (at_ == bytes_.size()) refuseDamagedCheckpoint();
    return static_cast<unsigned char>(bytes_[at_++]);
}

std::uint64_t CheckpointReader::number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        const std::uint64_t next = byte();
        value |= (next & 0x7fU) << shift;
        if (next < 0x80U) return value;
    }
    refuseDamagedCheckpoint();
}

std::int64_t CheckpointReader::signedNumber() {
    const std::uint64_t raw = number();
    return static_cast<std::int64_t>((raw >> 1U) ^ ((raw & 1U) != 0 ? ~std::uint64_t{0} : 0));
}

std::uint64_t CheckpointReader::hash() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 8) value |= byte() << shift;
    return value;
}

std::string CheckpointReader::text() {
    const std::uint64_t size = number();
    if (size > left()) refuseDamagedCheckpoint();
    at_ += static_cast<std::size_t>(size);
    return std::string(bytes_.substr(at_ - static_cast<std::size_t>(size), static_cast<std::size_t>(size)));
}

std::string sealCheckpoint(std::string_view prefix, const CheckpointWriter& writer) {
    CheckpointWriter sealed = writer;
    sealed.hash(hashText(writer.bytes()));
    return std::string(prefix) + toBase64(sealed.bytes());
}

std::string openCheckpoint(std::string_view prefix, std::string_view maker, std::string_view text) {
    if (text.substr(0, prefix.size()) != prefix) {
        const bool otherVersion = text.substr(0, 2) == prefix.substr(0, 2) && text.find('.') < 8;
        refuseCheckpoint(otherVersion ? "is a checkpoint of another version of the library; start without it"
                                      : "is not a checkpoint; pass the text of " + std::string(maker));
    }
    std::string bytes = fromBase64(text.substr(prefix.size()));
    if (bytes.size() < 8) refuseDamagedCheckpoint();
    const std::string_view content = std::string_view(bytes).substr(0, bytes.size() - 8);
    if (CheckpointReader(std::string_view(bytes).substr(content.size())).hash() != hashText(content)) {
        refuseDamagedCheckpoint();
    }
    bytes.resize(content.size());
    return bytes;
}

}  // namespace refold::internal
