// Uses session tokens that expire: the client calls a provider for a token before its first request, and again when the
// server refuses the token. Here the provider reads a file that another program updates; a real program would call its
// backend.
//
//   refold_example_session_token FILE
#include <refold/refold.hpp>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>

namespace {

std::string readToken(const std::string& path) {
    std::ifstream file(path);
    std::string token;
    if (!std::getline(file, token)) throw std::runtime_error("no token in " + path);
    return token;
}

}  // namespace

int main(int argc, char** argv) try {
    if (argc != 2) {
        std::cerr << "usage: refold_example_session_token FILE\n";
        return 2;
    }
    const std::string path = argv[1];
    refold::ClientOptions options;
    if (const char* const baseUrl = std::getenv("REFOLD_BASE_URL")) options.baseUrl = baseUrl;

    const refold::Client client(refold::sessionToken([path] { return readToken(path); }), options);
    for (const refold::Execution& run : client.listExecutions()) {
        std::cout << run.id << "  " << run.status.value() << '\n';
    }
} catch (const refold::AuthenticationError& error) {
    std::cerr << "the token is not accepted: " << error.what() << '\n';
    return 1;
} catch (const refold::Error& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
