// Exports every run of many linked accounts with a few threads and a client for each account. The clients share
// connections and the rate limit, so more threads do not cause refused requests. Writes <directory>/<account>.ndjson,
// one run per line as the server sent it; an account that fails leaves no file.
//
//   refold_example_export_accounts DIRECTORY ACCOUNT...
//
// Reads the credentials from REFOLD_API_KEY and REFOLD_LINKED_ACCOUNT_ID; the key must be valid for all accounts.
#include <refold/refold.hpp>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <mutex>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace {

// Lower-case letters, digits, `-` and `_` stay; any other byte becomes `%` and its number. Two ids never share a file,
// not even where file names ignore case, and none leads out of the directory.
std::string fileNameOf(const std::string& account) {
    std::string name;
    for (const char c : account) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_') {
            name += c;
        } else {
            char escaped[4];
            std::snprintf(escaped, sizeof escaped, "%%%02x", static_cast<unsigned>(static_cast<unsigned char>(c)));
            name += escaped;
        }
    }
    return name + ".ndjson";
}

// JSON may be sent with line breaks between its tokens; within texts it has none.
std::string onOneLine(std::string json) {
    std::replace_if(
        json.begin(), json.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
    return json;
}

// Written beside its place and renamed at the end: a file that is there is whole.
std::size_t exportRuns(const refold::Client& client, const std::filesystem::path& path) {
    std::filesystem::path unfinished = path;
    unfinished += ".part";
    try {
        std::ofstream file(unfinished, std::ios::binary);
        std::size_t runs = 0;
        for (const refold::Execution& run : client.executions()) {
            file << onOneLine(run.rawJson) << '\n';
            if (!file) break;
            ++runs;
        }
        file.close();
        if (!file) throw std::runtime_error("cannot write " + unfinished.string());
        std::filesystem::rename(unfinished, path);
        return runs;
    } catch (...) {
        std::error_code ignored;
        std::filesystem::remove(unfinished, ignored);
        throw;
    }
}

}  // namespace

int main(int argc, char** argv) try {
    if (argc < 3) {
        std::cerr << "usage: refold_example_export_accounts DIRECTORY ACCOUNT...\n";
        return 2;
    }
    const std::filesystem::path directory = argv[1];
    const std::set<std::string> distinct(argv + 2, argv + argc);  // one twice would be two threads at one file
    const std::vector<std::string> accounts(distinct.begin(), distinct.end());
    const refold::Client client = refold::Client::fromEnvironment();

    std::atomic<std::size_t> next{0};
    std::atomic<bool> failed{false};
    std::mutex output;
    const auto work = [&] {
        for (std::size_t i = next++; i < accounts.size(); i = next++) {
            try {
                const std::filesystem::path path = directory / fileNameOf(accounts[i]);
                const std::size_t runs = exportRuns(client.withLinkedAccount(accounts[i]), path);
                const std::lock_guard<std::mutex> lock(output);
                std::cout << accounts[i] << ": " << runs << " runs\n";
            } catch (const std::exception& error) {  // the others go on
                failed = true;
                const std::lock_guard<std::mutex> lock(output);
                std::cerr << accounts[i] << ": " << error.what() << '\n';
            }
        }
    };
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < std::min<std::size_t>(accounts.size(), 4); ++i) threads.emplace_back(work);
    for (std::thread& thread : threads) thread.join();
    return failed ? 1 : 0;
} catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
