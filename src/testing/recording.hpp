// A recording: exchanges with a server, and the file that they are kept in. Written by RecordingTransport, read by ReplayingTransport.
#ifndef REFOLD_TESTING_RECORDING_HPP
#define REFOLD_TESTING_RECORDING_HPP

#include <refold/error.hpp>
#include <refold/transport.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace refold::internal::fake {

/// A request and what came of it: an answer, or a failure.
struct Exchange {
    HttpRequest request = {};
    HttpResponse response = {};
    std::optional<TransportError::Kind> failure = {};
};

/// A URL without scheme and host.
struct Target {
    std::string path = {};
    std::string query = {};  ///< without the `?`
};
Target targetOf(std::string_view url);

/// A recording's text: what the allow-lists let pass of each exchange, and no secret that any of them holds.
std::string writeRecording(const std::vector<Exchange>& exchanges);

/// The exchanges of a recording, whose requests have a path and a query for a URL. Throws `std::runtime_error` that names
/// `file` for what is none.
std::vector<Exchange> readRecording(std::string_view text, const std::string& file);

}  // namespace refold::internal::fake

#endif
