// A transport that passes requests on to another and writes down what was said, for tests that are to run on real answers without
// a server: `ReplayingTransport` answers from the file. Secrets do not reach the file. Part of the testing component.
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
///     auto recorder = std::make_shared<refold::testing::RecordingTransport>(refold::defaultTransport(options), "runs.json");
///     options.transport = recorder;
///
/// The file is JSON, indented, made to be read and to be put under version control. What goes into it goes by allow-lists: of
/// the headers, those that describe the content; of the query, the values of the documented parameters; of JSON bodies, the documented
/// fields without those that hold an account's identity or data (`linked_account_id`, `config_id`, `linked_account_data`,
/// `custom_field_values`, inputs and outputs of nodes) or a token. Of other fields the value is blotted out (`***`, 0, false, an empty
/// object or array) and the name is left; bodies that are not JSON are left out. Besides, credentials, tokens and linked account ids that
/// were seen anywhere are blotted out wherever they appear. Names of runs and workflows stay: read the file before
/// it is published.
///
/// Every member may be called from any thread.
class REFOLD_TESTING_EXPORT RecordingTransport final : public Transport {
  public:
    /// Writes nothing yet.
    /// \param transport  what requests are passed on to
    /// \param file       where the recording goes; what is there already is replaced
    /// \throws std::invalid_argument if there is no transport or no file name
    RecordingTransport(std::shared_ptr<Transport> transport, std::string file);
    /// Saves what has not been saved; a failure to do so goes unnoticed here.
    ~RecordingTransport() override;

    /// Passes the request on and remembers it with its answer, or with its failure. A cancelled request is not remembered.
    /// \param request  what is asked
    /// \return what the other transport returned
    /// \throws Error  what the other transport threw
    HttpResponse send(const HttpRequest& request) override;

    /// Writes what has been recorded so far to the file, as a whole or not at all.
    /// \throws std::runtime_error if it cannot be written
    void save();

    /// \return how many exchanges have been recorded
    std::size_t exchangeCount() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace testing
}  // namespace v0
}  // namespace refold

#endif
