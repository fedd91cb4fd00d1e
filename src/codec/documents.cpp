// Names JSON kinds in messages.
#include "codec/documents.hpp"

namespace refold::internal {

const char* nameOf(JsonKind kind) noexcept {
    switch (kind) {
        case JsonKind::null:
            return "null";
        case JsonKind::flag:
            return "a boolean";
        case JsonKind::integer:
        case JsonKind::real:
            return "a number";
        case JsonKind::text:
            return "a string";
        case JsonKind::array:
            return "an array";
        case JsonKind::object:
            break;
    }
    return "an object";
}

}  // namespace refold::internal
