// The small members of the transport seam's types.
#include <refold/transport.hpp>

#include <algorithm>

namespace refold {
inline namespace v0 {

namespace {

char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool sameName(std::string_view a, std::string_view b) noexcept {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

std::string_view HttpResponse::header(std::string_view name) const noexcept {
    const auto found =
        std::find_if(headers.begin(), headers.end(), [&](const HttpHeader& h) { return sameName(h.name, name); });
    return found == headers.end() ? std::string_view() : std::string_view(found->value);
}

Transport::~Transport() = default;

}  // namespace v0
}  // namespace refold
