#include "platform/arguments.hpp"

#include "platform/windows/system.hpp"

#include <shellapi.h>

#include <memory>

namespace cli::platform {

std::vector<std::string> argumentsOf(int, const char* const*) {
    int count = 0;
    const std::unique_ptr<LPWSTR, decltype(&::LocalFree)> words(::CommandLineToArgvW(::GetCommandLineW(), &count),
                                                                &::LocalFree);
    std::vector<std::string> arguments;
    for (int i = 1; words && i < count; ++i) arguments.push_back(toUtf8(words.get()[i]));
    return arguments;
}

}  // namespace cli::platform
