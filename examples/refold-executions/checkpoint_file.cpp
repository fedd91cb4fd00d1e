// Writes one item per line; the last line marks the file as complete.
#include "checkpoint_file.hpp"

#include "exit_code.hpp"
#include "platform/files.hpp"
#include "system_reason.hpp"
#include "text_file.hpp"

#include <cerrno>
#include <sstream>
#include <stdexcept>

namespace cli {
namespace {

constexpr const char* firstLine = "refold-executions checkpoint 1";
constexpr const char* lastLine = "end";

std::string dateLine(const char* name, const std::optional<ResolvedDate>& date) {
    if (!date) return {};
    return std::string(name) + " " + refold::formatTimestamp(date->time) + " " + date->text + "\n";
}

std::optional<ResolvedDate> readDate(std::istream& in) {
    ResolvedDate date;
    std::string time;
    if (!(in >> time >> std::ws) || !std::getline(in, date.text)) return {};
    const auto parsed = refold::parseTimestamp(time);
    if (!parsed) return {};
    date.time = *parsed;
    return date;
}

/// Reads one line into `state`; false for a line that has no place in a checkpoint.
bool readLine(const std::string& line, ExportState& state) {
    std::istringstream in(line);
    std::string name;
    std::string word;
    in >> name;
    if (name == "state") {
        in >> word;
        state.running = word == "running";
        return state.running || word == "ended";
    }
    if (name == "format") {
        in >> word;
        const auto format = formatNamed(word);
        if (format) state.format = *format;
        return format.has_value();
    }
    if (name == "unverified") {
        state.verified = false;
        return true;
    }
    if (name == "source") return static_cast<bool>(in >> state.source);
    if (name == "written") return static_cast<bool>(in >> state.written) && state.written >= 0;
    if (name == "start-date") return (state.startDate = readDate(in)).has_value();
    if (name == "end-date") return (state.endDate = readDate(in)).has_value();
    if (name == "selection") {
        std::getline(in >> std::ws, state.selection);
        return true;
    }
    if (name == "output") {
        OutputFile file;
        if (!(in >> file.device >> file.inode >> file.size)) return false;
        state.output = file;
        return true;
    }
    if (name == "position") {
        in >> std::ws;
        std::getline(in, state.position);
        return true;
    }
    return false;
}

}  // namespace

std::string writeExportState(const ExportState& state) {
    std::string text = std::string(firstLine) + "\n";
    text += std::string("state ") + (state.running ? "running" : "ended") + "\n";
    text += "format " + std::string(nameOf(state.format)) + "\n";
    text += "source " + std::to_string(state.source) + "\n";
    text += "written " + std::to_string(state.written) + "\n";
    if (!state.verified) text += "unverified\n";
    text += dateLine("start-date", state.startDate) + dateLine("end-date", state.endDate);
    if (!state.selection.empty()) text += "selection " + state.selection + "\n";
    if (state.output) {
        text += "output " + std::to_string(state.output->device) + " " + std::to_string(state.output->inode) + " " +
                std::to_string(state.output->size) + "\n";
    }
    text += "position " + state.position + "\n" + lastLine + "\n";
    return text;
}

std::optional<ExportState> readExportState(const std::string& text) {
    std::istringstream in(text);
    std::string line;
    if (!std::getline(in, line) || line != firstLine) return {};
    ExportState state;
    int required = 0;
    while (std::getline(in, line)) {
        if (line == lastLine) {
            const bool whole = required == 5 && (state.position.empty() == (state.written == 0));
            return whole ? std::optional<ExportState>(state) : std::nullopt;
        }
        if (!readLine(line, state)) return {};
        for (const char* const name : {"state ", "format ", "source ", "written ", "position "}) {
            if (line.rfind(name, 0) == 0) ++required;
        }
    }
    return {};
}

std::optional<ExportState> CheckpointFile::load() const {
    const std::string text = textOfFile("--checkpoint", path());
    if (text.empty()) return {};
    if (auto state = readExportState(text)) return state;
    throw UsageError("--checkpoint: '" + path() +
                     "' is not a checkpoint of this program, or not a whole one; name another file, or remove it to "
                     "begin the export anew");
}

void CheckpointFile::remove() const {
    const int error = platform::removeFile(path());
    if (error != 0 && error != ENOENT) {
        throw std::runtime_error("the checkpoint '" + path() + "' cannot be removed: " + reasonOf(error));
    }
}

}  // namespace cli
