// A transport that passes requests to another one and records the exchanges in a file without secrets.
// `ReplayingTransport` answers from the file, so that tests run on real answers without a server. Part of the testing
// component.
#ifndef REFOLD_TESTING_RECORDING_TRANSPORT_HPP
#define REFOLD_TESTING_RECORDING_TRANSPORT_HPP

#include <refold/testing/export.hpp>
#include <refold/transport.hpp>

#include <cstddef>
#include <memory>
#include <string>

namespace refold {
inline namespace v0 {
namespace testing {

/// Records a client's exchanges with a real server:
///
///     refold::ClientOptions options;
///     auto recorder = std::make_shared<refold::testing::RecordingTransport>(
///         refold::defaultTransport(options), "runs.json");
///     options.transport = recorder;
///
/// The file is indented JSON, to be read and put under version control. Its content is selected by allow-lists:
///
/// - headers that describe the content;
/// - the documented query parameters;
/// - the documented fields of JSON bodies, except those that hold an account's identity or data (`linked_account_id`,
///   `config_id`, `linked_account_data`, `custom_field_values`, inputs and outputs of nodes) or a token.
///
/// Other fields keep their name and lose their value (`***`, 0, false, an empty object or array). Bodies that are not
/// JSON are omitted. Credentials, tokens and linked account ids that occurred anywhere are replaced wherever they
/// appear. Names of runs and workflows are kept: read the file before you publish it.
///
/// Every member may be called from any thread.
class REFOLD_TESTING_EXPORT RecordingTransport final : public Transport {
  public:
    /// Passes requests to `transport`. Does not touch `file` yet: `save()` overwrites it, and so does the destructor if
    /// there are unsaved exchanges. Throws `std::invalid_argument` if `transport` is null or `file` is empty.
    RecordingTransport(std::shared_ptr<Transport> transport, std::string file);
    /// Saves what has not been saved, ignoring errors; call `save()` to see them.
    ~RecordingTransport() override;

    /// Passes the request on and records the answer or the failure, unless it was cancelled.
    HttpResponse send(const HttpRequest& request) override;

    /// Writes the exchanges recorded so far to the file, atomically. Throws `std::runtime_error` if it cannot be
    /// written.
    void save();

    /// The number of exchanges recorded.
    std::size_t exchangeCount() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace testing
}  // namespace v0
}  // namespace refold

#endif
