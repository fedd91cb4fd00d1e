// An interface for random numbers, so that tests can choose the jitter. Used by the back-off.
#ifndef REFOLD_TIME_RANDOM_HPP
#define REFOLD_TIME_RANDOM_HPP

#include <mutex>
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

class SystemRandom final : public Random {
  public:
    double unit() override {
        const std::lock_guard<std::mutex> lock(mutex_);
        return std::uniform_real_distribution<double>(0, 1)(engine_);
    }

  private:
    std::mutex mutex_;
    std::minstd_rand engine_{std::random_device{}()};
};

}  // namespace refold::internal

#endif
