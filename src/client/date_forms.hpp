// Remembers which form of dates a client's server accepts, and recognises refusals that dates may cause. Used by
// client_core.cpp.
#ifndef REFOLD_CLIENT_DATE_FORMS_HPP
#define REFOLD_CLIENT_DATE_FORMS_HPP

#include <refold/error.hpp>

#include "codec/query_codec.hpp"

#include <atomic>

namespace refold::internal {

/// Shared by the clients of one server. May be used from any thread.
class DateForms {
  public:
    /// The form to send.
    DateForm form() const noexcept { return accepted() == Accepted::days ? DateForm::day : DateForm::dateTime; }
    /// The server has accepted dates of this form.
    void remember(DateForm form) noexcept {
        const Accepted accepted = form == DateForm::day ? Accepted::days : Accepted::dateTimes;
        if (this->accepted() != accepted) accepted_ = accepted;
    }

    /// True if dates of the other form may be accepted: any refusal (400 or 422) may be about the form as long as the
    /// server has accepted none, later only one that speaks of dates.
    bool mayAcceptOther(const ApiError& refusal) const;

    static bool isRefusal(const ApiError& error) noexcept { return error.status() == 400 || error.status() == 422; }
    /// True if a refusal speaks of dates or gives no reason.
    static bool isDateRefusal(const ApiError& refusal);

  private:
    enum class Accepted { unknown, dateTimes, days };
    Accepted accepted() const noexcept { return accepted_; }

    std::atomic<Accepted> accepted_{Accepted::unknown};
};

}  // namespace refold::internal

#endif
