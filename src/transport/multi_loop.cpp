// Only the driver touches the multi handle, except for curl_multi_wakeup, which any thread may call. The other threads
// wait on their job's condition variable until the job is done or they become the driver.
#include "transport/multi_loop.hpp"

#include <refold/error.hpp>

#include "transport/sigpipe_guard.hpp"

#include <algorithm>
#include <new>

namespace refold::internal {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// An upper bound; libcurl's timers end the poll earlier.
constexpr milliseconds maxPoll{1000};
/// Lets libcurl's own timeout come first, because its message says what it waited for.
constexpr milliseconds grace{20};
constexpr milliseconds maxTimeout = std::chrono::hours(24 * 366);

}  // namespace

class MultiLoop::Job final : public CancelListener {
  public:
    Job(MultiLoop& loop, CURL* handle, milliseconds timeout) noexcept
        : easy(handle), deadline(Clock::now() + std::min(timeout, maxTimeout) + grace), loop_(loop) {}
    void onCancel() noexcept override { loop_.cancelJob(*this); }

    CURL* const easy;
    const Clock::time_point deadline;
    std::condition_variable wake;
    bool attached = false;
    bool cancelled = false;
    bool done = false;
    CURLcode result = CURLE_OK;

  private:
    MultiLoop& loop_;
};

MultiLoop::MultiLoop() {
    initialiseCurl();
    multi_.reset(curl_multi_init());
    if (multi_ == nullptr) throw std::bad_alloc();
    curl_multi_setopt(multi_.get(), CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_MULTIPLEX));
#if LIBCURL_VERSION_NUM >= 0x081400
    // Since 8.20, resolver threads belong to the multi handle: closing it must not wait for one that hangs.
    curl_multi_setopt(multi_.get(), CURLMOPT_QUICK_EXIT, 1L);
#endif
}

MultiLoop::~MultiLoop() {
    // Closing a TLS connection writes to it.
    const SigpipeGuard guard;
    multi_.reset();
}

CURLcode MultiLoop::run(CURL* easy, milliseconds timeout, const CancelToken& cancel) {
    Job job(*this, easy, timeout);
    {
        const CancelRegistration registration(cancel, job);
        std::unique_lock<std::mutex> lock(mutex_);
        jobs_.push_back(&job);
        changed_ = true;
        if (driven_) curl_multi_wakeup(multi_.get());
        while (!job.done) {
            if (driven_) {
                job.wake.wait(lock);
            } else {
                drive(lock, job);
            }
        }
        if (!driven_ && !jobs_.empty()) jobs_.front()->wake.notify_one();
    }
    if (job.result == CURLE_ABORTED_BY_CALLBACK) throw Cancelled();
    return job.result;
}

void MultiLoop::drive(std::unique_lock<std::mutex>& lock, const Job& own) {
    const SigpipeGuard guard;
    driven_ = true;
    while (true) {
        changed_ = false;
        attachAndFinish();
        if (own.done) break;
        lock.unlock();
        int running = 0;
        curl_multi_perform(multi_.get(), &running);
        lock.lock();
        collectFinished();
        if (own.done) break;
        if (changed_) continue;
        const int time = pollTime();
        lock.unlock();
        curl_multi_poll(multi_.get(), nullptr, 0, time, nullptr);
        lock.lock();
    }
    driven_ = false;
}

/// Returns the time until the first deadline, in milliseconds, within the upper bound.
int MultiLoop::pollTime() const {
    const Clock::time_point now = Clock::now();
    milliseconds time = maxPoll;
    for (const Job* job : jobs_) time = std::min(time, std::chrono::ceil<milliseconds>(job->deadline - now));
    return static_cast<int>(std::max(time, milliseconds(0)).count());
}

void MultiLoop::attachAndFinish() {
    const Clock::time_point now = Clock::now();
    // Backwards, because finish() erases jobs.
    for (std::size_t i = jobs_.size(); i-- > 0;) {
        Job& job = *jobs_[i];
        if (job.cancelled) {
            finish(job, CURLE_ABORTED_BY_CALLBACK);
        } else if (now >= job.deadline) {
            finish(job, CURLE_OPERATION_TIMEDOUT);
        } else if (!job.attached) {
            curl_easy_setopt(job.easy, CURLOPT_PRIVATE, &job);
            if (curl_multi_add_handle(multi_.get(), job.easy) == CURLM_OK) {
                job.attached = true;
            } else {
                finish(job, CURLE_FAILED_INIT);
            }
        }
    }
}

void MultiLoop::collectFinished() {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
        if (message->msg != CURLMSG_DONE) continue;
        const CURLcode result = message->data.result;  // the message is gone once its handle is removed
        void* job = nullptr;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &job);
        finish(*static_cast<Job*>(job), result);
    }
}

void MultiLoop::finish(Job& job, CURLcode result) noexcept {
    if (job.attached) curl_multi_remove_handle(multi_.get(), job.easy);
    jobs_.erase(std::find(jobs_.begin(), jobs_.end(), &job));
    job.result = result;
    job.done = true;
    job.wake.notify_one();
}

void MultiLoop::cancelJob(Job& job) noexcept {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (job.done) return;
    job.cancelled = true;
    changed_ = true;
    if (driven_) {
        curl_multi_wakeup(multi_.get());
    } else {
        job.wake.notify_one();
    }
}

}  // namespace refold::internal
