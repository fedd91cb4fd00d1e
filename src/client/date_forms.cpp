// Recognises refusals that dates may be the reason of, by their message.
#include "client/date_forms.hpp"

#include "text/ascii_case.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace refold::internal {

namespace {

/// True for a message that only repeats the status. The dates may then be the reason, which one more request shows.
bool givesNoReason(const std::string& message) {
    constexpr std::array<std::string_view, 7> reasons = {"",
                                                         "bad request",
                                                         "unprocessable entity",
                                                         "validation failed",
                                                         "validation error",
                                                         "invalid request",
                                                         "invalid query"};
    const std::string plain = toLower(message.substr(0, message.find_last_not_of(". ") + 1));
    return std::find(reasons.begin(), reasons.end(), plain) != reasons.end();
}

}  // namespace

bool DateForms::isDateRefusal(const ApiError& refusal) {
    if (refusal.status() != 400 && refusal.status() != 422) return false;
    const auto isAboutDate = [](const std::string& text) {
        return containsIgnoringCase(text, "date") || containsIgnoringCase(text, "yyyy");
    };
    return isAboutDate(refusal.serverMessage()) || isAboutDate(refusal.code()) || isAboutDate(refusal.body()) ||
           givesNoReason(refusal.serverMessage());
}

}  // namespace refold::internal
