// Builders of executions and pages for tests: as values, and as the JSON that a server sends, for `FakeTransport` and
// `FakeServer`. Part of the testing component.
#ifndef REFOLD_TESTING_BUILDERS_HPP
#define REFOLD_TESTING_BUILDERS_HPP

#include <refold/execution.hpp>
#include <refold/page.hpp>
#include <refold/testing/export.hpp>
#include <refold/timestamp.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace refold {
inline namespace v0 {
namespace testing {

/// Builds an execution field by field. By default it is a completed run: name `Execution for workflow wf_daily_sync`,
/// status COMPLETED, environment `test`, created 2026-06-16T13:15:00.000Z.
///
///     Execution run = ExecutionBuilder("exec_1").status("ERRORED").workflow("wf_7", "Daily Sync").build();
class REFOLD_TESTING_EXPORT ExecutionBuilder {
  public:
    /// `id` is the run's `_id`.
    explicit ExecutionBuilder(std::string_view id);

    /// \{
    /// Sets a field and returns this builder.
    ExecutionBuilder& name(std::string_view name);
    ExecutionBuilder& orgId(std::string_view orgId);
    ExecutionBuilder& environment(const Environment& environment);
    ExecutionBuilder& status(const ExecutionStatus& status);
    ExecutionBuilder& application(std::string_view id, std::string_view name);
    ExecutionBuilder& workflow(std::string_view id, std::string_view name);
    ExecutionBuilder& triggerApplicationEvent(std::string_view event);
    ExecutionBuilder& linkedAccountId(std::string_view linkedAccountId);
    ExecutionBuilder& configId(std::string_view configId);
    ExecutionBuilder& typeOfExecution(const ExecutionType& type);
    ExecutionBuilder& createdAt(Timestamp time);
    /// \}
    /// Sets `createdAt` as text, which need not be a date.
    ExecutionBuilder& createdAt(std::string_view text);

    /// Sets any field by its name on the wire, such as `completion_percentage`, to a JSON text: `"text"` with its
    /// quotes, `42`, `null`, `{"a":[]}`. Throws `std::invalid_argument` if `json` is not JSON.
    ExecutionBuilder& field(std::string_view name, std::string_view json);
    /// Omits a field, by its name on the wire.
    ExecutionBuilder& without(std::string_view name);

    /// Returns the run as a server sends it.
    std::string json() const;
    /// Returns the run as a client delivers it. Its `rawJson` equals `json()`.
    Execution build() const;

  private:
    ExecutionBuilder& text(std::string_view name, std::string_view value);
    ExecutionBuilder& object(std::string_view name, std::string_view id, std::string_view itsName);
    ExecutionBuilder& put(std::string_view name, std::string json);

    std::vector<std::pair<std::string, std::string>> fields_;
};

/// The numbers of a page's envelope. Those without a value are derived from the others.
struct PageNumbers {
    /// 1-based.
    std::int64_t page = 1;
    /// Unset: the number of runs on the page, at least 1.
    std::optional<std::int64_t> limit = {};
    /// Unset: the runs on this page and on full pages before it.
    std::optional<std::int64_t> totalDocs = {};
    /// Unset: derived from `totalDocs`.
    std::optional<bool> hasNextPage = {};
};

/// Returns a page as a server sends it: `transport->respond(200, pageJson({ExecutionBuilder("a"),
/// ExecutionBuilder("b")}))`. For listings over several pages use `FakeServer`, because a listing chooses its page
/// sizes itself.
REFOLD_TESTING_EXPORT std::string pageJson(const std::vector<ExecutionBuilder>& runs, const PageNumbers& numbers = {});

/// Returns a page as a client delivers it.
REFOLD_TESTING_EXPORT Page<Execution> buildPage(const std::vector<ExecutionBuilder>& runs,
                                                const PageNumbers& numbers = {});

/// Returns the API's error body: `transport->respond(404, errorJson(404, "No such workflow"))`. `message` and `code`
/// are what `ApiError::serverMessage()` and `ApiError::code()` return.
REFOLD_TESTING_EXPORT std::string errorJson(int status, std::string_view message,
                                            std::string_view code = "SERVER_ERROR");

}  // namespace testing
}  // namespace v0
}  // namespace refold

#endif
