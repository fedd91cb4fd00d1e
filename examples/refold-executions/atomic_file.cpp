// Not by mkstemp(), whose files only their owner can read: a page is made to be shown, and the umask says to whom.
#include "atomic_file.hpp"

#include "exit_code.hpp"
#include "system_reason.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <cstdlib>
#include <memory>
#include <optional>
#include <random>
#include <stdexcept>

namespace cli {
namespace {

std::string directoryOf(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    if (slash == std::string::npos) return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

/// A new file that is gone with its owner, unless it has been renamed.
class FileBeside {
  public:
    explicit FileBeside(const std::string& path) {
        std::random_device random;
        for (int attempt = 0; attempt < 16 && descriptor_ < 0; ++attempt) {
            path_ = path + "." + std::to_string(random() % 1'000'000'000U);
            descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
            if (descriptor_ < 0 && errno != EEXIST) break;
        }
        if (descriptor_ < 0) path_.clear();
    }
    FileBeside(const FileBeside&) = delete;
    FileBeside& operator=(const FileBeside&) = delete;
    ~FileBeside() {
        if (descriptor_ >= 0) ::close(descriptor_);
        if (!path_.empty()) ::unlink(path_.c_str());
    }

    bool isOpen() const noexcept { return descriptor_ >= 0; }
    bool setMode(mode_t mode) const { return ::fchmod(descriptor_, mode) == 0; }

    bool write(std::string_view text) const {
        while (!text.empty()) {
            const ssize_t written = ::write(descriptor_, text.data(), text.size());
            if (written < 0 && errno != EINTR) return false;
            if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
        }
        return ::fsync(descriptor_) == 0 || errno == EINVAL;
    }

    bool renameTo(const std::string& path) {
        if (::rename(path_.c_str(), path.c_str()) != 0) return false;
        path_.clear();
        return true;
    }

  private:
    std::string path_;
    int descriptor_ = -1;
};

/// A new name is on the disk once its directory is. Not every file system can do that.
void syncDirectory(const std::string& path) {
    const int directory = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory < 0) return;
    ::fsync(directory);
    ::close(directory);
}

std::optional<mode_t> modeOf(const std::string& path) {
    struct stat status = {};
    if (::stat(path.c_str(), &status) != 0) return {};
    return status.st_mode;
}

}  // namespace

AtomicFile::AtomicFile(std::string_view flag, const std::string& path) : path_(path) {
    const auto refuse = [&](const std::string& reason) {
        throw UsageError(std::string(flag) + ": '" + path + "' " + reason);
    };
    const std::unique_ptr<char, decltype(&std::free)> resolved(::realpath(path.c_str(), nullptr), &std::free);
    if (resolved) path_ = resolved.get();
    const std::optional<mode_t> mode = modeOf(path_);
    if (mode && !S_ISREG(*mode)) refuse("is not a regular file");
    if (!mode && path.back() == '/') refuse("is no name of a file");
    if (mode && ::access(path_.c_str(), W_OK) != 0) refuse("cannot be written: " + reasonOf(errno));
    if (::access(directoryOf(path_).c_str(), W_OK | X_OK) != 0) {
        refuse("cannot be written: its directory: " + reasonOf(errno));
    }
}

void AtomicFile::write(std::string_view text) const {
    const auto fail = [this](int error) {
        throw std::runtime_error("'" + path_ + "' cannot be written: " + reasonOf(error));
    };
    FileBeside file(path_);
    if (!file.isOpen()) fail(errno);
    const std::optional<mode_t> mode = modeOf(path_);
    if (mode && !file.setMode(*mode & 0777U)) fail(errno);
    if (!file.write(text)) fail(errno);
    if (!file.renameTo(path_)) fail(errno);
    syncDirectory(directoryOf(path_));
}

}  // namespace cli
