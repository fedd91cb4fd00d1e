// Checks and encodes queries.
#include "codec/query_codec.hpp"

#include "text/hex_digits.hpp"
#include "text/percent_encoding.hpp"

#include <refold/error.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace refold::internal {
namespace {

/// Formats a value for a message: quoted, cut if long, with \xNN for anything but printable ASCII.
std::string quote(std::string_view value) {
    constexpr std::size_t maxShown = 80;
    std::string text = "\"";
    for (const char c : value.substr(0, maxShown)) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\r') {
            text += "\\r";
        } else if (c == '\n') {
            text += "\\n";
        } else if (byte < 0x20U || byte >= 0x7FU) {
            text += "\\x";
            appendHex(text, byte);
        } else {
            text += c;
        }
    }
    text += value.size() > maxShown ? "...\"" : "\"";
    return text;
}

bool hasLineEndOrNul(std::string_view text) {
    using namespace std::string_view_literals;
    return text.find_first_of("\r\n\0"sv) != std::string_view::npos;
}

void requireOneLine(const std::string& argument, std::string_view text) {
    if (!hasLineEndOrNul(text)) return;
    throw InvalidArgument(argument, argument + " is " + quote(text) + "; it must not contain CR, LF or NUL");
}

template <class Text>
void requireOneLine(const std::string& argument, const std::optional<Text>& text) {
    if (!text) return;
    if constexpr (std::is_same_v<Text, std::string>) {
        requireOneLine(argument, *text);
    } else {
        requireOneLine(argument, text->value());
    }
}

// The years 0 to 9999, which have four digits.
constexpr Timestamp earliest{std::chrono::milliseconds(-62'167'219'200'000)};
constexpr Timestamp latest{std::chrono::milliseconds(253'402'300'799'999)};

void requireFourDigitYear(const std::string& argument, const std::optional<Timestamp>& time) {
    if (!time || (*time >= earliest && *time <= latest)) return;
    throw InvalidArgument(argument,
                          argument + " is " + formatTimestamp(*time) + "; its year must be between 0 and 9999");
}

void requirePositive(const std::string& argument, const std::optional<std::int64_t>& number) {
    if (!number || *number >= 1) return;
    throw InvalidArgument(argument, argument + " is " + std::to_string(*number) + "; it must be at least 1");
}

constexpr std::array<std::string_view, 12> executionNames{
    "page",         "limit",      "status",   "slug",           "workflow_id",      "workflow_name",
    "execution_id", "start_date", "end_date", "execution_type", "execution_source", "sortAsc"};
constexpr std::array<std::string_view, 3> batchNames{"page", "limit", "status"};

/// `ownNames` are the parameters that have a member; `queryType` is the query's type, for messages.
template <std::size_t N>
void validateExtra(const std::pair<std::string, std::string>& parameter,
                   const std::array<std::string_view, N>& ownNames, const char* queryType) {
    const auto& [name, value] = parameter;
    const std::string argument = "extra";
    if (name.empty()) {
        throw InvalidArgument(
            argument, "extra has an empty name, with the value " + quote(value) + "; each parameter needs a name");
    }
    if (hasLineEndOrNul(name)) {
        throw InvalidArgument(argument, "extra has the name " + quote(name) + "; it must not contain CR, LF or NUL");
    }
    if (std::find(ownNames.begin(), ownNames.end(), name) != ownNames.end()) {
        throw InvalidArgument(argument,
                              "extra has the name " + quote(name) + "; set the member of " + queryType + " instead");
    }
    if (hasLineEndOrNul(value)) {
        throw InvalidArgument(argument, "extra has the value " + quote(value) + " for " + quote(name) +
                                            "; it must not contain CR, LF or NUL");
    }
}

/// Returns the first midnight at or after a time, or the last midnight that the API's dates can express.
std::optional<Timestamp> dayNotBefore(const std::optional<Timestamp>& time) {
    if (!time) return std::nullopt;
    constexpr std::chrono::milliseconds day = std::chrono::hours(24);
    std::chrono::milliseconds rest = time->time_since_epoch() % day;
    if (rest.count() < 0) rest += day;
    if (rest.count() == 0) return *time;
    constexpr Timestamp lastMidnight = latest + std::chrono::milliseconds(1) - day;
    return *time > lastMidnight ? lastMidnight : *time + (day - rest);
}

/// Collects `?name=value&name=value`.
class QueryText {
  public:
    void add(std::string_view name, std::string_view value) {
        text_ += text_.empty() ? '?' : '&';
        text_ += percentEncode(name);
        text_ += '=';
        text_ += percentEncode(value);
    }
    void add(std::string_view name, const std::optional<std::string>& value) {
        if (value) add(name, std::string_view(*value));
    }
    void add(std::string_view name, const std::optional<std::int64_t>& value) {
        if (value) add(name, std::string_view(std::to_string(*value)));
    }
    void add(std::string_view name, const std::optional<Timestamp>& value) {
        if (value) add(name, std::string_view(formatTimestamp(*value)));
    }
    void addDay(std::string_view name, const std::optional<Timestamp>& value) {
        constexpr std::size_t dayLength = 10;
        if (value) add(name, std::string_view(formatTimestamp(*value)).substr(0, dayLength));
    }
    void add(std::string_view name, const std::optional<bool>& value) {
        if (value) add(name, std::string_view(*value ? "true" : "false"));
    }
    template <class Set>
    void addSet(std::string_view name, const std::optional<Set>& value) {
        if (value) add(name, std::string_view(value->value()));
    }

    std::string take() { return std::move(text_); }

  private:
    std::string text_;
};

}  // namespace

void validate(const ExecutionQuery& query) {
    requirePositive("page", query.page);
    requirePositive("limit", query.limit);
    requireOneLine("status", query.status);
    requireOneLine("slug", query.slug);
    requireOneLine("workflowId", query.workflowId);
    requireOneLine("workflowName", query.workflowName);
    requireOneLine("executionId", query.executionId);
    requireOneLine("executionType", query.executionType);
    requireOneLine("executionSource", query.executionSource);
    requireFourDigitYear("startDate", query.startDate);
    requireFourDigitYear("endDate", query.endDate);
    if (query.startDate && query.endDate && *query.startDate > *query.endDate) {
        throw InvalidArgument("startDate", "startDate is " + formatTimestamp(*query.startDate) +
                                               "; it must not be after endDate, which is " +
                                               formatTimestamp(*query.endDate));
    }
    for (const auto& parameter : query.extra) validateExtra(parameter, executionNames, "ExecutionQuery");
}

void validate(const BatchQuery& query) {
    requirePositive("page", query.page);
    requirePositive("limit", query.limit);
    requireOneLine("status", query.status);
    for (const auto& parameter : query.extra) validateExtra(parameter, batchNames, "BatchQuery");
}

std::string encodeQuery(const ExecutionQuery& query, DateForm dates) {
    QueryText text;
    text.add("page", query.page);
    text.add("limit", query.limit);
    text.addSet("status", query.status);
    text.add("slug", query.slug);
    text.add("workflow_id", query.workflowId);
    text.add("workflow_name", query.workflowName);
    text.add("execution_id", query.executionId);
    if (dates == DateForm::day) {
        text.addDay("start_date", query.startDate);
        text.addDay("end_date", dayNotBefore(query.endDate));
    } else {
        text.add("start_date", query.startDate);
        text.add("end_date", query.endDate);
    }
    text.addSet("execution_type", query.executionType);
    text.addSet("execution_source", query.executionSource);
    text.add("sortAsc", query.sortAsc);
    for (const auto& [name, value] : query.extra) text.add(name, std::string_view(value));
    return text.take();
}

std::string encodeQuery(const BatchQuery& query) {
    QueryText text;
    text.add("page", query.page);
    text.add("limit", query.limit);
    text.addSet("status", query.status);
    for (const auto& [name, value] : query.extra) text.add(name, std::string_view(value));
    return text.take();
}

bool isWithinDates(const Execution& run, const ExecutionQuery& query) noexcept {
    if (!run.createdAt) return true;
    return (!query.startDate || *run.createdAt >= *query.startDate) &&
           (!query.endDate || *run.createdAt <= *query.endDate);
}

std::string encodePathSegment(const std::string& argument, std::string_view text) {
    if (text.empty()) throw InvalidArgument(argument, argument + " is empty; it must be set");
    if (text == "." || text == "..") {
        throw InvalidArgument(
            argument, argument + " is " + quote(text) + "; as a path segment it would address another resource");
    }
    requireOneLine(argument, text);
    return percentEncode(text);
}

}  // namespace refold::internal
