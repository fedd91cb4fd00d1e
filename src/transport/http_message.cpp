// Implements the members of the public transport types.
#include <refold/transport.hpp>

#include "text/ascii_case.hpp"

#include <algorithm>

namespace refold {
inline namespace v0 {

std::string_view HttpResponse::header(std::string_view name) const noexcept {
    const auto found = std::find_if(headers.begin(), headers.end(),
                                    [&](const HttpHeader& h) { return internal::equalsIgnoringCase(h.name, name); });
    return found == headers.end() ? std::string_view() : std::string_view(found->value);
}

Transport::~Transport() = default;

}  // namespace v0
}  // namespace refold
