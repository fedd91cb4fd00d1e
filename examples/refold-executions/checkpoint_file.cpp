// One item per line, the last line says that it is whole. Saved by writing a file beside it and renaming.
#include "checkpoint_file.hpp"

#include "exit_code.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <sstream>
#include <system_error>

namespace cli {
namespace {

constexpr const char* firstLine = "refold-executions checkpoint 1";
constexpr const char* lastLine = "end";

std::string reasonOf(int error) {
    return std::generic_category().message(error);
}

/// A descriptor that is closed with its owner.
class Descriptor {
  public:
    explicit Descriptor(int value) noexcept : value_(value) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (value_ >= 0) ::close(value_);
    }
    int get() const noexcept { return value_; }

  private:
    int value_;
};

bool writeWhole(int descriptor, const std::string& text) {
    std::size_t done = 0;
    while (done < text.size()) {
        const ssize_t written = ::write(descriptor, text.data() + done, text.size() - done);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        done += static_cast<std::size_t>(written);
    }
    return ::fsync(descriptor) == 0 || errno == EINVAL;
}

std::string directoryOf(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    if (slash == std::string::npos) return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

std::string dateLine(const char* name, const std::optional<ResolvedDate>& date) {
    if (!date) return {};
    return std::string(name) + " " + date->text + " " + refold::formatTimestamp(date->time) + "\n";
}

std::optional<ResolvedDate> readDate(std::istream& in) {
    ResolvedDate date;
    std::string time;
    if (!(in >> date.text >> time)) return {};
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
    if (name == "source") return static_cast<bool>(in >> state.source);
    if (name == "written") return static_cast<bool>(in >> state.written) && state.written >= 0;
    if (name == "start-date") return (state.startDate = readDate(in)).has_value();
    if (name == "end-date") return (state.endDate = readDate(in)).has_value();
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
    text += dateLine("start-date", state.startDate) + dateLine("end-date", state.endDate);
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

CheckpointFile::CheckpointFile(const std::string& path) : path_(path) {
    // A symbolic link is followed once and for all, or the renaming would replace the link.
    const std::unique_ptr<char, decltype(&std::free)> resolved(::realpath(path.c_str(), nullptr), &std::free);
    if (resolved) path_ = resolved.get();
    struct stat status = {};
    if (::stat(path_.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) {
        throw UsageError("--checkpoint: '" + path + "' is not a regular file");
    }
}

std::optional<ExportState> CheckpointFile::load() const {
    if (::access(path_.c_str(), F_OK) != 0 && errno == ENOENT) return {};
    std::ifstream in(path_, std::ios::binary);
    if (!in) throw UsageError("--checkpoint: '" + path_ + "' cannot be read: " + reasonOf(errno));
    const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (auto state = readExportState(text)) return state;
    throw UsageError("--checkpoint: '" + path_ +
                     "' is not a checkpoint of this program, or not a whole one; name another file, or remove it to "
                     "begin the export anew");
}

void CheckpointFile::save(const ExportState& state) const {
    const auto fail = [this](int error) {
        throw std::runtime_error("the checkpoint '" + path_ + "' cannot be written: " + reasonOf(error));
    };
    const std::string text = writeExportState(state);
    std::string beside = path_ + ".XXXXXX";
    {
        const Descriptor file(::mkstemp(beside.data()));
        if (file.get() < 0) fail(errno);
        if (!writeWhole(file.get(), text)) {
            const int error = errno;
            ::unlink(beside.c_str());
            fail(error);
        }
    }
    if (::rename(beside.c_str(), path_.c_str()) != 0) {
        const int error = errno;
        ::unlink(beside.c_str());
        fail(error);
    }
    // The new name is on the disk once its directory is.
    const Descriptor directory(::open(directoryOf(path_).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (directory.get() >= 0) ::fsync(directory.get());
}

void CheckpointFile::remove() const {
    if (::unlink(path_.c_str()) != 0 && errno != ENOENT) {
        throw std::runtime_error("the checkpoint '" + path_ + "' cannot be removed: " + reasonOf(errno));
    }
}

}  // namespace cli
