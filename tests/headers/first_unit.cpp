// Includes every public header, like second_unit.cpp: linking both fails if a header defines a non-inline function.
#include <refold/json.hpp>
#include <refold/refold.hpp>

const char* versionSeenByTheOtherUnit();

int main() {
    return versionSeenByTheOtherUnit() == refold::version() ? 0 : 1;
}
