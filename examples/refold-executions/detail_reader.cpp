#include "detail_reader.hpp"

#include <algorithm>
#include <exception>
#include <mutex>
#include <thread>

namespace cli {
namespace {

/// Enough to keep to 20 requests a second at the usual distances.
constexpr std::size_t maxReaders = 6;

class Readers {
  public:
    Readers(const refold::Client& client, const std::vector<std::string>& ids, const refold::CallOptions& call,
            const std::function<void(std::size_t)>& onRead)
        : client_(client), ids_(ids), call_(call), onRead_(onRead), details_(ids.size()) {}

    std::vector<ReadDetail> run() {
        std::vector<std::thread> threads;
        const std::size_t count = std::min(maxReaders, ids_.size());
        for (std::size_t i = 1; i < count; ++i) threads.emplace_back([this] { work(); });
        work();
        for (std::thread& thread : threads) thread.join();
        if (failure_) std::rethrow_exception(failure_);
        return std::move(details_);
    }

  private:
    std::optional<std::size_t> take() {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (failure_ || next_ == ids_.size()) return {};
        return next_++;
    }

    void work() {
        while (const auto index = take()) {
            try {
                details_[*index].run = client_.getExecution(ids_[*index], call_);
                succeeded();
            } catch (const refold::NotFoundError&) {
                // Deleted since it was listed: nothing is known of it any more.
            } catch (const refold::ServerError& error) {
                if (!passOver(*index, error)) return;
            } catch (const refold::ResponseError& error) {
                if (!passOver(*index, error)) return;
            } catch (...) {
                const std::lock_guard<std::mutex> lock(mutex_);
                if (!failure_) failure_ = std::current_exception();
                return;
            }
            const std::lock_guard<std::mutex> lock(mutex_);
            ++read_;
            if (onRead_) onRead_(read_);
        }
    }

    void succeeded() {
        const std::lock_guard<std::mutex> lock(mutex_);
        failedInARow_ = 0;
    }

    /// False if the server, rather than this run, seems to be at fault. Called while the error is handled.
    bool passOver(std::size_t index, const refold::Error& error) {
        const std::lock_guard<std::mutex> lock(mutex_);
        details_[index].error = error.what();
        if (++failedInARow_ < maxFailedInARow) return true;
        if (!failure_) failure_ = std::current_exception();
        return false;
    }

    static constexpr int maxFailedInARow = 5;

    const refold::Client& client_;
    const std::vector<std::string>& ids_;
    const refold::CallOptions& call_;
    const std::function<void(std::size_t)>& onRead_;
    std::mutex mutex_;
    std::size_t next_ = 0;
    std::size_t read_ = 0;
    int failedInARow_ = 0;
    std::exception_ptr failure_;
    std::vector<ReadDetail> details_;
};

}  // namespace

std::vector<ReadDetail> readDetails(const refold::Client& client, const std::vector<std::string>& ids,
                                    const refold::CallOptions& call, const std::function<void(std::size_t)>& onRead) {
    return Readers(client, ids, call, onRead).run();
}

}  // namespace cli
