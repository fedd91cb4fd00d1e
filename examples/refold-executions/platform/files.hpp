// Wraps the file operations of the system: create, append, lock, synchronise, replace. Used by the classes that write
// files. Paths are UTF-8. Functions that return `int` return 0 or the value of errno.
#ifndef REFOLD_EXECUTIONS_PLATFORM_FILES_HPP
#define REFOLD_EXECUTIONS_PLATFORM_FILES_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace cli::platform {

/// Identifies the regular file of a descriptor, with its size in bytes.
struct FileIdentity {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::uint64_t size = 0;

    bool isSameFile(const FileIdentity& other) const noexcept { return device == other.device && inode == other.inode; }
};

/// A descriptor that is closed with its owner.
class FileDescriptor {
  public:
    explicit FileDescriptor(int number = -1) noexcept : number_(number) {}
    FileDescriptor(const FileDescriptor&) = delete;
    FileDescriptor& operator=(const FileDescriptor&) = delete;
    FileDescriptor(FileDescriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    FileDescriptor& operator=(FileDescriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~FileDescriptor() { close(); }

    bool isOpen() const noexcept { return number_ >= 0; }
    int number() const noexcept { return number_; }
    void close() noexcept;

  private:
    int number_;
};

/// Creates a new file for writing. On failure the result is not open and errno is set: EEXIST if the file exists.
FileDescriptor createFile(const std::string& path);
/// Opens a file for appending, and creates it if it does not exist. On failure the result is not open and errno is set.
FileDescriptor openToAppend(const std::string& path);
/// Locks a file until it is closed. Returns EWOULDBLOCK if it is locked already. It can still be read.
int lockFile(int descriptor);

/// Writes all of it.
int writeFile(int descriptor, std::string_view text);
/// Makes what was written survive a loss of power if the file system supports that.
int synchronizeFile(int descriptor);
/// Truncates the file and moves the position to its new end.
int resizeFile(int descriptor, std::uint64_t size);
/// Empty if the descriptor is a pipe, a terminal or a device.
std::optional<FileIdentity> identifyFile(int descriptor);

/// The path with symbolic links followed; empty if there is no such file.
std::string resolvedPath(const std::string& path);
/// Returns the path up to the last separator; `.` if it has none.
std::string directoryOf(const std::string& path);
bool endsInSeparator(const std::string& path);

enum class FileKind { none, regular, other };
FileKind kindOf(const std::string& path);

int checkReadable(const std::string& path);
int checkWritable(const std::string& path);
/// Checks whether files can be created in a directory.
int checkDirectoryWritable(const std::string& path);

/// Gives an open file the permissions of the file at `path`, if it exists.
int copyPermissions(const std::string& path, int descriptor);
/// Closes `file`, whose path is `from`, and renames it to `to` atomically and durably.
int putInPlace(FileDescriptor file, const std::string& from, const std::string& to);
/// Returns ENOENT if the file does not exist.
int removeFile(const std::string& path);

/// The whole of a file, or an error.
int readFile(const std::string& path, std::string& text);

}  // namespace cli::platform

#endif
