#include "append_file.hpp"

#include "system_reason.hpp"

#include <cerrno>
#include <stdexcept>

namespace cli {
namespace {

[[noreturn]] void fail(const std::string& path, int error) {
    throw std::runtime_error("'" + path + "' cannot be written: " + reasonOf(error));
}

}  // namespace

void AppendFile::open(const std::string& path) {
    path_ = path;
    file_ = platform::openToAppend(path);
    if (!file_.isOpen()) fail(path, errno);
}

void AppendFile::append(std::string_view line) {
    if (const int error = platform::writeFile(file_.number(), line)) fail(path_, error);
    if (const int error = platform::synchronizeFile(file_.number())) fail(path_, error);
}

}  // namespace cli
