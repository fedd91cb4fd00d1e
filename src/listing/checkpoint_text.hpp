// What the checkpoints of listings and of watches have in common: numbers and hashes as bytes, the bytes as base64url
// behind a prefix that names kind and version, and a checksum, which detects what was cut or mistyped; it is no
// signature.
#ifndef REFOLD_LISTING_CHECKPOINT_TEXT_HPP
#define REFOLD_LISTING_CHECKPOINT_TEXT_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace refold::internal {

/// Throws `InvalidArgument` for `resumeFrom`; `why` goes on behind the argument's name.
[[noreturn]] void refuseCheckpoint(const std::string& why);
[[noreturn]] void refuseDamagedCheckpoint();

/// Variable-length numbers (seven bits a byte, signed ones folded), eight-byte hashes, texts with their length in
/// front.
class CheckpointWriter {
  public:
    void byte(std::uint64_t value) { bytes_.push_back(static_cast<char>(static_cast<unsigned char>(value & 0xffU))); }
    void number(std::uint64_t value);
    void signedNumber(std::int64_t value);
    void hash(std::uint64_t value);
    void text(std::string_view value);
    const std::string& bytes() const noexcept { return bytes_; }

  private:
    std::string bytes_ = {};
};

/// Reads them back. Throws `InvalidArgument` at a premature end.
class CheckpointReader {
  public:
    /// `bytes` must outlive the reader.
    explicit CheckpointReader(std::string_view bytes) : bytes_(bytes) {}

    std::uint64_t byte();
    std::uint64_t number();
    std::int64_t signedNumber();
    std::uint64_t hash();
    std::string text();
    bool done() const noexcept { return at_ == bytes_.size(); }
    std::size_t left() const noexcept { return bytes_.size() - at_; }

  private:
    std::string_view bytes_;
    std::size_t at_ = 0;
};

/// \param prefix  a letter or two for the kind, the version's number, a dot
std::string sealCheckpoint(std::string_view prefix, const CheckpointWriter& writer);
/// The bytes again. Throws `InvalidArgument` where the text is not one of `prefix`, or not a whole one.
/// \param maker  the function that makes such texts, for the message
std::string openCheckpoint(std::string_view prefix, std::string_view maker, std::string_view text);

}  // namespace refold::internal

#endif
