// Remembers in which form a client's server takes dates, and recognises a refusal that is about dates. Used by client.cpp.
#ifndef REFOLD_DATE_FORMS_HPP
#define REFOLD_DATE_FORMS_HPP

#include <refold/error.hpp>

#include "codec/query_codec.hpp"

#include <atomic>

namespace refold::internal {

/// Shared by the clients of one server. Safe from any thread.
class DateForms {
  public:
    DateForm form() const noexcept { return form_; }
    void remember(DateForm form) noexcept { form_ = form; }

    /// Whether a refusal (400 or 422) speaks of a date.
    static bool isDateRefusal(const ApiError& refusal);

  private:
    std::atomic<DateForm> form_{DateForm::dateTime};
};

}  // namespace refold::internal

#endif
