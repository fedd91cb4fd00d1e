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
    ExecutionStatus(const char* text) : OpenSet(text) {}                    // NOLINT(google-explicit-constructor)
    ExecutionStatus(std::string text) : OpenSet(std::move(text)) {}         // NOLINT(google-explicit-constructor)
    ExecutionStatus(std::string_view text) : OpenSet(std::string(text)) {}  // NOLINT(google-explicit-constructor)

    static constexpr Constant Running{"RUNNING"};
    static constexpr Constant Completed{"COMPLETED"};
    static constexpr Constant Failed{"FAILED"};
    /// What older servers call a failed run.
    static constexpr Constant Errored{"ERRORED"};
    static constexpr Constant Stopping{"STOPPING"};
    static constexpr Constant Stopped{"STOPPED"};
    static constexpr Constant TimedOut{"TIMED_OUT"};
    static constexpr Constant Duplicate{"DUPLICATE"};

    /// Whether a run with this status has ended: COMPLETED, FAILED, ERRORED, STOPPED, TIMED_OUT or DUPLICATE. An unknown
    /// status counts as not ended.
    bool isTerminal() const noexcept;
    /// Whether it ended badly: FAILED, ERRORED or TIMED_OUT. A stopped run was somebody's decision.
    bool isFailure() const noexcept;
};

/// Whether the caller of a workflow waits for its result.
class ExecutionType : public OpenSet<ExecutionType> {
  public:
    ExecutionType() = default;
    ExecutionType(const char* text) : OpenSet(text) {}                    // NOLINT(google-explicit-constructor)
    ExecutionType(std::string text) : OpenSet(std::move(text)) {}         // NOLINT(google-explicit-constructor)
    ExecutionType(std::string_view text) : OpenSet(std::string(text)) {}  // NOLINT(google-explicit-constructor)

    static constexpr Constant Sync{"SYNC"};
    static constexpr Constant Async{"ASYNC"};
};

/// What started a run, as the `execution_source` filter spells it. Older servers say "API Call" for API_CALL.
class ExecutionSource : public OpenSet<ExecutionSource> {
  public:
    ExecutionSource() = default;
    ExecutionSource(const char* text) : OpenSet(text) {}                    // NOLINT(google-explicit-constructor)
    ExecutionSource(std::string text) : OpenSet(std::move(text)) {}         // NOLINT(google-explicit-constructor)
    ExecutionSource(std::string_view text) : OpenSet(std::string(text)) {}  // NOLINT(google-explicit-constructor)

    static constexpr Constant ApiCall{"API_CALL"};
    static constexpr Constant Schedule{"SCHEDULE"};
    static constexpr Constant Event{"Event"};
};

/// Which of an organisation's environments a run belongs to.
class Environment : public OpenSet<Environment> {
  public:
    Environment() = default;
    Environment(const char* text) : OpenSet(text) {}                    // NOLINT(google-explicit-constructor)
    Environment(std::string text) : OpenSet(std::move(text)) {}         // NOLINT(google-explicit-constructor)
    Environment(std::string_view text) : OpenSet(std::string(text)) {}  // NOLINT(google-explicit-constructor)

    static constexpr Constant Test{"test"};
    static constexpr Constant Production{"production"};
};

/// An application that a run belongs to.
struct AssociatedApplication {
    std::string id;  ///< `_id`
    std::string name;
    std::string icon;  ///< A URL; often empty.
};

/// The workflow that ran.
struct AssociatedWorkflow {
    std::string id;  ///< `_id`
    std::string name;
    std::string icon;  ///< A URL; often empty.
};

/// The trigger that an application offers, where it started the run.
struct OriginTrigger {
    std::string id;  ///< `_id`
    std::string name;
};

/// The application whose event started a run.
struct AssociatedTriggerApplication {
    std::string id;  ///< `_id`
    std::string name;
    std::string icon;
    std::string appType;          ///< `app_type`
    OriginTrigger originTrigger;  ///< `origin_trigger`
};

/// A run. Any field but `id` may be missing on the wire: a missing, null or oddly typed string is empty, anything
/// else has no value. The names are the wire's in camelCase. A value type without ties to the client or the page.
struct Execution {
    std::string id;  ///< `_id`, or `id` where a server sends only that
    std::string name;
    std::string orgId;
    Environment environment;
    ExecutionStatus status;
    AssociatedApplication associatedApplication;
    AssociatedWorkflow associatedWorkflow;
    std::string triggerApplicationEvent;
    std::string linkedAccountId;
    std::string configId;
    ExecutionType typeOfExecution;
    /// When the run was created. Empty where the server's text is not a date.
    std::optional<Timestamp> createdAt;

    // Sent by servers that follow the vendor's later or older pages.
    std::optional<Timestamp> updatedAt;
    std::optional<Timestamp> completionTime;
    std::optional<double> completionPercentage;   ///< 0 to 100
    std::optional<double> instanceExecutionTime;  ///< The server's number; its unit is not documented.
    std::optional<bool> isChildInstance;
    std::optional<bool> isSeed;
    std::optional<bool> executedByThanos;
    std::optional<bool> storeVariables;
    std::string associatedEventId;
    AssociatedTriggerApplication associatedTriggerApplication;
    std::string customTriggerId;
    std::string customApplicationId;

    /// This run's own JSON text, byte for byte as received, so that no field and no digit is lost.
    std::string rawJson;
};

}  // namespace v0
}  // namespace refold

#endif
