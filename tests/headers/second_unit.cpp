// Includes every public header, like first_unit.cpp, with which it is linked.
#include <refold/json.hpp>
#include <refold/refold.hpp>

const char* versionSeenByTheOtherUnit();
const char* versionSeenByTheOtherUnit() {
    return refold::version();
}
