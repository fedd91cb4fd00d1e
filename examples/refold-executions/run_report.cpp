#include "run_report.hpp"

#include "display_text.hpp"
#include "failure_reason.hpp"
#include "number_text.hpp"
#include "report_line.hpp"
#include "status_style.hpp"
#include "time_text.hpp"
#include "wrapped_text.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

namespace cli {
namespace {

/// The longest name that is not cut, where a line has no limit.
constexpr std::size_t widestName = 64;
constexpr std::size_t narrowestName = 8;
/// The length of a failed node's output that is shown: enough for a message and the top of a stack trace.
constexpr std::size_t maxOutputLines = 20;
constexpr std::size_t widestLine = 100;

constexpr std::size_t columnCount = 5;
constexpr std::size_t nameAt = 1;
constexpr std::size_t typeAt = 2;

struct Row {
    std::array<std::string, columnCount> cells;
    Colour colour = Colour::none;
};

StatusStyle styleOfNode(const refold::NodeStatus& status, Charset charset) {
    // A node has the sign of a run in the same state.
    if (status.isFailure()) return styleOf(refold::ExecutionStatus::Failed, charset);
    if (status == refold::NodeStatus::Success) return styleOf(refold::ExecutionStatus::Completed, charset);
    if (status == refold::NodeStatus::Stopped) return styleOf(refold::ExecutionStatus::Stopped, charset);
    if (status == refold::NodeStatus::Waiting) return styleOf(refold::ExecutionStatus::Running, charset);
    return styleOf(refold::ExecutionStatus(), charset);
}

std::string attemptsOf(const refold::ExecutionNode& node) {
    if (!node.attemptsMade) return "-";
    std::string text = grouped(*node.attemptsMade);
    if (node.maximumAttempts) text += "/" + grouped(*node.maximumAttempts);
    return text;
}

/// The text of a JSON string without its quotes and with its line breaks; any other JSON as it is.
std::vector<std::string> outputLines(std::string_view json) {
    std::vector<std::string> lines(1);
    const bool isString = json.size() >= 2 && json.front() == '"' && json.back() == '"';
    if (isString) json = json.substr(1, json.size() - 2);
    for (std::size_t i = 0; i < json.size(); ++i) {
        if (json[i] == '\n' || (isString && json.substr(i, 2) == "\\n")) {
            if (json[i] == '\\') ++i;
            lines.emplace_back();
        } else if (isString && json[i] == '\\' && i + 1 < json.size() && (json[i + 1] == '"' || json[i + 1] == '\\')) {
            lines.back() += json[++i];
        } else {
            lines.back() += json[i];
        }
    }
    return lines;
}

class Report {
  public:
    Report(const refold::ExecutionDetail& run, const Terminal& terminal) : run_(run), terminal_(terminal) {}

    std::string write(bool allNodes) {
        writeFacts();
        writeNodes();
        if (allNodes) {
            writeEachNode();
        } else {
            writeFailure();
        }
        return std::move(text_);
    }

  private:
    std::size_t lineWidth() const { return terminal_.width.value_or(widestLine); }

    void line(std::string_view text, Colour colour = Colour::none) {
        const std::string safe = forDisplay(text, terminal_.charset, terminal_.width.value_or(anyWidth)).text;
        text_ += coloured(safe, colour, terminal_.colour) + "\n";
    }

    void fact(const char* name, const std::string& value, Colour colour = Colour::none) {
        constexpr std::size_t nameWidth = 13;
        if (value.empty()) return;
        std::string label = name;
        label.append(nameWidth - label.size(), ' ');
        // Wrapped rather than cut: these are what one copies.
        text_ += label + indentedText(value, terminal_, nameWidth, colour).substr(nameWidth);
    }

    static std::string named(const std::string& name, const std::string& id) {
        if (name.empty() || id.empty()) return name.empty() ? id : name;
        return name + " (" + id + ")";
    }

    void writeFacts() {
        const StatusStyle style = styleOf(run_.status, terminal_.charset);
        fact("Run", run_.id);
        fact("Name", run_.name);
        fact("Status", std::string(style.sign) + " " + orDash(run_.status.value()), style.colour);
        if (run_.completionPercentage && !run_.hasEnded()) {
            const double percentage = std::clamp(*run_.completionPercentage, 0.0, 100.0);
            fact("Progress", std::to_string(static_cast<int>(percentage)) + "%");
        }
        fact("Workflow", named(run_.associatedWorkflow.name, run_.associatedWorkflow.id));
        fact("Application", named(run_.associatedApplication.name, run_.associatedApplication.id));
        fact("Account", run_.linkedAccountId);
        fact("Type", run_.typeOfExecution.value());
        fact("Trigger", run_.triggerApplicationEvent);
        fact("Environment", run_.environment.value());
        if (run_.createdAt) fact("Created", secondText(*run_.createdAt) + " UTC");
        if (run_.completionTime) {
            std::string ended = secondText(*run_.completionTime) + " UTC";
            if (run_.createdAt && *run_.completionTime >= *run_.createdAt) {
                ended += ", after " + durationText(std::chrono::duration_cast<std::chrono::milliseconds>(
                                          *run_.completionTime - *run_.createdAt));
            }
            fact("Ended", ended);
        }
        if (run_.status.isFailure()) fact("Error", reasonText(failureReasonOf(run_)), Colour::red);
    }

    void writeNodes() {
        text_ += "\n";
        if (run_.nodes.empty()) {
            line("The server names no nodes of this run.");
            return;
        }
        std::vector<Row> rows = {{{"STATUS", "NODE", "TYPE", "ATTEMPTS", "TIME"}, Colour::bold}};
        for (const refold::ExecutionNode& node : run_.nodes) {
            const StatusStyle style = styleOfNode(node.status, terminal_.charset);
            Row row;
            row.colour = style.colour;
            row.cells = {std::string(style.sign) + " " + orDash(node.status.value()),
                         orDash(node.name.empty() ? node.id : node.name),
                         orDash(node.type) + (node.isBatch ? ", batches" : ""), attemptsOf(node),
                         node.executionTime ? durationText(*node.executionTime) : "-"};
            rows.push_back(std::move(row));
        }
        std::array<std::size_t, columnCount> widths = {};
        for (const Row& row : rows) {
            for (std::size_t i = 0; i < columnCount; ++i) {
                widths[i] = std::min(std::max(widths[i], displayWidth(row.cells[i])), widestName);
            }
        }
        if (terminal_.width) fit(widths, *terminal_.width);
        for (const Row& row : rows) writeRow(row, widths);
    }

    /// The name is cut first; then the type and the other columns are left out from the right.
    static void fit(std::array<std::size_t, columnCount>& widths, std::size_t width) {
        const auto tooMuch = [&widths, width] {
            std::size_t sum = 0;
            for (const std::size_t column : widths) sum += column > 0 ? column + (sum > 0 ? columnGap : 0) : 0;
            return sum - std::min(sum, width);
        };
        const auto shrink = [&widths, &tooMuch](std::size_t column, std::size_t floor) {
            if (widths[column] > floor) widths[column] -= std::min(tooMuch(), widths[column] - floor);
        };
        shrink(nameAt, narrowestName);
        for (const std::size_t leftOut : {typeAt, columnCount - 1, columnCount - 2}) {
            if (tooMuch() > 0) widths[leftOut] = 0;
        }
        shrink(nameAt, 1);
        shrink(0, 1);
        if (tooMuch() > 0) widths[nameAt] = 0;
    }

    void writeRow(const Row& row, const std::array<std::size_t, columnCount>& widths) {
        std::size_t padding = 0;
        for (std::size_t i = 0; i < columnCount; ++i) {
            if (widths[i] == 0) continue;
            const DisplayText cell = forDisplay(row.cells[i], terminal_.charset, widths[i]);
            const Colour colour = i == 0 || row.colour == Colour::bold ? row.colour : Colour::none;
            text_ += std::string(padding, ' ') + coloured(cell.text, colour, terminal_.colour);
            padding = widths[i] - cell.width + columnGap;
        }
        text_ += "\n";
    }

    void writeEachNode() {
        for (const refold::ExecutionNode& node : run_.nodes) {
            const std::string name = orDash(node.name.empty() ? node.id : node.name);
            text_ += "\n";
            line("Input of " + name + ":", Colour::bold);
            writeOutput(node.inputData.empty() ? "-" : node.inputData);
            line("Output of " + name + ":", Colour::bold);
            writeOutput(node.latestOutput.empty() ? "-" : node.latestOutput);
        }
    }

    void writeFailure() {
        const refold::ExecutionNode* const failed = run_.firstFailedNode();
        if (failed == nullptr) return;
        text_ += "\n";
        const std::string name = orDash(failed->name.empty() ? failed->id : failed->name);
        if (failed->latestOutput.empty()) {
            line("Node " + name + " failed, and the server has no output of it.", Colour::bold);
            return;
        }
        line("Output of " + name + ":", Colour::bold);
        writeOutput(failed->latestOutput);
    }

    void writeOutput(const std::string& json) {
        constexpr std::string_view indent = "  ";
        const std::size_t width = std::max<std::size_t>(lineWidth(), indent.size() + 2) - indent.size();
        std::size_t written = 0;
        for (const std::string& source : outputLines(json)) {
            for (const std::string& piece : wrapText(source, width)) {
                if (written++ == maxOutputLines) {
                    line("  and more: --format json has all of it");
                    return;
                }
                text_ += std::string(indent) + forDisplay(piece, terminal_.charset).text + "\n";
            }
        }
    }

    const refold::ExecutionDetail& run_;
    const Terminal& terminal_;
    std::string text_;
};

}  // namespace

std::string runReport(const refold::ExecutionDetail& run, const Terminal& terminal, bool allNodes) {
    return Report(run, terminal).write(allNodes);
}

}  // namespace cli
