#include "append_file.hpp"

#include "system_reason.hpp"

#include <cerrno>
#include <stdexcept>

namespace cli {

int AppendFile::open(const std::string& path) {
    path_ = path;
    file_ = platform::openToAppend(path);
    return file_.isOpen() ? platform::lockFile(file_.number()) : errno;
}

void AppendFile::append(std::string_view line) {
    check(platform::writeFile(file_.number(), line));
    check(platform::synchronizeFile(file_.number()));
}

void AppendFile::truncate(std::uint64_t size) {
    check(platform::resizeFile(file_.number(), size));
}

void AppendFile::check(int error) const {
    if (error != 0) throw std::runtime_error("'" + path_ + "' cannot be written: " + reasonOf(error));
}

}  // namespace cli
