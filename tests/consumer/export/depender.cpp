// A library whose implementation uses refold.
#include <refold/refold.hpp>

const char* DEPENDER_NAME();
const char* DEPENDER_NAME() {
    return refold::version();
}
