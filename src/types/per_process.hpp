// A value that a process and the children that fork() makes of it do not share. In a child the first use makes a new
// one; the parent's is left alone there, never destroyed: its mutexes may be locked for ever and its sockets are still
// the parent's.
#ifndef REFOLD_TYPES_PER_PROCESS_HPP
#define REFOLD_TYPES_PER_PROCESS_HPP

#include "types/process_identity.hpp"

#include <atomic>
#include <memory>
#include <utility>

namespace refold::internal {

template <class T>
class PerProcess {
  public:
    explicit PerProcess(std::unique_ptr<T> value) : entry_(new Entry(std::move(value))) {}
    PerProcess(const PerProcess&) = delete;
    PerProcess& operator=(const PerProcess&) = delete;
    ~PerProcess() {
        const Entry* const entry = entry_.load(std::memory_order_acquire);
        if (entry->process.isCurrent()) delete entry;
    }

    /// The value of this process. `make` returns a `std::unique_ptr<T>` and is called in a child that has none yet. Any
    /// thread may call this; it takes no lock.
    template <class Make>
    T& get(Make make) {
        Entry* entry = entry_.load(std::memory_order_acquire);
        if (entry->process.isCurrent()) return *entry->value;
        auto fresh = std::make_unique<Entry>(make());
        if (entry_.compare_exchange_strong(entry, fresh.get(), std::memory_order_acq_rel)) {
            return *fresh.release()->value;
        }
        return *entry->value;  // another thread of the child came first
    }

  private:
    struct Entry {
        explicit Entry(std::unique_ptr<T> own) : value(std::move(own)) {}
        const ProcessIdentity process = ProcessIdentity::current();
        const std::unique_ptr<T> value;
    };

    std::atomic<Entry*> entry_;
};

}  // namespace refold::internal

#endif
