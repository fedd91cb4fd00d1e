// Remembers which form of dates a client's server accepts, and recognises its refusals of dates. Used by client.cpp.
#ifndef REFOLD_CLIENT_DATE_FORMS_HPP
#define REFOLD_CLIENT_DATE_FORMS_HPP

#include <refold/error.hpp>

#include "codec/query_codec.hpp"

#include <atomic>

namespace refold::internal {

/// Shared by the clients of one server. May be used from any thread.
class DateForms {
  public:
    DateForm form() const noexcept { return form_; }
    void remember(DateForm form) noexcept { form_ = form; }

    /// True if a refusal (400 or 422) is about a date.
    static bool isDateRefusal(const ApiError& refusal);

  private:
    std::atomic<DateForm> form_{DateForm::dateTime};
};

}  // namespace refold::internal

#endif
