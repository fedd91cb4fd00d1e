// The input iterator that all ranges of the library share, and the interface behind it. `Listing` and `ExecutionWatch`
// are made of it; programs need not name anything in here.
#ifndef REFOLD_RANGE_CURSOR_HPP
#define REFOLD_RANGE_CURSOR_HPP

#include <refold/export.hpp>

#include <cstddef>
#include <iterator>

namespace refold::internal {

/// The interface that implements a range.
template <class T>
class RangeCursor {
  public:
    RangeCursor() = default;
    RangeCursor(const RangeCursor&) = delete;
    RangeCursor& operator=(const RangeCursor&) = delete;
    virtual ~RangeCursor() = default;

    /// Moves to the first item unless that was done before.
    virtual void start() = 0;
    /// Moves to the next item. If it throws, it stays where it is, and can be called again.
    virtual void advance() = 0;
    virtual bool atEnd() const noexcept = 0;
    virtual T& current() noexcept = 0;
};

/// The end of a range.
class RangeSentinel {};

/// A move-only, single-pass input iterator, in the sense of C++20's `std::input_iterator`. Valid as long as its range
/// is.
template <class T>
class RangeIterator {
  public:
    using iterator_concept = std::input_iterator_tag;
    using value_type = T;
    using difference_type = std::ptrdiff_t;

    explicit RangeIterator(RangeCursor<T>& cursor) noexcept : cursor_(&cursor) {}
    RangeIterator(RangeIterator&&) noexcept = default;
    RangeIterator& operator=(RangeIterator&&) noexcept = default;
    RangeIterator(const RangeIterator&) = delete;
    RangeIterator& operator=(const RangeIterator&) = delete;
    ~RangeIterator() = default;

    /// The current item, until the next `++`; it may be moved from.
    T& operator*() const { return cursor_->current(); }
    T* operator->() const { return &cursor_->current(); }
    /// Moves to the next item, and waits for it where needed. Throws what the range's operation throws; the iterator
    /// then stays where it is, and `++` can be called again.
    RangeIterator& operator++() {
        cursor_->advance();
        return *this;
    }
    /// Post-increment; returns void.
    void operator++(int) { cursor_->advance(); }

    friend bool operator==(const RangeIterator& it, RangeSentinel) noexcept { return it.cursor_->atEnd(); }
    friend bool operator!=(const RangeIterator& it, RangeSentinel) noexcept { return !it.cursor_->atEnd(); }
    friend bool operator==(RangeSentinel, const RangeIterator& it) noexcept { return it.cursor_->atEnd(); }
    friend bool operator!=(RangeSentinel, const RangeIterator& it) noexcept { return !it.cursor_->atEnd(); }

  private:
    RangeCursor<T>* cursor_;
};

}  // namespace refold::internal

#endif
