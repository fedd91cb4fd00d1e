// Executions and pages for users' own tests: as values for functions that take them, and as the JSON that a server would send, for
// `FakeTransport` and `FakeServer`. Part of the testing component.
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

/// Makes an execution field by field. What is not said is that of a run which completed: `Execution for workflow
/// wf_daily_sync`, status COMPLETED, environment `test`, created 2026-06-16T13:15:00.000Z.
///
///     Execution run = ExecutionBuilder("exec_1").status("FAILED").workflow("wf_7", "Daily Sync").build();
class REFOLD_TESTING_EXPORT ExecutionBuilder {
  public:
    /// \param id  the run's `_id`
    explicit ExecutionBuilder(std::string_view id);

    /// \param name  the run's name
    /// \return this builder; so all below
    ExecutionBuilder& name(std::string_view name);
    /// \param orgId  the organisation's id
    /// \return this builder
    ExecutionBuilder& orgId(std::string_view orgId);
    /// \param environment  `test` or `production`
    /// \return this builder
    ExecutionBuilder& environment(const Environment& environment);
    /// \param status  any status, known or not
    /// \return this builder
    ExecutionBuilder& status(const ExecutionStatus& status);
    /// \param id    the application's id
    /// \param name  the application's name
    /// \return this builder
    ExecutionBuilder& application(std::string_view id, std::string_view name);
    /// \param id    the workflow's id
    /// \param name  the workflow's name
    /// \return this builder
    ExecutionBuilder& workflow(std::string_view id, std::string_view name);
    /// \param event  what started the run, as the application names it
    /// \return this builder
    ExecutionBuilder& triggerApplicationEvent(std::string_view event);
    /// \param linkedAccountId  whose run it is
    /// \return this builder
    ExecutionBuilder& linkedAccountId(std::string_view linkedAccountId);
    /// \param configId  the configuration that it ran with
    /// \return this builder
    ExecutionBuilder& configId(std::string_view configId);
    /// \param type  whether its caller waited
    /// \return this builder
    ExecutionBuilder& typeOfExecution(const ExecutionType& type);
    /// \param time  when the run was created, in UTC
    /// \return this builder
    ExecutionBuilder& createdAt(Timestamp time);
    /// \param text  `createdAt` as a server would write it, which need not be a date
    /// \return this builder
    ExecutionBuilder& createdAt(std::string_view text);

    /// Any field, by its name on the wire: those of newer servers, and values that ought not to be.
    /// \param name  such as `completion_percentage`
    /// \param json  its value as JSON text: `"text"` with its quotes, `42`, `null`, `{"a":[]}`
    /// \return this builder
    /// \throws std::invalid_argument if `json` is not JSON
    ExecutionBuilder& field(std::string_view name, std::string_view json);
    /// Leaves a field out.
    /// \param name  by its name on the wire
    /// \return this builder
    ExecutionBuilder& without(std::string_view name);

    /// \return the run as a server would send it
    std::string json() const;
    /// \return the run as the client would deliver it, with `rawJson` the same as `json()`
    Execution build() const;

  private:
    ExecutionBuilder& text(std::string_view name, std::string_view value);
    ExecutionBuilder& object(std::string_view name, std::string_view id, std::string_view itsName);
    ExecutionBuilder& put(std::string_view name, std::string json);

    std::vector<std::pair<std::string, std::string>> fields_;
};

/// The numbers of a page's envelope. Those without a value are worked out from the others.
struct PageNumbers {
    /// 1-based.
    std::int64_t page = 1;
    /// Unset: the number of runs on the page, at least 1.
    std::optional<std::int64_t> limit = {};
    /// Unset: the runs of full pages before this one, and those of this one.
    std::optional<std::int64_t> totalDocs = {};
    /// Unset: whether `totalDocs` says so.
    std::optional<bool> hasNextPage = {};
};

/// One page as a server would send it: `transport->respond(200, pageJson({ExecutionBuilder("a"), ExecutionBuilder("b")}))`. For
/// listings over several pages there is `FakeServer`: they ask for pages as they see fit.
/// \param runs     what stands on it, in order
/// \param numbers  what the envelope says
/// \return the body of the answer
REFOLD_TESTING_EXPORT std::string pageJson(const std::vector<ExecutionBuilder>& runs, const PageNumbers& numbers = {});

/// The same as a value, for functions that take pages.
/// \param runs     what stands on it, in order
/// \param numbers  what the envelope says
/// \return the page as the client would deliver it
REFOLD_TESTING_EXPORT Page<Execution> buildPage(const std::vector<ExecutionBuilder>& runs,
                                                const PageNumbers& numbers = {});

/// The body with which the API refuses: `transport->respond(404, errorJson(404, "No such workflow"))`.
/// \param status   the HTTP status
/// \param message  what `ApiError::serverMessage()` will say
/// \param code     what `ApiError::code()` will say
/// \return the body of the answer
REFOLD_TESTING_EXPORT std::string errorJson(int status, std::string_view message,
                                            std::string_view code = "SERVER_ERROR");

}  // namespace testing
}  // namespace v0
}  // namespace refold

#endif
