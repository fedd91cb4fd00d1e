// By the C library's descriptors, with UTF-16 names, and without its translation of line ends.
#include "platform/files.hpp"

#include "platform/windows/system.hpp"

#include <fcntl.h>
#include <io.h>
#include <share.h>
#include <sys/stat.h>
#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>

namespace cli::platform {
namespace {

constexpr const char* separators = "/\\";

FileDescriptor open(const std::string& path, int flags) {
    int descriptor = -1;
    const int error = ::_wsopen_s(&descriptor, toUtf16(path).c_str(), flags | _O_BINARY | _O_NOINHERIT, _SH_DENYNO,
                                  _S_IREAD | _S_IWRITE);
    errno = error;
    return FileDescriptor(error == 0 ? descriptor : -1);
}

HANDLE handleOf(int descriptor) noexcept {
    return reinterpret_cast<HANDLE>(::_get_osfhandle(descriptor));
}

int lastError(bool succeeded) {
    return succeeded ? 0 : errnoOf(::GetLastError());
}

}  // namespace

void FileDescriptor::close() noexcept {
    if (isOpen()) ::_close(number_);
    number_ = -1;
}

FileDescriptor createFile(const std::string& path) {
    return open(path, _O_WRONLY | _O_CREAT | _O_EXCL);
}

FileDescriptor openToAppend(const std::string& path) {
    return open(path, _O_WRONLY | _O_APPEND | _O_CREAT);
}

int lockFile(int descriptor) {
    // A locked byte cannot be read by others: this one lies behind every file's end.
    OVERLAPPED place = {};
    place.OffsetHigh = 0x7FFFFFFF;
    constexpr DWORD flags = LOCKFILE_EXCLUSIVE_LOCK | LOCKFILE_FAIL_IMMEDIATELY;
    if (::LockFileEx(handleOf(descriptor), flags, 0, 1, 0, &place) != 0) return 0;
    const DWORD error = ::GetLastError();
    return error == ERROR_LOCK_VIOLATION || error == ERROR_IO_PENDING ? EWOULDBLOCK : errnoOf(error);
}

int writeFile(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const auto piece = static_cast<unsigned>(std::min<std::size_t>(text.size(), 1U << 20));
        const int written = ::_write(descriptor, text.data(), piece);
        if (written < 0) return errno;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return 0;
}

int synchronizeFile(int descriptor) {
    return ::_commit(descriptor) == 0 ? 0 : errno;
}

int resizeFile(int descriptor, std::uint64_t size) {
    if (const int error = ::_chsize_s(descriptor, static_cast<long long>(size))) return error;
    return ::_lseeki64(descriptor, 0, SEEK_END) < 0 ? errno : 0;
}

std::optional<FileIdentity> identifyFile(int descriptor) {
    BY_HANDLE_FILE_INFORMATION information = {};
    const HANDLE handle = handleOf(descriptor);
    if (::GetFileType(handle) != FILE_TYPE_DISK || ::GetFileInformationByHandle(handle, &information) == 0) return {};
    const auto joined = [](DWORD high, DWORD low) { return std::uint64_t{high} << 32U | low; };
    FileIdentity file;
    file.device = information.dwVolumeSerialNumber;
    file.inode = joined(information.nFileIndexHigh, information.nFileIndexLow);
    file.size = joined(information.nFileSizeHigh, information.nFileSizeLow);
    return file;
}

std::string resolvedPath(const std::string& path) {
    std::error_code error;
    const std::filesystem::path resolved = std::filesystem::canonical(std::filesystem::path(toUtf16(path)), error);
    return error ? std::string() : toUtf8(resolved.wstring());
}

std::string directoryOf(const std::string& path) {
    const std::size_t separator = path.find_last_of(separators);
    const bool hasDrive = path.size() >= 2 && path[1] == ':';
    if (separator == std::string::npos) return hasDrive ? path.substr(0, 2) + "." : ".";
    const bool isRoot = separator == 0 || (hasDrive && separator == 2);
    return path.substr(0, isRoot ? separator + 1 : separator);
}

bool endsInSeparator(const std::string& path) {
    return !path.empty() && path.find_last_of(separators) == path.size() - 1;
}

FileKind kindOf(const std::string& path) {
    std::error_code error;
    const std::filesystem::file_status status = std::filesystem::status(std::filesystem::path(toUtf16(path)), error);
    if (!std::filesystem::exists(status)) return FileKind::none;
    return std::filesystem::is_regular_file(status) ? FileKind::regular : FileKind::other;
}

int checkReadable(const std::string& path) {
    const FileDescriptor file = open(path, _O_RDONLY);
    return file.isOpen() ? 0 : errno;
}

int checkWritable(const std::string& path) {
    return ::_waccess_s(toUtf16(path).c_str(), 2);
}

int checkDirectoryWritable(const std::string& path) {
    const Handle directory(::CreateFileW(toUtf16(path).c_str(), FILE_ADD_FILE,
                                         FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr, OPEN_EXISTING,
                                         FILE_FLAG_BACKUP_SEMANTICS, nullptr));
    return lastError(directory.isOpen());
}

int copyPermissions(const std::string&, int) {
    return 0;  // a file has those of its directory
}

int putInPlace(FileDescriptor file, const std::string& from, const std::string& to) {
    file.close();
    return lastError(::MoveFileExW(toUtf16(from).c_str(), toUtf16(to).c_str(),
                                   MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH) != 0);
}

int removeFile(const std::string& path) {
    return ::_wunlink(toUtf16(path).c_str()) == 0 ? 0 : errno;
}

int readFile(const std::string& path, std::string& text) {
    const FileDescriptor file = open(path, _O_RDONLY);
    if (!file.isOpen()) return errno;
    text.clear();
    char piece[16384];
    for (;;) {
        const int count = ::_read(file.number(), piece, sizeof piece);
        if (count < 0) return errno;
        if (count == 0) return 0;
        text.append(piece, static_cast<std::size_t>(count));
    }
}

}  // namespace cli::platform
