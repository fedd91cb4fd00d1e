// An input iterator for nlohmann's SAX parser. It knows how far the parser has read, which is where `rawJson` begins
// and ends, and passes plain strings in one step. Used by the codecs of this directory.
//
// The parser's lexer copies each byte through two buffers. Most bytes of an answer are in plain ASCII strings, which
// need neither unescaping nor a UTF-8 check. So after an opening quote the iterator searches for the closing one
// itself. If the text between is plain, it gives the closing quote to the parser next, which sees an empty string; the
// handler of the string takes the text from `text()`. Everything else goes through the parser byte by byte.
#ifndef REFOLD_CODEC_JSON_INPUT_HPP
#define REFOLD_CODEC_JSON_INPUT_HPP

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <string>
#include <string_view>

namespace refold::internal {

/// The state behind the iterators of one parse. The body must outlive it.
class JsonInput {
  public:
    explicit JsonInput(std::string_view body) noexcept
        : begin_(body.data()), next_(begin_), end_(begin_ + body.size()) {}
    JsonInput(const JsonInput&) = delete;
    JsonInput& operator=(const JsonInput&) = delete;

    std::string_view source() const noexcept { return {begin_, static_cast<std::size_t>(end_ - begin_)}; }

    /// The number of bytes read. After a structural character (a brace, a bracket) this is the offset behind it, since
    /// the lexer reads ahead after numbers only.
    std::size_t position() const noexcept { return static_cast<std::size_t>(next_ - begin_); }

    /// Converts the parser's count of bytes to an offset in the body.
    std::size_t positionOf(std::size_t parserPosition) const noexcept { return parserPosition + passed_; }

    /// Returns the text of the string or key that the parser reported as `decoded`. Valid until it reads on.
    std::string_view text(const std::string& decoded) const noexcept { return isPlain_ ? plain_ : decoded; }

    bool atEnd() const noexcept { return next_ == end_; }

    char current() const noexcept { return *next_; }

    void advance() noexcept {
        const char c = *next_++;
        if (state_ != State::outside) {
            advanceInString(c);
        } else if (c == '"') {
            enterString();
        }
    }

  private:
    enum class State : unsigned char { outside, inside, escaped };

    /// Called after an opening quote.
    void enterString() noexcept {
        const char* stop = skipPlain(next_);
        isPlain_ = stop != end_ && *stop == '"';
        state_ = State::inside;
        if (!isPlain_) return;
        plain_ = std::string_view(next_, static_cast<std::size_t>(stop - next_));
        next_ = stop;
    }

    void advanceInString(char c) noexcept {
        if (state_ == State::escaped) {
            state_ = State::inside;
        } else if (c == '"') {
            state_ = State::outside;
            // Not before: a quote in the wrong place is an error.
            if (isPlain_) passed_ += plain_.size();
        } else if (c == '\\') {
            state_ = State::escaped;
        }
    }

    /// Returns the first byte that is a quote, a backslash, a control character or not ASCII; or the end.
    const char* skipPlain(const char* p) const noexcept {
        constexpr std::uint64_t ones = 0x0101010101010101U;
        constexpr std::uint64_t highs = 0x8080808080808080U;
        while (end_ - p >= 8) {
            std::uint64_t word = 0;
            std::memcpy(&word, p, sizeof word);
            // The usual tests for "zero" and "less than" on eight bytes at once. A borrow may mark one byte too many,
            // but only one of higher weight than a marked byte.
            const std::uint64_t quote = word ^ (ones * '"');
            const std::uint64_t backslash = word ^ (ones * '\\');
            const std::uint64_t special = highs & (((quote - ones) & ~quote) | ((backslash - ones) & ~backslash) |
                                                   ((word - ones * 0x20U) & ~word) | word);
            if (special != 0) {
#if defined(__GNUC__) && defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
                return p + __builtin_ctzll(special) / 8;
#else
                break;
#endif
            }
            p += 8;
        }
        while (p != end_ && isPlain(*p)) ++p;
        return p;
    }

    static bool isPlain(char c) noexcept {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0x20U && byte < 0x80U && c != '"' && c != '\\';
    }

    const char* begin_;
    const char* next_;
    const char* end_;
    State state_ = State::outside;
    bool isPlain_ = false;
    std::string_view plain_;
    std::size_t passed_ = 0;
};

/// The iterator. All copies share one position; a default-constructed one is the end.
class JsonInputIterator {
  public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = char;

    JsonInputIterator() noexcept = default;
    explicit JsonInputIterator(JsonInput& input) noexcept : input_(&input) {}

    char operator*() const noexcept { return input_->current(); }
    JsonInputIterator& operator++() noexcept {
        input_->advance();
        return *this;
    }
    JsonInputIterator operator++(int) noexcept {
        JsonInputIterator before = *this;
        input_->advance();
        return before;
    }

    friend bool operator==(const JsonInputIterator& a, const JsonInputIterator& b) noexcept {
        return a.isEnd() == b.isEnd();
    }
    friend bool operator!=(const JsonInputIterator& a, const JsonInputIterator& b) noexcept { return !(a == b); }

  private:
    bool isEnd() const noexcept { return input_ == nullptr || input_->atEnd(); }

    JsonInput* input_ = nullptr;
};

}  // namespace refold::internal

#endif
