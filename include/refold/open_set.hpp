// The base of the API's open sets (status, type, source, environment): string values with named constants for those
// that are documented. A value without a constant is kept as the server sent it and survives a round trip.
#ifndef REFOLD_OPEN_SET_HPP
#define REFOLD_OPEN_SET_HPP

#include <refold/export.hpp>

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>
#include <utility>

namespace refold {

namespace internal {

constexpr char lowerAscii(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Three-way comparison that ignores the case of ASCII letters.
constexpr int compareIgnoringCase(std::string_view a, std::string_view b) noexcept {
    for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
        const auto x = static_cast<unsigned char>(lowerAscii(a[i]));
        const auto y = static_cast<unsigned char>(lowerAscii(b[i]));
        if (x != y) return x < y ? -1 : 1;
    }
    if (a.size() == b.size()) return 0;
    return a.size() < b.size() ? -1 : 1;
}

/// Equal for texts that differ in case only (FNV-1a).
constexpr std::size_t hashIgnoringCase(std::string_view text) noexcept {
    std::uint64_t hash = 14695981039346656037U;
    for (const char c : text) {
        hash ^= static_cast<unsigned char>(lowerAscii(c));
        hash *= 1099511628211U;
    }
    return static_cast<std::size_t>(hash ^ (hash >> 32U));
}

}  // namespace internal

inline namespace v0 {

/// A named constant of the open set `Set`. A literal type, so constants need no code at start-up; converts to `Set`.
template <class Set>
class OpenSetConstant {
  public:
    /// `text` must outlive the constant.
    explicit constexpr OpenSetConstant(std::string_view text) noexcept : text_(text) {}

    /// The text on the wire.
    [[nodiscard]] constexpr std::string_view value() const noexcept { return text_; }

    /// Lets a constant stand for the value: `query.status = ExecutionStatus::Running`.
    operator Set() const { return Set(text_); }  // NOLINT(google-explicit-constructor)

    /// As the member of `Set`, if that has one.
    template <class S = Set>
    [[nodiscard]] auto isTerminal() const -> decltype(S().isTerminal()) {
        return S(text_).isTerminal();
    }
    /// As the member of `Set`, if that has one.
    template <class S = Set>
    [[nodiscard]] auto isFailure() const -> decltype(S().isFailure()) {
        return S(text_).isFailure();
    }

    /// Writes `value()`.
    template <class Traits>
    friend std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out,
                                                        OpenSetConstant constant) {
        return out << std::basic_string_view<char, Traits>(constant.text_.data(), constant.text_.size());
    }

  private:
    std::string_view text_;
};

/// The base of all open sets; `Set` is the derived class. Any text converts to a value: `query.status = "PAUSED"`.
/// Values compare with each other, with constants and with text, and the case of ASCII letters does not matter:
/// `Errored` equals `ERRORED`. Ordering and `std::hash` agree with that.
template <class Set>
class OpenSet {
  public:
    /// A named constant of this set.
    using Constant = OpenSetConstant<Set>;

    OpenSet() = default;
    OpenSet(std::nullptr_t) = delete;                               // NOLINT(google-explicit-constructor)
    OpenSet(const char* text) : text_(text) {}                      // NOLINT(google-explicit-constructor)
    OpenSet(std::string text) noexcept : text_(std::move(text)) {}  // NOLINT(google-explicit-constructor)
    OpenSet(std::string_view text) : text_(text) {}                 // NOLINT(google-explicit-constructor)

    /// The text as the server sent it, or as it will be sent. Empty if the server sent none.
    [[nodiscard]] const std::string& value() const noexcept { return text_; }
    /// True if the server sent no value.
    [[nodiscard]] bool empty() const noexcept { return text_.empty(); }

    friend bool operator==(const Set& a, const Set& b) noexcept { return compare(a, b.value()) == 0; }
    friend bool operator!=(const Set& a, const Set& b) noexcept { return compare(a, b.value()) != 0; }
    friend bool operator<(const Set& a, const Set& b) noexcept { return compare(a, b.value()) < 0; }
    friend bool operator>(const Set& a, const Set& b) noexcept { return compare(a, b.value()) > 0; }
    friend bool operator<=(const Set& a, const Set& b) noexcept { return compare(a, b.value()) <= 0; }
    friend bool operator>=(const Set& a, const Set& b) noexcept { return compare(a, b.value()) >= 0; }
    friend bool operator==(const Set& a, Constant b) noexcept { return compare(a, b.value()) == 0; }
    friend bool operator!=(const Set& a, Constant b) noexcept { return compare(a, b.value()) != 0; }
    friend bool operator==(const Set& a, std::string_view b) noexcept { return compare(a, b) == 0; }
    friend bool operator!=(const Set& a, std::string_view b) noexcept { return compare(a, b) != 0; }
    friend bool operator==(const Set& a, const char* b) noexcept { return compare(a, b) == 0; }
    friend bool operator!=(const Set& a, const char* b) noexcept { return compare(a, b) != 0; }
    friend bool operator==(const Set& a, std::nullptr_t b) = delete;
    friend bool operator!=(const Set& a, std::nullptr_t b) = delete;
    friend bool operator==(const Set& a, const std::string& b) noexcept { return compare(a, b) == 0; }
    friend bool operator!=(const Set& a, const std::string& b) noexcept { return compare(a, b) != 0; }

    /// Writes `value()`.
    template <class Traits>
    friend std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out, const Set& set) {
        return out << std::basic_string_view<char, Traits>(set.value().data(), set.value().size());
    }

  private:
    static int compare(const Set& set, std::string_view text) noexcept {
        return internal::compareIgnoringCase(set.value(), text);
    }

    std::string text_;
};

}  // namespace v0

namespace internal {

/// The base of the specialisations of `std::hash` for open sets.
template <class Set>
struct OpenSetHash {
    [[nodiscard]] std::size_t operator()(const Set& set) const noexcept { return hashIgnoringCase(set.value()); }
};

}  // namespace internal

}  // namespace refold

#endif
