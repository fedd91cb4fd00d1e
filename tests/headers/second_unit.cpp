// See first_unit.cpp.
#include <refold/json.hpp>
#include <refold/refold.hpp>

const char* versionSeenByTheOtherUnit();
const char* versionSeenByTheOtherUnit() {
    return refold::version();
}
