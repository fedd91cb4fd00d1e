#include "platform/files.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <memory>

namespace cli::platform {
namespace {

int resultOf(int value) {
    return value == 0 ? 0 : errno;
}

int synchronize(int descriptor) {
#if defined(__APPLE__)
    return ::fsync(descriptor);
#else
    return ::fdatasync(descriptor);
#endif
}

/// A new name is on the disk once its directory is. Not every file system can do that.
void synchronizeDirectory(const std::string& path) {
    const FileDescriptor directory(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (directory.isOpen()) ::fsync(directory.number());
}

}  // namespace

void FileDescriptor::close() noexcept {
    if (isOpen()) ::close(number_);
    number_ = -1;
}

FileDescriptor createFile(const std::string& path) {
    // Not by mkstemp(), whose files only their owner can read: the umask decides who may read a page.
    return FileDescriptor(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
}

FileDescriptor openToAppend(const std::string& path) {
    FileDescriptor file(::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666));
    if (file.isOpen()) synchronizeDirectory(directoryOf(path));
    return file;
}

int lockFile(int descriptor) {
    return resultOf(::flock(descriptor, LOCK_EX | LOCK_NB));
}

int writeFile(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(descriptor, text.data(), text.size());
        if (written < 0 && errno != EINTR) return errno;
        if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
    }
    return 0;
}

int synchronizeFile(int descriptor) {
    const int error = resultOf(synchronize(descriptor));
    return error == EINVAL || error == EROFS ? 0 : error;
}

int resizeFile(int descriptor, std::uint64_t size) {
    if (const int error = resultOf(::ftruncate(descriptor, static_cast<off_t>(size)))) return error;
    return ::lseek(descriptor, 0, SEEK_END) < 0 ? errno : 0;
}

std::optional<FileIdentity> identifyFile(int descriptor) {
    struct stat status = {};
    if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) return {};
    FileIdentity file;
    file.device = static_cast<std::uint64_t>(status.st_dev);
    file.inode = static_cast<std::uint64_t>(status.st_ino);
    file.size = static_cast<std::uint64_t>(status.st_size);
    return file;
}

std::string resolvedPath(const std::string& path) {
    const std::unique_ptr<char, decltype(&std::free)> resolved(::realpath(path.c_str(), nullptr), &std::free);
    return resolved ? resolved.get() : std::string();
}

std::string directoryOf(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    if (slash == std::string::npos) return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

bool endsInSeparator(const std::string& path) {
    return !path.empty() && path.back() == '/';
}

FileKind kindOf(const std::string& path) {
    struct stat status = {};
    if (::stat(path.c_str(), &status) != 0) return FileKind::none;
    return S_ISREG(status.st_mode) ? FileKind::regular : FileKind::other;
}

int checkReadable(const std::string& path) {
    return resultOf(::access(path.c_str(), R_OK));
}

int checkWritable(const std::string& path) {
    return resultOf(::access(path.c_str(), W_OK));
}

int checkDirectoryWritable(const std::string& path) {
    return resultOf(::access(path.c_str(), W_OK | X_OK));
}

int copyPermissions(const std::string& path, int descriptor) {
    struct stat status = {};
    if (::stat(path.c_str(), &status) != 0) return 0;
    return resultOf(::fchmod(descriptor, status.st_mode & 0777U));
}

int putInPlace(FileDescriptor file, const std::string& from, const std::string& to) {
    file.close();
    if (const int error = resultOf(::rename(from.c_str(), to.c_str()))) return error;
    synchronizeDirectory(directoryOf(to));
    return 0;
}

int removeFile(const std::string& path) {
    return resultOf(::unlink(path.c_str()));
}

int readFile(const std::string& path, std::string& text) {
    const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.isOpen()) return errno;
    text.clear();
    char piece[16384];
    for (;;) {
        const ssize_t count = ::read(file.number(), piece, sizeof piece);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return errno;
        if (count == 0) return 0;
        text.append(piece, static_cast<std::size_t>(count));
    }
}

}  // namespace cli::platform
