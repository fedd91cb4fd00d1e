#if __has_include(<refold/refold.hpp>)
#error "a PRIVATE dependency shows its headers"
#endif
#include <cstdio>

const char* depender_private();

int main() {
    return std::puts(depender_private()) < 0;
}
