// Recognises refusals that speak of dates, by their message.
#include "client/date_forms.hpp"

#include "text/ascii_case.hpp"
#include "text/ascii_class.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace refold::internal {

namespace {

/// True if a word of the text is one for a date, also in `start_date` and `startDate`, but not in "update".
bool mentionsDate(std::string_view text) {
    constexpr std::array<std::string_view, 6> words = {"date",      "dates",   "datetime",
                                                       "startdate", "enddate", "daterange"};
    for (std::size_t begin = 0; begin < text.size();) {
        std::size_t end = begin;
        // A capital after a small letter begins a word.
        while (end < text.size() && isLetter(text[end]) &&
               !(end > begin && isUpper(text[end]) && !isUpper(text[end - 1]))) {
            ++end;
        }
        const std::string_view word = text.substr(begin, end - begin);
        const auto isWord = [word](std::string_view known) { return equalsIgnoringCase(word, known); };
        if (std::any_of(words.begin(), words.end(), isWord) || equalsIgnoringCase(word.substr(0, 4), "yyyy"))
            return true;
        begin = end > begin ? end : begin + 1;
    }
    return false;
}

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

bool DateForms::mayAcceptOther(const ApiError& refusal) const {
    return isRefusal(refusal) && (accepted() == Accepted::unknown || isDateRefusal(refusal));
}

bool DateForms::isDateRefusal(const ApiError& refusal) {
    if (!isRefusal(refusal)) return false;
    return mentionsDate(refusal.serverMessage()) || mentionsDate(refusal.code()) || mentionsDate(refusal.body()) ||
           givesNoReason(refusal.serverMessage());
}

}  // namespace refold::internal
