// Any query is refused if it is invalid, and otherwise decodes to itself after encoding.
#include "codec/query_codec.hpp"
#include "fuzz/require.hpp"

#include <refold/error.hpp>

#include <fuzzer/FuzzedDataProvider.h>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using refold::ExecutionQuery;
using refold::fuzz::require;

using Parameters = std::vector<std::pair<std::string, std::string>>;

std::string decodePercent(std::string_view text) {
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            require(i + 2 < text.size(), "escapes are complete");
            decoded += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
            i += 2;
        } else {
            decoded += text[i];
        }
    }
    return decoded;
}

Parameters decodeQuery(std::string_view text) {
    Parameters parameters;
    if (text.empty()) return parameters;
    require(text.front() == '?', "a query begins with a question mark");
    text.remove_prefix(1);
    for (;;) {
        const std::string_view part = text.substr(0, text.find('&'));
        const std::size_t equals = part.find('=');
        require(equals != std::string_view::npos, "each parameter is name=value");
        parameters.emplace_back(decodePercent(part.substr(0, equals)), decodePercent(part.substr(equals + 1)));
        if (part.size() == text.size()) return parameters;
        text.remove_prefix(part.size() + 1);
    }
}

std::optional<std::string> anyText(FuzzedDataProvider& provider) {
    if (provider.ConsumeBool()) return std::nullopt;
    return provider.ConsumeRandomLengthString(40);
}

std::optional<std::int64_t> anyNumber(FuzzedDataProvider& provider) {
    if (provider.ConsumeBool()) return std::nullopt;
    return provider.ConsumeIntegral<std::int64_t>();
}

std::optional<refold::Timestamp> anyTime(FuzzedDataProvider& provider) {
    if (provider.ConsumeBool()) return std::nullopt;
    // Slightly more than the years 0 to 9999, in milliseconds.
    const auto time = provider.ConsumeIntegralInRange<std::int64_t>(-62'168'000'000'000, 253'403'000'000'000);
    return refold::Timestamp(refold::Timestamp::duration(time));
}

template <class Set>
std::optional<Set> asSet(const std::optional<std::string>& text) {
    if (!text) return std::nullopt;
    return Set(*text);
}

ExecutionQuery anyQuery(FuzzedDataProvider& provider) {
    ExecutionQuery query;
    query.page = anyNumber(provider);
    query.limit = anyNumber(provider);
    query.status = asSet<refold::ExecutionStatus>(anyText(provider));
    query.slug = anyText(provider);
    query.workflowId = anyText(provider);
    query.workflowName = anyText(provider);
    query.executionId = anyText(provider);
    query.startDate = anyTime(provider);
    query.endDate = anyTime(provider);
    query.executionType = asSet<refold::ExecutionType>(anyText(provider));
    query.executionSource = asSet<refold::ExecutionSource>(anyText(provider));
    if (provider.ConsumeBool()) query.sortAsc = provider.ConsumeBool();
    for (int i = provider.ConsumeIntegralInRange(0, 3); i > 0; --i) {
        std::string name = provider.ConsumeRandomLengthString(20);
        query.extra.emplace_back(std::move(name), provider.ConsumeRandomLengthString(20));
    }
    return query;
}

Parameters expectedOf(const ExecutionQuery& query) {
    Parameters expected;
    const auto add = [&expected](const char* name, const std::optional<std::string>& value) {
        if (value) expected.emplace_back(name, *value);
    };
    const auto number = [](const auto& value) {
        return value ? std::optional<std::string>(std::to_string(*value)) : std::nullopt;
    };
    const auto time = [](const auto& value) {
        return value ? std::optional<std::string>(refold::formatTimestamp(*value)) : std::nullopt;
    };
    const auto text = [](const auto& value) {
        return value ? std::optional<std::string>(value->value()) : std::nullopt;
    };
    add("page", number(query.page));
    add("limit", number(query.limit));
    add("status", text(query.status));
    add("slug", query.slug);
    add("workflow_id", query.workflowId);
    add("workflow_name", query.workflowName);
    add("execution_id", query.executionId);
    add("start_date", time(query.startDate));
    add("end_date", time(query.endDate));
    add("execution_type", text(query.executionType));
    add("execution_source", text(query.executionSource));
    if (query.sortAsc) add("sortAsc", *query.sortAsc ? "true" : "false");
    expected.insert(expected.end(), query.extra.begin(), query.extra.end());
    return expected;
}

bool hasForbiddenByte(std::string_view text) {
    using namespace std::string_view_literals;
    return text.find_first_of("\r\n\0"sv) != std::string_view::npos;
}

/// True for a year of other than four digits.
bool hasLongYear(const std::optional<refold::Timestamp>& time) {
    constexpr std::size_t usual = std::string_view("2026-06-16T13:15:00.887Z").size();
    return time && refold::formatTimestamp(*time).size() != usual;
}

bool isInvalid(const ExecutionQuery& query) {
    if (hasLongYear(query.startDate) || hasLongYear(query.endDate)) return true;
    if ((query.page && *query.page < 1) || (query.limit && *query.limit < 1)) return true;
    if (query.startDate && query.endDate && *query.startDate > *query.endDate) return true;
    const ExecutionQuery ownOnly = [&query] {
        ExecutionQuery own = query;
        own.extra.clear();
        return own;
    }();
    for (const auto& [name, value] : expectedOf(ownOnly)) {
        if (hasForbiddenByte(value)) return true;
    }
    ExecutionQuery full;
    full.page = full.limit = 1;
    full.status.emplace();
    full.slug = full.workflowId = full.workflowName = full.executionId = std::string();
    full.startDate = full.endDate = refold::Timestamp();
    full.executionType.emplace();
    full.executionSource.emplace();
    full.sortAsc = true;
    for (const auto& [name, value] : query.extra) {
        if (name.empty() || hasForbiddenByte(name) || hasForbiddenByte(value)) return true;
        for (const auto& own : expectedOf(full)) {
            if (own.first == name) return true;
        }
    }
    return false;
}

void checkPathSegment(const std::string& text) {
    try {
        const std::string encoded = refold::internal::encodePathSegment("id", text);
        require(decodePercent(encoded) == text, "a segment decodes to itself");
        require(encoded.find_first_of("/?#\\ ") == std::string::npos && encoded != "." && encoded != "..",
                "an encoded segment is one segment");
    } catch (const refold::InvalidArgument& error) {
        require(text.empty() || text == "." || text == ".." || hasForbiddenByte(text),
                "only invalid segments are refused");
        require(refold::fuzz::isOneLine(error.what()), "an error message is one line");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    FuzzedDataProvider provider(data, size);
    const ExecutionQuery query = anyQuery(provider);
    checkPathSegment(provider.ConsumeRemainingBytesAsString());
    const bool invalid = isInvalid(query);
    try {
        refold::internal::validate(query);
    } catch (const refold::InvalidArgument& error) {
        require(invalid, "only invalid queries are refused");
        require(refold::fuzz::isOneLine(error.what()), "an error message is one line");
        require(std::string_view(error.what()).find(error.argument()) != std::string_view::npos,
                "an error message names the argument");
        return 0;
    }
    require(!invalid, "an invalid query is refused");
    const std::string encoded = refold::internal::encodeQuery(query);
    for (const char c : encoded)
        require(c > 0x20 && c < 0x7F && c != '#' && c != '"' && c != '<', "an encoded query has URL characters only");
    require(decodeQuery(encoded) == expectedOf(query), "an encoded query decodes to the query");
    return 0;
}
