// A value that a process does not share with its fork() children. A child makes its own at first use, and never touches
// or destroys the parent's, whose mutexes may stay locked and whose sockets belong to the parent.
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

    /// Returns the value of this process. `make` returns a `std::unique_ptr<T>` and is called in a child that has no
    /// value yet; it is a lambda, since the name of a function template makes g++ 10 crash. Lock-free; may be called
    /// from any thread.
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
