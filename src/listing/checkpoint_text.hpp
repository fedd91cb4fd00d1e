// The text format of checkpoints: a prefix that names kind and version, then base64url of numbers, hashes and a
// checksum. The checksum detects truncation and typing errors; it is not a signature. Used by listings and watches.
#ifndef REFOLD_LISTING_CHECKPOINT_TEXT_HPP
#define REFOLD_LISTING_CHECKPOINT_TEXT_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace refold::internal {

/// Throws `InvalidArgument` for `resumeFrom`. The message is the argument's name followed by `why`.
[[noreturn]] void refuseCheckpoint(const std::string& why);
[[noreturn]] void refuseDamagedCheckpoint();

/// True for the content of an empty file, which may end in a line end: there is nothing to resume from.
bool isBlankCheckpoint(std::string_view text) noexcept;

/// Writes variable-length numbers (seven bits per byte, zigzag if signed), hashes of eight bytes, and texts after their
/// length.
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

/// Reads what `CheckpointWriter` wrote. Throws `InvalidArgument` at a premature end.
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

/// Returns the text of a checkpoint. `prefix` is one or two letters for the kind, the version number and a dot.
std::string sealCheckpoint(std::string_view prefix, const CheckpointWriter& writer);
/// Returns the bytes of a checkpoint. Throws `InvalidArgument` if the text does not begin with `prefix` or is damaged.
/// `maker` names the function that makes such texts, for the message.
std::string openCheckpoint(std::string_view prefix, std::string_view maker, std::string_view text);

}  // namespace refold::internal

#endif
