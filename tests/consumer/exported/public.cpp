#include <refold/refold.hpp>

#include <cstring>

const char* depender_public();

int main() {
    return std::strcmp(depender_public(), refold::version());
}
