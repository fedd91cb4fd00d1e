// Checks of the fuzzers. A failed check prints what was expected and aborts, which libFuzzer records as a finding.
#ifndef REFOLD_TESTS_FUZZ_REQUIRE_HPP
#define REFOLD_TESTS_FUZZ_REQUIRE_HPP

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace refold::fuzz {

inline void require(bool holds, const char* expectation) {
    if (holds) return;
    std::fprintf(stderr, "failed check: %s\n", expectation);
    std::abort();
}

/// Returns the input as text.
inline std::string_view textOf(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

/// True if a text fits on one line of a log.
inline bool isOneLine(std::string_view text) {
    for (const char c : text) {
        if (static_cast<unsigned char>(c) < 0x20U || c == 0x7F) return false;
    }
    return true;
}

}  // namespace refold::fuzz

#endif
