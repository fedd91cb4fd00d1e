#include "atomic_file.hpp"

#include "exit_code.hpp"
#include "platform/files.hpp"
#include "platform/streams.hpp"
#include "system_reason.hpp"

#include <cerrno>
#include <optional>
#include <random>
#include <stdexcept>
#include <utility>

namespace cli {
namespace {

/// A new file that is gone with its owner, unless it has been put in its place.
class FileBeside {
  public:
    explicit FileBeside(const std::string& path) {
        std::random_device random;
        for (int attempt = 0; attempt < 16 && !file_.isOpen(); ++attempt) {
            path_ = path + "." + std::to_string(random() % 1'000'000'000U);
            file_ = platform::createFile(path_);
            if (!file_.isOpen() && errno != EEXIST) break;
        }
        if (!file_.isOpen()) path_.clear();
    }
    FileBeside(const FileBeside&) = delete;
    FileBeside& operator=(const FileBeside&) = delete;
    ~FileBeside() {
        file_.close();
        if (!path_.empty()) platform::removeFile(path_);
    }

    bool isOpen() const noexcept { return file_.isOpen(); }
    int descriptor() const noexcept { return file_.number(); }

    int putInPlace(const std::string& path) {
        const int error = platform::putInPlace(std::move(file_), path_, path);
        if (error == 0) path_.clear();
        return error;
    }

  private:
    std::string path_;
    platform::FileDescriptor file_;
};

}  // namespace

AtomicFile::AtomicFile(std::string_view flag, const std::string& path) : path_(path) {
    const auto refuse = [&](const std::string& reason) {
        throw UsageError(std::string(flag) + ": '" + path + "' " + reason);
    };
    std::string resolved = platform::resolvedPath(path);
    if (!resolved.empty()) path_ = std::move(resolved);
    const platform::FileKind kind = platform::kindOf(path_);
    if (kind == platform::FileKind::other) refuse("is not a regular file");
    if (kind == platform::FileKind::none && platform::endsInSeparator(path)) refuse("names a directory, not a file");
    if (kind == platform::FileKind::regular) {
        if (const int error = platform::checkWritable(path_)) refuse("cannot be written: " + reasonOf(error));
        const auto output = platform::identifyFile(platform::standardOutput);
        const platform::FileDescriptor file = platform::openToAppend(path_);
        const auto there = file.isOpen() ? platform::identifyFile(file.number()) : std::nullopt;
        if (output && there && output->isSameFile(*there)) refuse("is the file that the output goes to; name another");
    }
    if (const int error = platform::checkDirectoryWritable(platform::directoryOf(path_))) {
        refuse("cannot be created in its directory: " + reasonOf(error));
    }
}

void AtomicFile::write(std::string_view text) const {
    const auto failOn = [this](int error) {
        if (error != 0) throw std::runtime_error("'" + path_ + "' cannot be written: " + reasonOf(error));
    };
    FileBeside file(path_);
    if (!file.isOpen()) failOn(errno);
    failOn(platform::copyPermissions(path_, file.descriptor()));
    failOn(platform::writeFile(file.descriptor(), text));
    failOn(platform::synchronizeFile(file.descriptor()));
    failOn(file.putInPlace(path_));
}

}  // namespace cli
