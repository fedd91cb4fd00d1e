#include <refold/testing/fake_server.hpp>

#include <cstddef>

std::size_t depender_testing();

int main() {
    const refold::testing::FakeServerOptions defaults;
    return defaults.runs > 0 && depender_testing() > 0 ? 0 : 1;
}
