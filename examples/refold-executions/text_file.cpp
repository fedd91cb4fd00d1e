#include "text_file.hpp"

#include "exit_code.hpp"
#include "platform/files.hpp"
#include "system_reason.hpp"

#include <cerrno>

namespace cli {

std::string textOfFile(const char* flag, const std::string& path) {
    std::string text;
    const int error = platform::readFile(path, text);
    if (error == ENOENT) return {};
    // Starting afresh would repeat or miss work, so the error is reported.
    if (error != 0) throw UsageError(std::string(flag) + ": '" + path + "' cannot be read: " + reasonOf(error));
    return text.find_first_not_of(" \t\r\n") == std::string::npos ? std::string() : text;
}

}  // namespace cli
