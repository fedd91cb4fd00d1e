// Decodes query strings and paths.
#include "testing/query_parameters.hpp"

#include "text/percent_encoding.hpp"

#include <algorithm>
#include <charconv>

namespace refold::internal::fake {

namespace {

/// Decodes a part of a query, in which `+` is a space.
std::string decode(std::string_view part) {
    std::string spaced(part);
    std::replace(spaced.begin(), spaced.end(), '+', ' ');
    return percentDecode(spaced);
}

}  // namespace

std::string decodeSegment(std::string_view segment) {
    return percentDecode(segment);
}

QueryParameters::QueryParameters(std::string_view query) {
    while (!query.empty()) {
        const std::string_view part = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(query.size(), part.size() + 1));
        if (part.empty()) continue;
        const std::size_t equals = part.find('=');
        pairs_.emplace_back(decode(part.substr(0, equals)),
                            equals == std::string_view::npos ? std::string() : decode(part.substr(equals + 1)));
    }
}

const std::string* QueryParameters::find(std::string_view name) const noexcept {
    const auto it = std::find_if(pairs_.begin(), pairs_.end(), [&](const auto& pair) { return pair.first == name; });
    return it == pairs_.end() ? nullptr : &it->second;
}

std::string QueryParameters::text(std::string_view name) const {
    const std::string* value = find(name);
    return value == nullptr ? std::string() : *value;
}

std::int64_t positiveNumber(const QueryParameters& parameters, std::string_view name, std::int64_t otherwise) {
    const std::string* text = parameters.find(name);
    if (text == nullptr) return otherwise;
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
    if (error != std::errc() || end != text->data() + text->size() || value < 1) {
        throw BadParameter(std::string(name) + " must be a positive integer");
    }
    return value;
}

}  // namespace refold::internal::fake
