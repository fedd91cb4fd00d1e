#include "append_file.hpp"

#include "system_reason.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <cerrno>
#include <stdexcept>

namespace cli {

AppendFile::~AppendFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

void AppendFile::open(const std::string& path) {
    path_ = path;
    descriptor_ = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
    if (descriptor_ < 0) throw std::runtime_error("'" + path + "' cannot be written: " + reasonOf(errno));
}

void AppendFile::append(std::string_view line) {
    while (!line.empty()) {
        const ssize_t written = ::write(descriptor_, line.data(), line.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) throw std::runtime_error("'" + path_ + "' cannot be written: " + reasonOf(errno));
        line.remove_prefix(static_cast<std::size_t>(written));
    }
    if (::fdatasync(descriptor_) != 0 && errno != EINVAL && errno != EROFS) {
        throw std::runtime_error("'" + path_ + "' cannot be written: " + reasonOf(errno));
    }
}

}  // namespace cli
