// One run of a workflow, as the API describes it, and the open sets it is described with. What `listExecutions` and
// the ranges deliver.
#ifndef REFOLD_EXECUTION_HPP
#define REFOLD_EXECUTION_HPP

#include <refold/export.hpp>
#include <refold/open_set.hpp>
#include <refold/timestamp.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace refold {
inline namespace v0 {

/// How a run stands. The constants are the values seen in the vendor's pages; a server may answer others.
class REFOLD_EXPORT ExecutionStatus : public OpenSet<ExecutionStatus> {
  public:
    ExecutionStatus() = default;
    /// \param text  as on the wire; so below
    ExecutionStatus(const char* text) : OpenSet(text) {}  // NOLINT(google-explicit-constructor)
    /// \param text  as on the wire
    ExecutionStatus(std::string text) : OpenSet(std::move(text)) {}  // NOLINT(google-explicit-constructor)
    /// \param text  as on the wire
    ExecutionStatus(std::string_view text) : OpenSet(std::string(text)) {}  // NOLINT(google-explicit-constructor)

    /// The run goes on.
    static constexpr Constant Running{"RUNNING"};
    /// The run ended well.
    static constexpr Constant Completed{"COMPLETED"};
    /// The run ended in an error.
    static constexpr Constant Failed{"FAILED"};
    /// What older servers call a failed run.
    static constexpr Constant Errored{"ERRORED"};
    /// Somebody has asked the run to end.
    static constexpr Constant Stopping{"STOPPING"};
    /// Somebody ended the run.
    static constexpr Constant Stopped{"STOPPED"};
    /// The run took too long.
    static constexpr Constant TimedOut{"TIMED_OUT"};
    /// The run was not carried out, being the same as another.
    static constexpr Constant Duplicate{"DUPLICATE"};

    /// Whether a run with this status has ended: COMPLETED, FAILED, ERRORED, STOPPED, TIMED_OUT or DUPLICATE. An unknown
    /// status counts as not ended.
    /// \return whether nothing more will come of the run
    bool isTerminal() const noexcept;
    /// Whether it ended badly: FAILED, ERRORED or TIMED_OUT. A stopped run was somebody's decision.
    /// \return whether somebody ought to look
    bool isFailure() const noexcept;
};

/// Whether the caller of a workflow waits for its result.
class ExecutionType : public OpenSet<ExecutionType> {
  public:
    ExecutionType() = default;
    /// \param text  as on the wire; so below
    ExecutionType(const char* text) : OpenSet(text) {}  // NOLINT(google-explicit-constructor)
    /// \param text  as on the wire
    ExecutionType(std::string text) : OpenSet(std::move(text)) {}  // NOLINT(google-explicit-constructor)
    /// \param text  as on the wire
    ExecutionType(std::string_view text) : OpenSet(std::string(text)) {}  // NOLINT(google-explicit-constructor)

    /// The caller waits.
    static constexpr Constant Sync{"SYNC"};
    /// The caller does not wait.
    static constexpr Constant Async{"ASYNC"};
};

/// What started a run, as the `execution_source` filter spells it. Older servers say "API Call" for API_CALL.
class ExecutionSource : public OpenSet<ExecutionSource> {
  public:
    ExecutionSource() = default;
    /// \param text  as on the wire; so below
    ExecutionSource(const char* text) : OpenSet(text) {}  // NOLINT(google-explicit-constructor)
    /// \param text  as on the wire
    ExecutionSource(std::string text) : OpenSet(std::move(text)) {}  // NOLINT(google-explicit-constructor)
    /// \param text  as on the wire
    ExecutionSource(std::string_view text) : OpenSet(std::string(text)) {}  // NOLINT(google-explicit-constructor)

    /// A program, through the vendor's API.
    static constexpr Constant ApiCall{"API_CALL"};
    /// The clock.
    static constexpr Constant Schedule{"SCHEDULE"};
    /// An event in an application.
    static constexpr Constant Event{"Event"};
};

/// Which of an organisation's environments a run belongs to.
class Environment : public OpenSet<Environment> {
  public:
    Environment() = default;
    /// \param text  as on the wire; so below
    Environment(const char* text) : OpenSet(text) {}  // NOLINT(google-explicit-constructor)
    /// \param text  as on the wire
    Environment(std::string text) : OpenSet(std::move(text)) {}  // NOLINT(google-explicit-constructor)
    /// \param text  as on the wire
    Environment(std::string_view text) : OpenSet(std::string(text)) {}  // NOLINT(google-explicit-constructor)

    /// For trying things out; keys that start with `tk` lead here.
    static constexpr Constant Test{"test"};
    /// For real; keys that start with `pk` lead here.
    static constexpr Constant Production{"production"};
};

/// An application that a run belongs to.
struct AssociatedApplication {
    std::string id;  ///< `_id`
    /// As people know it.
    std::string name;
    std::string icon;  ///< A URL; often empty.
};

/// The workflow that ran.
struct AssociatedWorkflow {
    std::string id;  ///< `_id`
    /// As people know it.
    std::string name;
    std::string icon;  ///< A URL; often empty.
};

/// The trigger that an application offers, where it started the run.
struct OriginTrigger {
    std::string id;  ///< `_id`
    /// As people know it.
    std::string name;
};

/// The application whose event started a run.
struct AssociatedTriggerApplication {
    std::string id;  ///< `_id`
    /// As people know it.
    std::string name;
    /// A URL; often empty.
    std::string icon;
    std::string appType;          ///< `app_type`
    OriginTrigger originTrigger;  ///< `origin_trigger`
};

/// A run. Any field but `id` may be missing on the wire: a missing, null or oddly typed string is empty, anything
/// else has no value. The names are the wire's in camelCase. A value type without ties to the client or the page.
struct Execution {
    std::string id;  ///< `_id`, or `id` where a server sends only that
    /// As the server names it, often `Execution for workflow …`.
    std::string name;
    /// `org_id`: the organisation.
    std::string orgId;
    /// `test` or `production`.
    Environment environment;
    /// How the run stands.
    ExecutionStatus status;
    /// The application it belongs to; its texts are empty where there is none.
    AssociatedApplication associatedApplication;
    /// The workflow that ran.
    AssociatedWorkflow associatedWorkflow;
    /// `trigger_application_event`: what started it, in the application's words.
    std::string triggerApplicationEvent;
    /// `linked_account_id`: whose run it is. Private: it may be an e-mail address.
    std::string linkedAccountId;
    /// `config_id`: the configuration it ran with; often the linked account.
    std::string configId;
    /// `type_of_execution`: whether its caller waited.
    ExecutionType typeOfExecution;
    /// When the run was created. Empty where the server's text is not a date.
    std::optional<Timestamp> createdAt;

    // Sent by servers that follow the vendor's later or older pages.
    /// When the run was changed last.
    std::optional<Timestamp> updatedAt;
    /// `completion_time`: when it ended.
    std::optional<Timestamp> completionTime;
    std::optional<double> completionPercentage;   ///< 0 to 100
    std::optional<double> instanceExecutionTime;  ///< The server's number; its unit is not documented.
    /// `is_child_instance`: whether another run started it.
    std::optional<bool> isChildInstance;
    /// `is_seed`, as the server says.
    std::optional<bool> isSeed;
    /// `executed_by_thanos`, as the server says.
    std::optional<bool> executedByThanos;
    /// `store_variables`: whether the values of its variables are kept.
    std::optional<bool> storeVariables;
    /// `associated_event_id`: the event that started it.
    std::string associatedEventId;
    /// The application whose event started it.
    AssociatedTriggerApplication associatedTriggerApplication;
    /// `custom_trigger_id`.
    std::string customTriggerId;
    /// `custom_application_id`.
    std::string customApplicationId;

    /// This run's own JSON text, byte for byte as received, so that no field and no digit is lost.
    std::string rawJson;
};

}  // namespace v0
}  // namespace refold

#endif
