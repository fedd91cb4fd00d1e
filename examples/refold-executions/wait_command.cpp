#include "wait_command.hpp"

#include "display_text.hpp"
#include "message.hpp"
#include "number_text.hpp"
#include "outage_pause.hpp"
#include "outage_text.hpp"
#include "platform/streams.hpp"
#include "run_lookup.hpp"
#include "status_style.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <string_view>

namespace cli {
namespace {

constexpr std::string_view eraseLine = "\r\x1b[K";

std::string nodeName(const refold::ExecutionNode& node) {
    return node.name.empty() ? node.id : node.name;
}

/// A progress line that is redrawn at each change.
class WaitLine final : public refold::WaitObserver {
  public:
    explicit WaitLine(const Terminal& terminal) : terminal_(terminal) {}
    WaitLine(const WaitLine&) = delete;
    WaitLine& operator=(const WaitLine&) = delete;
    ~WaitLine() override { erase(); }

    void onProgress(const refold::WaitProgress& progress) override {
        std::string text =
            std::string(styleOf(progress.status, terminal_.charset).sign) + " " + progress.status.value();
        if (progress.percentage) {
            // Clamped before the conversion: the server may send any number.
            text += "  " + std::to_string(static_cast<int>(std::clamp(*progress.percentage, 0.0, 100.0))) + "%";
        }
        if (progress.node != nullptr) {
            text += "  " + nodeName(*progress.node);
            if (!progress.node->status.value().empty()) text += " (" + progress.node->status.value() + ")";
        }
        // Room for the ^C that a terminal echoes: a line that wraps could not be erased.
        constexpr std::size_t margin = 3;
        const std::size_t columns = terminalWidth(platform::standardError);
        text = forDisplay(text, terminal_.charset, columns - std::min(columns, margin)).text;
        writeMessage(std::string(eraseLine) + text);
        visible_ = true;
    }

    void erase() {
        if (visible_) writeMessage(eraseLine);
        visible_ = false;
    }

  private:
    Terminal terminal_;
    bool visible_ = false;
};

}  // namespace

std::string finalLine(const refold::ExecutionDetail& run, Charset charset) {
    std::string line = std::string(styleOf(run.status, charset).sign) + " " + run.status.value() + "  " + run.id;
    if (run.createdAt && run.completionTime && *run.completionTime >= *run.createdAt) {
        line +=
            "  after " +
            durationText(std::chrono::duration_cast<std::chrono::milliseconds>(*run.completionTime - *run.createdAt));
    }
    if (const refold::ExecutionNode* const failed = run.firstFailedNode();
        run.status.isFailure() && failed != nullptr) {
        line += "  at " + nodeName(*failed) + " (" + failed->status.value() + ")";
    }
    return line;
}

refold::ExecutionDetail waitFor(const refold::Client& client, const std::string& id, refold::WaitOptions options,
                                const Console& console, const Interruption& interruption) {
    refold::CallOptions call;
    call.cancel = interruption.token();
    std::shared_ptr<WaitLine> line;
    if (console.messageTerminal().canRedraw) line = std::make_shared<WaitLine>(console.messageTerminal());
    options.observer = line;
    try {
        refold::ExecutionDetail run = client.waitForExecution(id, options, call);
        if (line) line->erase();
        return run;
    } catch (...) {
        // Erased before the error is printed; other owners may still hold the observer.
        if (line) line->erase();
        throw;
    }
}

ExitCode runWait(const WaitArguments& arguments, Console& console, const Interruption& interruption) {
    const refold::Client client = clientThatReportsOutages(arguments.client, console);
    refold::CallOptions call;
    call.cancel = interruption.token();
    const auto start = std::chrono::steady_clock::now();
    if (arguments.wait.timeout) call.timeout = std::min(arguments.client.timeout, *arguments.wait.timeout);
    const std::string id = wholeIdThroughOutages(client, arguments.id, call,
                                                 arguments.wait.timeout.value_or(OutagePause::usualLimit), console);
    refold::WaitOptions wait = arguments.wait;
    // The run was seen when its id was completed; a replica that lags may not show it yet.
    if (id != arguments.id) wait.notFoundGrace = std::chrono::seconds(10);
    if (wait.timeout) {
        const auto spent =
            std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
        wait.timeout = std::max(*wait.timeout - spent, std::chrono::milliseconds(1));
    }
    const refold::ExecutionDetail run = [&] {
        try {
            return waitFor(client, id, wait, console, interruption);
        } catch (const refold::NotFoundError&) {
            throw CommandError(ExitCode::refused, noSuchRun(id));
        }
    }();
    const Terminal& terminal = console.dataTerminal();
    const std::string line = forDisplay(finalLine(run, terminal.charset), terminal.charset).text;
    console.data().append(coloured(line, styleOf(run.status, terminal.charset).colour, terminal.colour) + "\n");
    console.data().flush();
    return run.status.isFailure() ? ExitCode::runFailed : ExitCode::done;
}

}  // namespace cli
