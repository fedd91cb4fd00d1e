// Defines how a `FaultServer` handles one request, step by step: send, drip, wait, stay silent, close, reset. Built by
// chaining.
#ifndef REFOLD_TESTS_SUPPORT_FAULT_REPLY_HPP
#define REFOLD_TESTS_SUPPORT_FAULT_REPLY_HPP

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace refold::test {

class FaultReply {
  public:
    enum class Action { send, drip, repeat, wait, silence, close, reset };
    struct Step {
        Action action;
        std::string bytes = {};
        std::chrono::milliseconds time{0};
    };

    FaultReply() = default;
    FaultReply(std::string bytes) { sends(std::move(bytes)); }         // NOLINT(google-explicit-constructor)
    FaultReply(const char* bytes) : FaultReply(std::string(bytes)) {}  // NOLINT(google-explicit-constructor)

    FaultReply& sends(std::string bytes) { return add({Action::send, std::move(bytes)}); }
    /// Sends byte by byte with a pause before each.
    FaultReply& drips(std::string bytes, std::chrono::milliseconds pause) {
        return add({Action::drip, std::move(bytes), pause});
    }
    /// Sends the bytes repeatedly as long as the client reads them.
    FaultReply& repeats(std::string bytes) { return add({Action::repeat, std::move(bytes)}); }
    FaultReply& waits(std::chrono::milliseconds time) { return add({Action::wait, {}, time}); }
    /// Sends nothing until the client disconnects.
    FaultReply& staysSilent() { return add({Action::silence}); }
    /// Closes the connection in order. Without it, the connection waits for the next request.
    FaultReply& closes() { return add({Action::close}); }
    /// Resets the connection.
    FaultReply& resets() { return add({Action::reset}); }
    FaultReply& does(Step step) { return add(std::move(step)); }
    /// Starts as soon as the connection is established, without reading a request.
    FaultReply& beforeTheRequest() {
        beforeRequest_ = true;
        return *this;
    }

    const std::vector<Step>& steps() const { return steps_; }
    bool isBeforeRequest() const { return beforeRequest_; }

  private:
    FaultReply& add(Step step) {
        steps_.push_back(std::move(step));
        return *this;
    }

    std::vector<Step> steps_;
    bool beforeRequest_ = false;
};

}  // namespace refold::test

#endif
