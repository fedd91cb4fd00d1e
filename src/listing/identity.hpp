// Hashes the fields of a query to which a checkpoint is bound. Used by the cursors of the listings.
#ifndef REFOLD_LISTING_IDENTITY_HPP
#define REFOLD_LISTING_IDENTITY_HPP

#include "listing/key_hash.hpp"

#include <refold/timestamp.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace refold::internal {

/// Writes each field after its length, so that different queries give different texts.
class Identity {
  public:
    void add(std::string_view text) {
        text_ += std::to_string(text.size());
        text_ += ':';
        text_ += text;
    }
    void add(const std::optional<std::string>& text) {
        text_ += text ? '+' : '-';
        if (text) add(std::string_view(*text));
    }
    template <class Set>
    void addSet(const std::optional<Set>& value) {
        text_ += value ? '+' : '-';
        if (value) add(std::string_view(value->value()));
    }
    void add(const std::optional<Timestamp>& time) {
        text_ += time ? '+' : '-';
        if (time) add(std::string_view(std::to_string(time->time_since_epoch().count())));
    }
    std::uint64_t hash() const noexcept { return hashText(text_); }

  private:
    std::string text_ = {};
};

}  // namespace refold::internal

#endif
