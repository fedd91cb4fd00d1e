// Checks at compile time, in each standard, the concepts that the public types claim: iterators and ranges, value
// types, and errors.
#include <refold/refold.hpp>

#include <cstddef>
#include <functional>
#include <iterator>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace {

/// True if `T` claims a C++17 iterator category.
template <class T, class = void>
struct ClaimsCategory : std::false_type {};
template <class T>
struct ClaimsCategory<T, std::void_t<typename std::iterator_traits<T>::iterator_category>> : std::true_type {};

/// True for a single-pass range that is moved, not copied.
template <class Range, class Item>
constexpr bool isSinglePassRange() {
    using Iterator = typename Range::Iterator;
    static_assert(std::is_move_constructible_v<Range> && std::is_move_assignable_v<Range>);
    static_assert(!std::is_copy_constructible_v<Range> && !std::is_copy_constructible_v<Iterator>);
    static_assert(std::is_nothrow_move_constructible_v<Iterator>);
    static_assert(std::is_same_v<decltype(*std::declval<const Iterator&>()), Item&>);
#if __cplusplus >= 202002L
    static_assert(std::input_iterator<Iterator>);
    static_assert(!std::forward_iterator<Iterator>);
    static_assert(std::sentinel_for<typename Range::Sentinel, Iterator>);
#else
    // A C++17 input iterator must be copyable, so these do not claim to be one.
    static_assert(!ClaimsCategory<Iterator>::value);
#endif
    return true;
}
static_assert(isSinglePassRange<refold::ExecutionListing, refold::Execution>());
static_assert(isSinglePassRange<refold::NodeBatchListing, refold::NodeBatch>());
static_assert(isSinglePassRange<refold::ExecutionWatch, refold::ExecutionChange>());

using Runs = decltype(refold::collect(std::declval<refold::ExecutionListing>()));
static_assert(std::is_same_v<Runs, std::vector<refold::Execution>>);

template <class A, class B, class = void>
constexpr bool isComparable = false;
template <class A, class B>
constexpr bool isComparable<A, B, std::void_t<decltype(std::declval<A>() == std::declval<B>())>> = true;

template <class Constant, class = void>
constexpr bool classifies = false;
template <class Constant>
constexpr bool classifies<Constant, std::void_t<decltype(std::declval<Constant>().isFailure())>> = true;
static_assert(classifies<refold::ExecutionStatus::Constant> && classifies<refold::NodeStatus::Constant>);
static_assert(!classifies<refold::ExecutionType::Constant>);

/// True for an open set: constructed from text and constants, compared with both, hashed, and written to streams.
template <class Set>
constexpr bool isOpenSet() {
    static_assert(std::is_nothrow_move_constructible_v<Set> && std::is_copy_constructible_v<Set>);
    static_assert(std::is_convertible_v<const char*, Set> && std::is_convertible_v<std::string, Set>);
    static_assert(std::is_convertible_v<typename Set::Constant, Set>);
    static_assert(!std::is_constructible_v<Set, std::nullptr_t> && !isComparable<Set, std::nullptr_t>);
    static_assert(!std::is_assignable_v<std::optional<Set>&, std::nullptr_t>);
    static_assert(isComparable<Set, const char*> && isComparable<Set, std::string_view>);
#if __cplusplus >= 202002L
    static_assert(std::totally_ordered<Set>);
#endif
    static_assert(std::is_same_v<decltype(std::declval<Set>() == "TEXT"), bool>);
    static_assert(std::is_same_v<decltype(std::declval<Set>() == std::declval<std::string>()), bool>);
    static_assert(std::is_same_v<decltype(std::declval<Set>() == std::declval<typename Set::Constant>()), bool>);
    static_assert(std::is_same_v<decltype(std::hash<Set>()(std::declval<const Set&>())), std::size_t>);
    static_assert(std::is_same_v<decltype(std::declval<std::ostream&>() << std::declval<Set>()), std::ostream&>);
    return true;
}
static_assert(isOpenSet<refold::ExecutionStatus>());
static_assert(isOpenSet<refold::ExecutionType>());
static_assert(isOpenSet<refold::ExecutionSource>());
static_assert(isOpenSet<refold::Environment>());
static_assert(isOpenSet<refold::NodeStatus>());

/// True for an error that can be copied when thrown.
template <class E>
constexpr bool isError() {
    static_assert(std::is_base_of_v<refold::Error, E> && std::is_base_of_v<std::runtime_error, E>);
    static_assert(std::is_nothrow_copy_constructible_v<E> && std::is_nothrow_copy_assignable_v<E>);
    return true;
}
static_assert(isError<refold::InvalidArgument>() && isError<refold::Cancelled>() && isError<refold::TransportError>());
static_assert(isError<refold::ResponseError>() && isError<refold::ApiError>() && isError<refold::ServerError>());
static_assert(isError<refold::AuthenticationError>() && isError<refold::NotFoundError>());
static_assert(isError<refold::RateLimitError>());

// Moving a source copies it, so that none is left without a state.
static_assert(std::is_nothrow_move_constructible_v<refold::CancelSource>);
static_assert(std::is_nothrow_move_assignable_v<refold::CancelSource>);

/// `{}` stands for the defaults of any options.
template <class Client>
auto issuesWithDefaults(const Client& client) -> decltype(client.issueSessionToken("account", {}));
static_assert(std::is_same_v<decltype(issuesWithDefaults(std::declval<refold::Client>())), refold::SessionToken>);

static_assert(std::is_nothrow_copy_constructible_v<refold::Client> && std::is_copy_assignable_v<refold::Client>);

}  // namespace

#if __cplusplus >= 202002L
#include <algorithm>
#include <ranges>

static_assert(std::indirect_strict_weak_order<
              std::ranges::less, std::projected<refold::Execution*, refold::ExecutionStatus refold::Execution::*>>);

static_assert(std::ranges::input_range<refold::ExecutionListing>);
static_assert(std::ranges::input_range<refold::ExecutionWatch>);
static_assert(std::ranges::input_range<refold::NodeBatchListing>);
static_assert(std::ranges::input_range<refold::Page<refold::Execution>>);
#endif
