// Logs what the client does to stderr with an observer: requests, answers, retries with their reason, delays by the
// rate limit. Events hold no credentials, so the log may be kept.
#include <refold/refold.hpp>

#include <iostream>
#include <memory>
#include <sstream>

namespace {

class StderrLog final : public refold::Observer {
  public:
    void onRequest(const refold::RequestEvent& event) override {
        write(event.callId, event.method + " " + event.url + ", attempt " + std::to_string(event.attempt));
    }

    void onResponse(const refold::ResponseEvent& event) override {
        std::ostringstream text;
        text << event.status << ", " << event.bodyBytes << " bytes in " << event.transfer.total.count() / 1000
             << " ms over HTTP/" << event.transfer.httpVersion
             << (event.transfer.connectionReused ? ", kept connection" : ", new connection");
        write(event.callId, text.str());
    }

    void onRetry(const refold::RetryEvent& event) override {
        write(event.callId, "trying again in " + std::to_string(event.wait.count()) + " ms: " + event.reason);
    }

    void onPacing(const refold::PacingEvent& event) override {
        write(event.callId, "held back " + std::to_string(event.waited.count()) + " ms by the rate limit");
    }

    void onCallEnd(const refold::CallEvent& event) override {
        write(event.callId, event.error.empty() ? "done" : "failed: " + event.error);
    }

  private:
    /// In one piece, since events come from several threads.
    static void write(std::uint64_t callId, const std::string& text) {
        std::cerr << "[call " + std::to_string(callId) + "] " + text + "\n";
    }
};

}  // namespace

int main() try {
    refold::ClientOptions options;
    options.observer = std::make_shared<StderrLog>();

    const refold::Client client = refold::Client::fromEnvironment(options);
    for (const refold::Execution& run : client.listExecutions()) {
        std::cout << run.id << "  " << run.status.value() << '\n';
    }
} catch (const refold::Error& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
