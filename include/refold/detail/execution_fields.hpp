// Maps wire names to members. Used by the codec to read answers and by json.hpp to convert; not for direct use.
#ifndef REFOLD_DETAIL_EXECUTION_FIELDS_HPP
#define REFOLD_DETAIL_EXECUTION_FIELDS_HPP

#include <refold/execution.hpp>
#include <refold/execution_detail.hpp>
#include <refold/node_batch.hpp>

#include <string_view>
#include <type_traits>

namespace refold::internal {

template <class Object, class Type>
using EnableFor = std::enable_if_t<std::is_same_v<std::remove_const_t<Object>, Type>, bool>;

/// A member that holds the JSON text of a value instead of the value. `Text` may be const.
template <class Text>
struct JsonText {
    Text* text;
};
template <class Text>
JsonText<Text> jsonText(Text& text) noexcept {
    return {&text};
}

// Each overload calls `visit(wireName, member)` field by field until a call returns true, and returns whether one did.
// `Object` may be const. `member` is a reference to the member, or a `JsonText`.

template <class Object, class Visitor>
EnableFor<Object, OriginTrigger> visitFields(Object& object, Visitor&& visit) {
    using namespace std::string_view_literals;
    return visit("_id"sv, object.id) || visit("name"sv, object.name);
}

template <class Object, class Visitor>
EnableFor<Object, AssociatedApplication> visitFields(Object& object, Visitor&& visit) {
    using namespace std::string_view_literals;
    return visit("_id"sv, object.id) || visit("name"sv, object.name) || visit("icon"sv, object.icon);
}

template <class Object, class Visitor>
EnableFor<Object, AssociatedWorkflow> visitFields(Object& object, Visitor&& visit) {
    using namespace std::string_view_literals;
    return visit("_id"sv, object.id) || visit("name"sv, object.name) || visit("icon"sv, object.icon);
}

template <class Object, class Visitor>
EnableFor<Object, AssociatedTriggerApplication> visitFields(Object& object, Visitor&& visit) {
    using namespace std::string_view_literals;
    return visit("_id"sv, object.id) || visit("name"sv, object.name) || visit("icon"sv, object.icon) ||
           visit("app_type"sv, object.appType) || visit("origin_trigger"sv, object.originTrigger);
}

template <class Object, class Visitor>
EnableFor<Object, Execution> visitFields(Object& object, Visitor&& visit) {
    using namespace std::string_view_literals;
    return visit("_id"sv, object.id) || visit("name"sv, object.name) || visit("org_id"sv, object.orgId) ||
           visit("environment"sv, object.environment) || visit("status"sv, object.status) ||
           visit("associated_application"sv, object.associatedApplication) ||
           visit("associated_workflow"sv, object.associatedWorkflow) ||
           visit("trigger_application_event"sv, object.triggerApplicationEvent) ||
           visit("linked_account_id"sv, object.linkedAccountId) || visit("config_id"sv, object.configId) ||
           visit("type_of_execution"sv, object.typeOfExecution) || visit("createdAt"sv, object.createdAt) ||
           visit("updatedAt"sv, object.updatedAt) || visit("completion_time"sv, object.completionTime) ||
           visit("completion_percentage"sv, object.completionPercentage) ||
           visit("instance_execution_time"sv, object.instanceExecutionTime) ||
           visit("is_child_instance"sv, object.isChildInstance) || visit("is_seed"sv, object.isSeed) ||
           visit("executed_by_thanos"sv, object.executedByThanos) ||
           visit("store_variables"sv, jsonText(object.storeVariables)) ||
           visit("associated_event_id"sv, object.associatedEventId) ||
           visit("associated_trigger_application"sv, object.associatedTriggerApplication) ||
           visit("custom_trigger_id"sv, object.customTriggerId) ||
           visit("custom_application_id"sv, object.customApplicationId);
}

template <class Object, class Visitor>
EnableFor<Object, ExecutionNode> visitFields(Object& object, Visitor&& visit) {
    using namespace std::string_view_literals;
    return visit("node_id"sv, object.id) || visit("node_name"sv, object.name) || visit("node_type"sv, object.type) ||
           visit("node_status"sv, object.status) || visit("is_batch"sv, object.isBatch) ||
           visit("attempts_made"sv, object.attemptsMade) || visit("maximum_attempts"sv, object.maximumAttempts) ||
           visit("execution_time"sv, object.executionTime) || visit("input_data"sv, jsonText(object.inputData)) ||
           visit("latest_output"sv, jsonText(object.latestOutput));
}

template <class Object, class Visitor>
EnableFor<Object, ExecutionDetail> visitFields(Object& object, Visitor&& visit) {
    using namespace std::string_view_literals;
    using Base = std::conditional_t<std::is_const_v<Object>, const Execution, Execution>;
    return visitFields(static_cast<Base&>(object), visit) || visit("nodes"sv, object.nodes);
}

template <class Object, class Visitor>
EnableFor<Object, NodeBatch> visitFields(Object& object, Visitor&& visit) {
    using namespace std::string_view_literals;
    return visit("batch_index"sv, object.batchIndex) || visit("status"sv, object.status) ||
           visit("output"sv, jsonText(object.output));
}

}  // namespace refold::internal

#endif
