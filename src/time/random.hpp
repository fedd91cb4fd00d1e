// An interface for random numbers, so that tests can choose the jitter. Used by the back-off.
#ifndef REFOLD_TIME_RANDOM_HPP
#define REFOLD_TIME_RANDOM_HPP

#include <atomic>
#include <chrono>
#include <cstdint>
#include <random>

namespace refold::internal {

class Random {
  public:
    Random() = default;
    Random(const Random&) = delete;
    Random& operator=(const Random&) = delete;
    virtual ~Random() = default;

    /// Returns a uniformly distributed number in [0, 1). May be called from any thread.
    virtual double unit() = 0;
};

/// Takes no lock, since a lock that another thread holds at a fork() stays locked in the child. Adds the time, so that
/// children of fork() get different numbers.
class SystemRandom final : public Random {
  public:
    double unit() override {
        // SplitMix64: a counter whose values are scrambled.
        const auto time = std::chrono::steady_clock::now().time_since_epoch().count();
        const std::uint64_t count = counter_.fetch_add(increment, std::memory_order_relaxed);
        const std::uint64_t bits = scrambled(count + scrambled(static_cast<std::uint64_t>(time)));
        return static_cast<double>(bits >> 11U) / 9007199254740992.0;  // 53 bits, as many as a double holds
    }

  private:
    static constexpr std::uint64_t increment = 0x9e3779b97f4a7c15U;

    static std::uint64_t scrambled(std::uint64_t bits) noexcept {
        bits = (bits ^ (bits >> 30U)) * 0xbf58476d1ce4e5b9U;
        bits = (bits ^ (bits >> 27U)) * 0x94d049bb133111ebU;
        return bits ^ (bits >> 31U);
    }

    std::atomic<std::uint64_t> counter_{(std::uint64_t{std::random_device{}()} << 32U) | std::random_device{}()};
};

}  // namespace refold::internal

#endif
