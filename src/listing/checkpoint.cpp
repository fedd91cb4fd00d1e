// Variable-length numbers (seven bits a byte, signed ones folded), eight-byte hashes, base64url.
#include "listing/checkpoint.hpp"

#include "listing/key_hash.hpp"

#include <refold/error.hpp>

#include <limits>
#include <optional>

namespace refold::internal {

namespace {

constexpr std::string_view prefix = "rf1.";
constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

[[noreturn]] void refuse(const std::string& why) {
    throw InvalidArgument("resumeFrom", "resumeFrom " + why);
}

[[noreturn]] void refuseDamaged() {
    refuse(
        "is not a whole checkpoint: it was cut or changed; pass the text of the listing's checkpoint() as it was, or "
        "start without resumeFrom");
}

class Writer {
  public:
    void byte(std::uint64_t value) { bytes_.push_back(static_cast<char>(static_cast<unsigned char>(value & 0xffU))); }
    void number(std::uint64_t value) {
        for (; value >= 0x80U; value >>= 7U) byte((value & 0x7fU) | 0x80U);
        byte(value);
    }
    void signedNumber(std::int64_t value) {
        const auto raw = static_cast<std::uint64_t>(value);
        number((raw << 1U) ^ (value < 0 ? ~std::uint64_t{0} : 0));
    }
    void hash(std::uint64_t value) {
        for (unsigned shift = 0; shift < 64; shift += 8) byte(value >> shift);
    }
    const std::string& bytes() const noexcept { return bytes_; }

  private:
    std::string bytes_ = {};
};

class Reader {
  public:
    explicit Reader(std::string_view bytes) : bytes_(bytes) {}

    std::uint64_t byte() {
        if (at_ == bytes_.size()) refuseDamaged();
        return static_cast<unsigned char>(bytes_[at_++]);
    }
    std::uint64_t number() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            const std::uint64_t next = byte();
            value |= (next & 0x7fU) << shift;
            if (next < 0x80U) return value;
        }
        refuseDamaged();
    }
    std::int64_t signedNumber() {
        const std::uint64_t raw = number();
        return static_cast<std::int64_t>((raw >> 1U) ^ ((raw & 1U) != 0 ? ~std::uint64_t{0} : 0));
    }
    std::uint64_t hash() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 8) value |= byte() << shift;
        return value;
    }
    bool done() const noexcept { return at_ == bytes_.size(); }
    std::size_t left() const noexcept { return bytes_.size() - at_; }

  private:
    std::string_view bytes_;
    std::size_t at_ = 0;
};

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
        if (value == std::string_view::npos) refuseDamaged();
        held = (held << 6U) | static_cast<unsigned>(value);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            bytes.push_back(static_cast<char>(static_cast<unsigned char>((held >> bits) & 0xffU)));
            held &= (1U << bits) - 1U;
        }
    }
    if (bits >= 6 || held != 0) refuseDamaged();
    return bytes;
}

enum Flag : unsigned { finishedFlag = 1, plainFlag = 2, datesFlag = 4 };

}  // namespace

std::string encodePosition(const Position& position) {
    Writer writer;
    writer.hash(position.query);
    writer.byte((position.finished ? finishedFlag : 0U) | (position.plain ? plainFlag : 0U) |
                (position.datesOrdered ? datesFlag : 0U));
    writer.signedNumber(position.rank);
    writer.signedNumber(position.shift);
    writer.signedNumber(position.page);
    writer.signedNumber(position.totalDocs);
    writer.number(position.tail.size());
    std::uint64_t before = 0;
    for (const ItemMark& mark : position.tail) {
        writer.hash(mark.key);
        writer.byte(mark.place ? 1 : 0);
        if (!mark.place) continue;
        // Differences are short; unsigned, so that they may wrap.
        writer.signedNumber(static_cast<std::int64_t>(static_cast<std::uint64_t>(*mark.place) - before));
        before = static_cast<std::uint64_t>(*mark.place);
    }
    Writer sealed = writer;
    sealed.hash(hashText(writer.bytes()));
    return std::string(prefix) + toBase64(sealed.bytes());
}

Position decodePosition(std::string_view text, std::uint64_t query) {
    if (text.substr(0, prefix.size()) != prefix) {
        const bool otherVersion = text.substr(0, 2) == "rf" && text.find('.') < 8;
        refuse(otherVersion ? "is a checkpoint of another version of the library; start without it"
                            : "is not a checkpoint; pass the text of a listing's checkpoint()");
    }
    const std::string bytes = fromBase64(text.substr(prefix.size()));
    if (bytes.size() < 8) refuseDamaged();
    const std::string_view content = std::string_view(bytes).substr(0, bytes.size() - 8);
    if (Reader(std::string_view(bytes).substr(content.size())).hash() != hashText(content)) refuseDamaged();

    Reader reader(content);
    Position position;
    position.query = reader.hash();
    if (position.query != query) {
        refuse("was made by a listing of another query; the filters, the dates and the order must be the same");
    }
    const std::uint64_t flags = reader.byte();
    position.finished = (flags & finishedFlag) != 0;
    position.plain = (flags & plainFlag) != 0;
    position.datesOrdered = (flags & datesFlag) != 0;
    position.rank = reader.signedNumber();
    position.shift = reader.signedNumber();
    position.page = reader.signedNumber();
    position.totalDocs = reader.signedNumber();
    const std::uint64_t count = reader.number();
    // A checksum can be made for anything; the numbers must be such as a listing writes.
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max() / 4;
    const auto sane = [](std::int64_t value) { return value > -most && value < most; };
    const bool counted = position.page >= (position.plain ? 1 : 0) && position.totalDocs >= 0;
    if (!sane(position.rank) || !sane(position.shift) || !sane(position.page) || !sane(position.totalDocs) ||
        !counted || count > reader.left() / 9 || position.rank + 1 < static_cast<std::int64_t>(count)) {
        refuseDamaged();
    }
    std::uint64_t before = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
        ItemMark mark;
        mark.key = reader.hash();
        if (reader.byte() != 0) {
            before += static_cast<std::uint64_t>(reader.signedNumber());
            mark.place = static_cast<Place>(before);
        }
        position.tail.push_back(mark);
    }
    if (!reader.done()) refuseDamaged();
    return position;
}

}  // namespace refold::internal
