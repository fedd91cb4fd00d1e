// The parts of the page cursor that do not depend on the item.
#include "listing/page_cursor.hpp"

namespace refold::internal {
namespace {

template <class Number>
[[noreturn]] void refuse(const std::string& name, Number value, const std::string& rule) {
    throw InvalidArgument(name, name + " is " + std::to_string(value) + "; it must be " + rule);
}

}  // namespace

WalkOptions checkedWalkOptions(const ListingSetup& setup, const ListingOptions& options) {
    if (options.prefetch < 0 || options.prefetch > 64) {
        refuse("prefetch", options.prefetch, "from 0 (no pages ahead) to 64");
    }
    if (options.maxItems.value_or(0) < 0) refuse("maxItems", *options.maxItems, "0 or more, or unset");
    if (options.maxPageSize < 1) refuse("maxPageSize", options.maxPageSize, "at least 1");
    if (setup.firstPage > maxPageNumber) refuse("page", setup.firstPage, "at most " + std::to_string(maxPageNumber));
    if (setup.limit.value_or(0) > maxLimit) refuse("limit", *setup.limit, "at most " + std::to_string(maxLimit));
    return {setup.firstPage, setup.limit, std::min(options.maxPageSize, maxLimit)};
}

std::optional<SizeFailure> sizeFailure(const Error& error) noexcept {
    if (const auto* api = dynamic_cast<const ApiError*>(&error)) {
        const int status = api->status();
        if (status >= 500) return SizeFailure::failed;
        if (status != 400 && status != 413 && status != 414 && status != 422) return std::nullopt;
        const auto mentions = [](const std::string& text) { return text.find("limit") != std::string::npos; };
        return mentions(api->serverMessage()) || mentions(api->body()) ? SizeFailure::limitRefused
                                                                       : SizeFailure::refused;
    }
    if (const auto* transport = dynamic_cast<const TransportError*>(&error)) {
        using Kind = TransportError::Kind;
        const Kind kind = transport->kind();
        if (kind == Kind::timeout || kind == Kind::truncated || kind == Kind::tooLarge || kind == Kind::reset) {
            return SizeFailure::failed;
        }
    }
    return std::nullopt;
}

}  // namespace refold::internal
