// Stores in front of each block whether it was counted, so that any thread may free it.
#include "torture/counting_new.hpp"

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

namespace {

std::atomic<long> allocations{0};
std::atomic<long> failAt{0};
std::atomic<bool> failOnwards{false};
std::atomic<bool> failed{false};
std::atomic<long> live{0};
thread_local bool leftOut = false;

constexpr std::size_t prefix = alignof(std::max_align_t);

bool shallFail() noexcept {
    const long number = ++allocations;
    const long first = failAt;
    if (first == 0 || number < first || (number > first && !failOnwards)) return false;
    failed = true;
    return true;
}

void* allocate(std::size_t size, std::size_t alignment) noexcept {
    const bool counted = !leftOut;
    if (counted && shallFail()) return nullptr;
    const std::size_t front = alignment > prefix ? alignment : prefix;
    const std::size_t whole = (front + size + front - 1) / front * front;
    char* const block =
        static_cast<char*>(front > prefix ? std::aligned_alloc(front, whole) : std::malloc(front + size));
    if (block == nullptr) return nullptr;
    if (counted) ++live;
    block[front - 1] = counted ? 1 : 0;
    return block + front;
}

void release(void* pointer, std::size_t alignment) noexcept {
    if (pointer == nullptr) return;
    const std::size_t front = alignment > prefix ? alignment : prefix;
    char* const block = static_cast<char*>(pointer) - front;
    if (block[front - 1] != 0) --live;
    std::free(block);
}

void* allocateOrThrow(std::size_t size, std::size_t alignment) {
    if (void* const pointer = allocate(size, alignment)) return pointer;
    throw std::bad_alloc();
}

std::size_t plain(std::align_val_t alignment) noexcept {
    return static_cast<std::size_t>(alignment);
}

}  // namespace

void* operator new(std::size_t size) {
    return allocateOrThrow(size, prefix);
}
void* operator new[](std::size_t size) {
    return allocateOrThrow(size, prefix);
}
void* operator new(std::size_t size, std::align_val_t alignment) {
    return allocateOrThrow(size, plain(alignment));
}
void* operator new[](std::size_t size, std::align_val_t alignment) {
    return allocateOrThrow(size, plain(alignment));
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
    return allocate(size, prefix);
}
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept {
    return allocate(size, prefix);
}
void operator delete(void* pointer) noexcept {
    release(pointer, prefix);
}
void operator delete[](void* pointer) noexcept {
    release(pointer, prefix);
}
void operator delete(void* pointer, std::size_t) noexcept {
    release(pointer, prefix);
}
void operator delete[](void* pointer, std::size_t) noexcept {
    release(pointer, prefix);
}
void operator delete(void* pointer, std::align_val_t alignment) noexcept {
    release(pointer, plain(alignment));
}
void operator delete[](void* pointer, std::align_val_t alignment) noexcept {
    release(pointer, plain(alignment));
}
void operator delete(void* pointer, std::size_t, std::align_val_t alignment) noexcept {
    release(pointer, plain(alignment));
}
void operator delete[](void* pointer, std::size_t, std::align_val_t alignment) noexcept {
    release(pointer, plain(alignment));
}
void operator delete(void* pointer, const std::nothrow_t&) noexcept {
    release(pointer, prefix);
}
void operator delete[](void* pointer, const std::nothrow_t&) noexcept {
    release(pointer, prefix);
}

namespace refold::test {

void failAllocation(long n, Failing how) {
    failOnwards = how == Failing::onwards;
    failed = false;
    allocations = 0;
    failAt = n;
}

long stopFailing() {
    failAt = 0;
    return allocations;
}

bool hasFailed() {
    return failed;
}

long liveBlocks() {
    return live;
}

void leaveOutThisThread() {
    leftOut = true;
}

LeftOut::LeftOut() : before_(leftOut) {
    leftOut = true;
}

LeftOut::~LeftOut() {
    leftOut = before_;
}

}  // namespace refold::test
