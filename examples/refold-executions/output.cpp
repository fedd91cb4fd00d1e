#include "output.hpp"

#include "platform/streams.hpp"
#include "system_reason.hpp"

#include <cerrno>
#include <chrono>

namespace cli {
namespace {

/// The time that the reader has for the rest after an interruption.
constexpr std::chrono::milliseconds grace{500};

[[noreturn]] void failToWrite(int error) {
    if (error == EPIPE) throw OutputClosed("the reader of the output has closed it");
    throw OutputError("cannot write the output: " + reasonOf(error));
}

}  // namespace

void Output::flush() {
    std::string text;
    text.swap(buffer_);
    const platform::WriteResult result = platform::writeStream(descriptor_, text, wake_, grace);
    if (result.interrupted) throw OutputInterrupted("interrupted while the output was written");
    if (result.error != 0) failToWrite(result.error);
    text.clear();
    buffer_.swap(text);
}

std::optional<OutputFile> Output::file() const {
    return platform::identifyFile(descriptor_);
}

void Output::truncate(std::uint64_t size) {
    if (const int error = platform::resizeFile(descriptor_, size)) {
        throw OutputError("cannot cut the output back to where the checkpoint stands: " + reasonOf(error));
    }
}

void Output::synchronize() const {
    if (!file()) return;
    if (const int error = platform::synchronizeFile(descriptor_)) failToWrite(error);
}

}  // namespace cli
