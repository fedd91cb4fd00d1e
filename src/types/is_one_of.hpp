// Compares a value of an open set with a list of its constants. Used by the sources of statuses.
#ifndef REFOLD_TYPES_IS_ONE_OF_HPP
#define REFOLD_TYPES_IS_ONE_OF_HPP

#include <refold/open_set.hpp>

#include <algorithm>
#include <array>
#include <cstddef>

namespace refold::internal {

template <class Set, std::size_t N>
bool isOneOf(const Set& value, const std::array<OpenSetConstant<Set>, N>& constants) noexcept {
    return std::any_of(constants.begin(), constants.end(),
                       [&value](OpenSetConstant<Set> constant) { return value == constant; });
}

}  // namespace refold::internal

#endif
