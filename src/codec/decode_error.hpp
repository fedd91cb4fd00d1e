// The reason that a body could not be decoded. The pipeline turns it into a ResponseError with the URL and the
// attempts, or retries if the body was truncated.
#ifndef REFOLD_CODEC_DECODE_ERROR_HPP
#define REFOLD_CODEC_DECODE_ERROR_HPP

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

namespace refold::internal {

/// The part of the body that is quoted after the reason.
enum class Quotation : unsigned char {
    none,
    /// The first words.
    beginning,
    /// The error that it reports.
    error,
};

class DecodeError : public std::runtime_error {
  public:
    /// `reason` has no control characters and does not repeat the position. `pointer` is a JSON pointer to the value at
    /// fault, empty for the whole body. `offset` is the byte at fault if the text is malformed. `endedEarly` is true if
    /// the body is a valid prefix of JSON (or empty), so that it may have been truncated.
    DecodeError(const std::string& reason, std::string pointer, std::optional<std::size_t> offset, bool endedEarly)
        : std::runtime_error(reason),
          reason_(reason),
          pointer_(std::move(pointer)),
          offset_(offset),
          endedEarly_(endedEarly) {}

    /// With a quotation from the body, which follows the reason in `what()`.
    DecodeError(const std::string& reason, std::string pointer, std::optional<std::size_t> offset, bool endedEarly,
                Quotation quotation, const std::string& quoted)
        : std::runtime_error(reason + quoted),
          reason_(reason),
          pointer_(std::move(pointer)),
          offset_(offset),
          endedEarly_(endedEarly),
          quotation_(quotation) {}

    /// The reason without the quotation, which may hold secrets.
    const std::string& reason() const noexcept { return reason_; }
    Quotation quotation() const noexcept { return quotation_; }

    const std::string& pointer() const noexcept { return pointer_; }
    std::optional<std::size_t> offset() const noexcept { return offset_; }
    bool endedEarly() const noexcept { return endedEarly_; }

  private:
    std::string reason_;
    std::string pointer_;
    std::optional<std::size_t> offset_;
    bool endedEarly_;
    Quotation quotation_ = Quotation::none;
};

}  // namespace refold::internal

#endif
