// Why a body could not be decoded, in the codec's own terms; whoever knows the URL and the attempt turns it into a
// ResponseError, or tries again where the body merely ended too early.
#ifndef REFOLD_CODEC_DECODE_ERROR_HPP
#define REFOLD_CODEC_DECODE_ERROR_HPP

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

namespace refold::internal {

class DecodeError : public std::runtime_error {
  public:
    /// \param reason      what is wrong, in a few words without control characters; the place is told by the others
    /// \param pointer     JSON pointer to the place, empty for the whole body
    /// \param offset      byte at which reading ended, where the text itself is at fault
    /// \param endedEarly  whether the body is a proper beginning of JSON that just stops (an empty body too)
    DecodeError(const std::string& reason, std::string pointer, std::optional<std::size_t> offset, bool endedEarly)
        : std::runtime_error(reason), pointer_(std::move(pointer)), offset_(offset), endedEarly_(endedEarly) {}

    const std::string& pointer() const noexcept { return pointer_; }
    std::optional<std::size_t> offset() const noexcept { return offset_; }
    bool endedEarly() const noexcept { return endedEarly_; }

  private:
    std::string pointer_;
    std::optional<std::size_t> offset_;
    bool endedEarly_;
};

}  // namespace refold::internal

#endif
