// One run of a workflow as the API describes it, and the open sets that describe it. Returned by
// `Client::listExecutions` and delivered by the ranges.
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

/// The status of a run. The constants are the documented values; a server may send others.
class ExecutionStatus : public OpenSet<ExecutionStatus> {
  public:
    using OpenSet::OpenSet;

    /// Not started yet.
    static constexpr Constant Queued{"QUEUED"};
    /// In progress.
    static constexpr Constant Running{"RUNNING"};
    /// Succeeded.
    static constexpr Constant Completed{"COMPLETED"};
    /// Failed. The service sends this value today.
    static constexpr Constant Errored{"ERRORED"};
    /// Failed, as older pages of the API spell it.
    static constexpr Constant Failed{"FAILED"};
    /// A stop was requested; the run is still in progress.
    static constexpr Constant Stopping{"STOPPING"};
    /// Stopped on request.
    static constexpr Constant Stopped{"STOPPED"};
    /// Exceeded its time limit.
    static constexpr Constant TimedOut{"TIMED_OUT"};
    /// Not executed because it repeats another run.
    static constexpr Constant Duplicate{"DUPLICATE"};
    /// Ended by a Terminate node of the workflow: neither a success nor a failure.
    static constexpr Constant Terminated{"TERMINATED"};

    /// True for COMPLETED, FAILED, ERRORED, STOPPED, TIMED_OUT, DUPLICATE and TERMINATED. False for an unknown status;
    /// ask `Execution::hasEnded()` whether a run has ended.
    [[nodiscard]] REFOLD_EXPORT bool isTerminal() const noexcept;
    /// True for FAILED, ERRORED and TIMED_OUT.
    [[nodiscard]] REFOLD_EXPORT bool isFailure() const noexcept;
};

/// The type of an execution: whether the caller waits for its result.
class ExecutionType : public OpenSet<ExecutionType> {
  public:
    using OpenSet::OpenSet;

    /// The caller waits.
    static constexpr Constant Sync{"SYNC"};
    /// The caller does not wait.
    static constexpr Constant Async{"ASYNC"};
};

/// The source of a run, as the `execution_source` filter spells it. Older servers spell API_CALL "API Call".
class ExecutionSource : public OpenSet<ExecutionSource> {
  public:
    using OpenSet::OpenSet;

    /// A call of the API.
    static constexpr Constant ApiCall{"API_CALL"};
    /// A schedule.
    static constexpr Constant Schedule{"SCHEDULE"};
    /// An event in an application.
    static constexpr Constant Event{"Event"};
};

/// The environment of an organisation that a run belongs to. The API key selects it.
class Environment : public OpenSet<Environment> {
  public:
    using OpenSet::OpenSet;

    /// Test; selected by `tk…` keys.
    static constexpr Constant Test{"test"};
    /// Production; selected by `pk…` keys.
    static constexpr Constant Production{"production"};
};

/// The application that a run belongs to.
struct AssociatedApplication {
    std::string id;    ///< `_id`
    std::string name;  ///< The display name.
    std::string icon;  ///< A URL; often empty.
};

/// The workflow that ran.
struct AssociatedWorkflow {
    std::string id;    ///< `_id`
    std::string name;  ///< The display name.
    std::string icon;  ///< A URL; often empty.
};

/// The trigger of an application that started a run.
struct OriginTrigger {
    std::string id;    ///< `_id`
    std::string name;  ///< The display name.
};

/// The application whose event started a run.
struct AssociatedTriggerApplication {
    std::string id;               ///< `_id`
    std::string name;             ///< The display name.
    std::string icon;             ///< A URL; often empty.
    std::string appType;          ///< `app_type`
    OriginTrigger originTrigger;  ///< `origin_trigger`
};

/// A run. A value type, independent of the client and the page it came from. Members have the wire's names in
/// camelCase. Any field but `id` may be missing on the wire; a string that is missing, null or of another type is
/// empty, any other member has no value then.
struct Execution {
    std::string id;  ///< `_id`, or `id` if the server sends no `_id`
    /// Often `Execution for workflow …`.
    std::string name;
    /// `org_id`
    std::string orgId;
    /// `test` or `production`
    Environment environment;
    /// Ask `hasEnded()` whether the run has ended.
    ExecutionStatus status;
    /// The application that the run belongs to. Its members are empty if there is none.
    AssociatedApplication associatedApplication;
    /// The workflow that ran.
    AssociatedWorkflow associatedWorkflow;
    /// `trigger_application_event`: the event that started the run, by the application's name for it.
    std::string triggerApplicationEvent;
    /// `linked_account_id`. Personal data: it may be an e-mail address.
    std::string linkedAccountId;
    /// `config_id`: the configuration the run used; often equal to the linked account id.
    std::string configId;
    /// `type_of_execution`
    ExecutionType typeOfExecution;
    /// When the run was created.
    std::optional<Timestamp> createdAt;

    // Sent by some servers only.
    /// When the run last changed.
    std::optional<Timestamp> updatedAt;
    /// `completion_time`: when the run ended.
    std::optional<Timestamp> completionTime;
    std::optional<double> completionPercentage;   ///< 0 to 100
    std::optional<double> instanceExecutionTime;  ///< `instance_execution_time`; its unit is not documented.
    /// `is_child_instance`: true if another run started this one.
    std::optional<bool> isChildInstance;
    /// `is_seed`
    std::optional<bool> isSeed;
    /// `executed_by_thanos`: sent by the service; its meaning is not documented.
    std::optional<bool> executedByThanos;
    /// `store_variables`: the JSON text of the value, byte for byte as received; an object on today's service. Empty if
    /// the field is missing.
    std::string storeVariables;
    /// `associated_event_id`: the event that started the run.
    std::string associatedEventId;
    /// The application whose event started the run.
    AssociatedTriggerApplication associatedTriggerApplication;
    /// `custom_trigger_id`
    std::string customTriggerId;
    /// `custom_application_id`
    std::string customApplicationId;

    /// The run's own JSON text, byte for byte as received: no field and no digit is lost.
    std::string rawJson;

    /// True if the run has ended: its status is terminal, or it has a `completionTime` and a status other than RUNNING,
    /// QUEUED and STOPPING (one that this version does not know).
    [[nodiscard]] REFOLD_EXPORT bool hasEnded() const noexcept;
};

}  // namespace v0
}  // namespace refold

/// Hashes that agree with `==`: the case of letters does not matter.
template <>
struct std::hash<refold::ExecutionStatus> : refold::internal::OpenSetHash<refold::ExecutionStatus> {};
template <>
struct std::hash<refold::ExecutionType> : refold::internal::OpenSetHash<refold::ExecutionType> {};
template <>
struct std::hash<refold::ExecutionSource> : refold::internal::OpenSetHash<refold::ExecutionSource> {};
template <>
struct std::hash<refold::Environment> : refold::internal::OpenSetHash<refold::Environment> {};

#endif
