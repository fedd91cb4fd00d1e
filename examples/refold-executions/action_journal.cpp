// Each line is an event with fields separated by tabs. The file only grows. A last line marks the selection as
// complete: without it nothing was sent. A line without its line break is ignored.
#include "action_journal.hpp"

#include "atomic_file.hpp"
#include "exit_code.hpp"
#include "system_reason.hpp"
#include "text_file.hpp"

#include <cerrno>
#include <cstdio>
#include <utility>

namespace cli {
namespace {

constexpr const char* mark = "refold-executions actions 2";

/// A field that holds no tab and no line break, and back.
std::string escaped(std::string_view text) {
    std::string field;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && c != '%') {
            field += c;
            continue;
        }
        char code[4];
        std::snprintf(code, sizeof code, "%%%02X", static_cast<unsigned>(byte));
        field += code;
    }
    return field;
}

std::string unescaped(std::string_view field) {
    const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'A' + 10; };
    std::string text;
    for (std::size_t i = 0; i < field.size(); ++i) {
        if (field[i] == '%' && i + 2 < field.size()) {
            text += static_cast<char>(digit(field[i + 1]) * 16 + digit(field[i + 2]));
            i += 2;
        } else {
            text += field[i];
        }
    }
    return text;
}

std::string lineOf(const std::vector<std::string>& fields) {
    std::string line;
    for (const std::string& field : fields) line += (line.empty() ? "" : "\t") + escaped(field);
    return line + "\n";
}

std::vector<std::string> fieldsOf(std::string_view line) {
    std::vector<std::string> fields;
    for (;;) {
        const std::size_t tab = line.find('\t');
        fields.push_back(unescaped(line.substr(0, tab)));
        if (tab == std::string_view::npos) return fields;
        line.remove_prefix(tab + 1);
    }
}

const char* nameOf(ActionOutcome outcome) noexcept {
    return outcome == ActionOutcome::done ? "done" : outcome == ActionOutcome::refused ? "refused" : "doubt";
}

}  // namespace

ActionJournal::ActionJournal(const std::string& path, Use use, std::string action, std::string selection,
                             std::uint64_t source)
    : path_(AtomicFile("--checkpoint", path).path()),
      action_(std::move(action)),
      selection_(std::move(selection)),
      source_(source) {
    if (use == Use::acting) {
        const int error = lines_.open(path_);
        if (error == EWOULDBLOCK) refuse("is in use by another command");
        if (error != 0) refuse("cannot be written: " + reasonOf(error));
    }
    const std::string text = textOfFile("--checkpoint", path_);
    if (text.empty()) return;
    const std::uint64_t whole = read(text);
    if (resumed_ && use == Use::acting) lines_.truncate(whole);
}

void ActionJournal::refuse(const std::string& reason) const {
    throw UsageError("--checkpoint: '" + path_ + "' " + reason);
}

std::string ActionJournal::headText() const {
    return lineOf({mark}) + lineOf({"action", action_}) + lineOf({"source", std::to_string(source_)}) +
           lineOf({"selection", selection_});
}

std::uint64_t ActionJournal::read(const std::string& text) {
    const std::string head = headText();
    if (text.rfind(lineOf({mark}), 0) != 0) {
        refuse("is not a checkpoint of this command; name another file, or remove it to start again");
    }
    if (text.rfind(head, 0) != 0) {
        refuse(
            "was written by another command, other runs, or another server or account; give the same command again, "
            "or name another file");
    }
    std::string_view rest = std::string_view(text).substr(head.size());
    for (std::size_t end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
        readLine(fieldsOf(rest.substr(0, end)));
        rest.remove_prefix(end + 1);
    }
    return text.size() - rest.size();
}

void ActionJournal::readLine(const std::vector<std::string>& fields) {
    const std::string& event = fields[0];
    if (event == "run" && fields.size() == 5) {
        SelectedRun run;
        run.id = run.known.id = fields[1];
        run.known.status = fields[2];
        run.known.createdAt = refold::parseTimestamp(fields[3]);
        run.known.associatedWorkflow.name = fields[4];
        runs_.push_back(std::move(run));
        return;
    }
    if (event == "selected" && fields.size() == 1) {
        resumed_ = true;
        return;
    }
    if (event == "send" && fields.size() == 2) {
        results_[fields[1]] = {ActionOutcome::inDoubt, "", "the program ended while the request was under way"};
        return;
    }
    if (event == "unsent" && fields.size() == 2) {
        results_.erase(fields[1]);
        return;
    }
    for (const ActionOutcome outcome : {ActionOutcome::done, ActionOutcome::refused, ActionOutcome::inDoubt}) {
        if (event != nameOf(outcome) || fields.size() != 4) continue;
        results_[fields[1]] = {outcome, fields[2], fields[3]};
        return;
    }
    refuse("is damaged; name another file, or remove it to start again");
}

std::optional<ActionResult> ActionJournal::resultOf(const std::string& id) const {
    const auto found = results_.find(id);
    return found != results_.end() ? std::optional(found->second) : std::nullopt;
}

void ActionJournal::begin(const std::vector<SelectedRun>& runs) {
    if (resumed_) return;
    std::string text = headText();
    for (const SelectedRun& run : runs) {
        const std::string date = run.known.createdAt ? refold::formatTimestamp(*run.known.createdAt) : std::string();
        text += lineOf({"run", run.id, run.known.status.value(), date, run.known.associatedWorkflow.name});
    }
    lines_.truncate(0);
    lines_.append(text + lineOf({"selected"}));
    runs_ = runs;
}

void ActionJournal::noteSending(const std::string& id) {
    lines_.append(lineOf({"send", id}));
}

void ActionJournal::noteUnsent(const std::string& id) {
    lines_.append(lineOf({"unsent", id}));
}

void ActionJournal::note(const std::string& id, const ActionResult& result) {
    results_[id] = result;
    lines_.append(lineOf({nameOf(result.outcome), id, result.newId, result.error}));
}

}  // namespace cli
