// What happens in a history from now on, as a range without an end: new runs, and runs whose status changes. Made by
// `Client::watchExecutions`.
#ifndef REFOLD_EXECUTION_WATCH_HPP
#define REFOLD_EXECUTION_WATCH_HPP

#include <refold/execution.hpp>
#include <refold/export.hpp>
#include <refold/timestamp.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <string>

namespace refold {

namespace internal {
class WatchEngine;
}

inline namespace v0 {

/// A run that is new, or whose status is another one than before.
struct ExecutionChange {
    /// The run as it was when the change was seen.
    Execution execution = {};
    /// The status that it was last seen with. Empty: the run is seen for the first time.
    std::optional<ExecutionStatus> previousStatus = {};
};

/// How a watch looks at the history. A plain struct.
struct WatchOptions {
    /// From the start of one look at the history to the start of the next, as long as things happen. At least a millisecond.
    std::chrono::milliseconds interval{5000};
    /// While nothing happens the time between looks doubles up to this one; not less than `interval`, nor more than a day.
    std::chrono::milliseconds maxInterval{60000};
    /// Runs created at this time or later count as new. Unset: those that the server does not have yet at `begin()`; neither
    /// this machine's clock nor the server's plays a part in it.
    std::optional<Timestamp> since = {};
    /// Go on where the watch that made this `checkpoint()` stood, with nothing missed in between; `since` is then without
    /// effect. The query must be the same one.
    std::string resumeFrom = {};
};

/// What a watch did.
struct WatchReport {
    /// Looks at the history that came to their end.
    std::int64_t polls = 0;
    /// Changes that the iterator has stood at.
    std::int64_t changes = 0;
    /// Times in which the server could not be reached, however long each lasted.
    std::int64_t outages = 0;
    /// Runs that are watched until they end.
    std::int64_t openRuns = 0;
};

/// An endless input range of changes, oldest run first within each look at the history. Move-only, single pass, for one
/// thread at a time; the client may serve other threads meanwhile.
///
/// Every run that matches the query and appears after the start is delivered once, with the status that it has when it is
/// first seen; so is every change of status that can be seen from one look to the next, until the run has ended. Runs that are
/// RUNNING or STOPPING at the start are watched until they end, too. A query with a status delivers the changes that
/// lead to that status or away from it.
///
/// `begin()` and `++` wait for the next change. Failures that may pass are tried again for as long as they last and are
/// reported to `Observer::onOutage`; others are thrown, and nothing is lost then: `++` on the same iterator (or `begin()` again)
/// goes on where it failed. `CallOptions::cancel` ends the wait with `Cancelled`.
class REFOLD_EXPORT ExecutionWatch {
  public:
    /// The end of the range.
    class Sentinel {};

    /// Stands at one change of the range; valid as long as the range is.
    class REFOLD_EXPORT Iterator {
      public:
        using iterator_concept = std::input_iterator_tag;
        using iterator_category = std::input_iterator_tag;
        using value_type = ExecutionChange;
        using difference_type = std::ptrdiff_t;
        using pointer = ExecutionChange*;
        using reference = ExecutionChange&;

        Iterator(Iterator&&) noexcept = default;
        Iterator& operator=(Iterator&&) noexcept = default;
        Iterator(const Iterator&) = delete;
        Iterator& operator=(const Iterator&) = delete;
        ~Iterator() = default;

        /// The current change; it may be moved from.
        /// \return the change, until the next `++`
        reference operator*() const;
        /// \return the change, until the next `++`
        pointer operator->() const;
        /// Waits for the next change.
        /// \return this iterator
        Iterator& operator++();
        /// As `++` in front, which has no old place to return.
        void operator++(int);

        friend bool operator==(const Iterator&, Sentinel) noexcept { return false; }
        friend bool operator!=(const Iterator&, Sentinel) noexcept { return true; }
        friend bool operator==(Sentinel, const Iterator&) noexcept { return false; }
        friend bool operator!=(Sentinel, const Iterator&) noexcept { return true; }

      private:
        friend class ExecutionWatch;
        explicit Iterator(internal::WatchEngine* engine) noexcept : engine_(engine) {}

        internal::WatchEngine* engine_;
    };
    using iterator = Iterator;

    explicit ExecutionWatch(std::unique_ptr<internal::WatchEngine> engine) noexcept;
    ExecutionWatch(ExecutionWatch&&) noexcept;
    ExecutionWatch& operator=(ExecutionWatch&&) noexcept;
    ExecutionWatch(const ExecutionWatch&) = delete;
    ExecutionWatch& operator=(const ExecutionWatch&) = delete;
    ~ExecutionWatch();

    /// Waits for the first change, if there was none yet, and stands at the current one.
    /// \return an iterator that may be moved, not copied
    Iterator begin();
    /// \return what an iterator is compared with
    Sentinel end() const noexcept { return {}; }

    /// A printable line of text from which `WatchOptions::resumeFrom` goes on behind the current change, in this process or
    /// another. The change that the iterator stands at counts as delivered. Its size grows with the runs that are open, and with
    /// nothing else. May be taken at any time, also after an error or a cancellation.
    /// \return a text without line breaks
    std::string checkpoint() const;

    /// What happened so far.
    /// \return a copy, which later steps do not change
    WatchReport report() const;

  private:
    std::unique_ptr<internal::WatchEngine> engine_;
};

}  // namespace v0
}  // namespace refold

#endif
