// The file format of recorded exchanges. Written by RecordingTransport, read by ReplayingTransport.
#ifndef REFOLD_TESTING_RECORDING_HPP
#define REFOLD_TESTING_RECORDING_HPP

#include <refold/error.hpp>
#include <refold/transport.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace refold::internal::fake {

/// A request and its answer or failure.
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

/// Returns the text of a recording: the allowed parts of each exchange, without any secret that occurs in one of them.
std::string writeRecording(const std::vector<Exchange>& exchanges);

/// Returns the exchanges of a recording; the URL of a request is its path and query. Throws a `std::runtime_error` that
/// names `file` if the text is not a recording.
std::vector<Exchange> readRecording(std::string_view text, const std::string& file);

}  // namespace refold::internal::fake

#endif
