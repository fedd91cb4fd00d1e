// The base of the API's open sets (status, type, source, environment): a value that is a string on the wire, with
// named constants for the known ones. A value that nobody has named yet is kept as it is and survives a round trip.
#ifndef REFOLD_OPEN_SET_HPP
#define REFOLD_OPEN_SET_HPP

#include <string>
#include <string_view>
#include <utility>

namespace refold {
inline namespace v0 {

/// A named constant of the open set `Set`. A literal, so that the constants cost no code at start-up; it converts to
/// `Set` wherever one is expected.
template <class Set>
class OpenSetConstant {
  public:
    /// \param text  as on the wire; has to outlive the constant
    explicit constexpr OpenSetConstant(std::string_view text) noexcept : text_(text) {}

    /// The text on the wire.
    /// \return a text that lives as long as the constant
    constexpr std::string_view value() const noexcept { return text_; }

    /// \return the constant as a value of its set
    operator Set() const { return Set(text_); }  // NOLINT(google-explicit-constructor): that is its purpose

  private:
    std::string_view text_;
};

/// What all open sets share. `Set` is the derived class. Values compare by their text, with each other, with constants and
/// with strings.
template <class Set>
class OpenSet {
  public:
    /// A named constant of this set.
    using Constant = OpenSetConstant<Set>;

    OpenSet() = default;
    /// \param text  as on the wire
    explicit OpenSet(std::string text) noexcept : text_(std::move(text)) {}

    /// The text as the server sent it, or as it will be sent. Empty where the server named none.
    /// \return the text, in the spelling of the wire
    const std::string& value() const noexcept { return text_; }
    /// \return whether the server named none
    bool empty() const noexcept { return text_.empty(); }

    friend bool operator==(const Set& a, const Set& b) noexcept { return a.value() == b.value(); }
    friend bool operator!=(const Set& a, const Set& b) noexcept { return a.value() != b.value(); }
    friend bool operator<(const Set& a, const Set& b) noexcept { return a.value() < b.value(); }
    friend bool operator==(const Set& a, Constant b) noexcept { return a.value() == b.value(); }
    friend bool operator!=(const Set& a, Constant b) noexcept { return a.value() != b.value(); }
    friend bool operator==(const Set& a, std::string_view b) noexcept { return a.value() == b; }
    friend bool operator!=(const Set& a, std::string_view b) noexcept { return a.value() != b; }
    friend bool operator==(const Set& a, const char* b) noexcept { return a.value() == b; }
    friend bool operator!=(const Set& a, const char* b) noexcept { return a.value() != b; }
    friend bool operator==(const Set& a, const std::string& b) noexcept { return a.value() == b; }
    friend bool operator!=(const Set& a, const std::string& b) noexcept { return a.value() != b; }

  private:
    std::string text_;
};

}  // namespace v0
}  // namespace refold

#endif
