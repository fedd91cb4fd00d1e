// Recognises refusals of dates by their message.
#include "date_forms.hpp"

#include "text/ascii_case.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace refold::internal {

namespace {

bool mentions(const std::string& text, std::string_view word) {
    return std::search(text.begin(), text.end(), word.begin(), word.end(),
                       [](char a, char b) { return toLower(a) == b; }) != text.end();
}

}  // namespace

bool DateForms::isDateRefusal(const ApiError& refusal) {
    if (refusal.status() != 400 && refusal.status() != 422) return false;
    const auto isAboutDate = [](const std::string& text) { return mentions(text, "date") || mentions(text, "yyyy"); };
    return isAboutDate(refusal.serverMessage()) || isAboutDate(refusal.code()) || isAboutDate(refusal.body());
}

}  // namespace refold::internal
