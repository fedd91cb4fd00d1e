// Includes everything public, as second_unit.cpp does: a definition in a header that is not inline fails to link.
#include <refold/json.hpp>
#include <refold/refold.hpp>

const char* versionSeenByTheOtherUnit();

int main() {
    return versionSeenByTheOtherUnit() == refold::version() ? 0 : 1;
}
