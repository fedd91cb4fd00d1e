#include "text_file.hpp"

#include "exit_code.hpp"
#include "system_reason.hpp"

#include <unistd.h>
#include <cerrno>
#include <fstream>
#include <iterator>

namespace cli {

std::string textOfFile(const char* flag, const std::string& path) {
    if (::access(path.c_str(), F_OK) != 0 && errno == ENOENT) return {};
    std::ifstream in(path, std::ios::binary);
    // To begin anew instead would do again what was done, or miss what has happened meanwhile.
    if (!in) throw UsageError(std::string(flag) + ": '" + path + "' cannot be read: " + reasonOf(errno));
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace cli
