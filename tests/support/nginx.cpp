// Sockets that never listen reserve the ports; nginx binds them again with SO_REUSEPORT, so no other process can take
// them. A guard process kills nginx if the test program dies without its destructors.
#include "support/nginx.hpp"

#include "support/temporary_directory.hpp"
#include "support/throw_errno.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <utility>

namespace refold::test {

namespace {

using namespace std::chrono_literals;

void replaceAll(std::string& text, const std::string& what, const std::string& with) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
        text.replace(at, what.size(), with);
    }
}

std::string nginxConfiguration(const std::string& http) {
    return "daemon off;\nmaster_process off;\npid nginx.pid;\nerror_log error.log warn;\n"
           "events { worker_connections 256; }\n"
           "http {\n"
           "    log_format lines '$server_port\\t$connection\\t$server_protocol\\t$status\\t$request_uri\\t"
           "$http_authorization\\t$http_cookie\\t$http_x_api_key\\t';\n"
           "    access_log access.log lines;\n"
           "    client_body_temp_path body;\n    proxy_temp_path proxy;\n    fastcgi_temp_path fastcgi;\n"
           "    uwsgi_temp_path uwsgi;\n    scgi_temp_path scgi;\n"
           "    underscores_in_headers on;\n" +
           http + "}\n";
}

// Only async-signal-safe calls are allowed between fork and exec.
[[noreturn]] void becomeNginx(char* const* arguments) {
    char* const environment[] = {nullptr};
    for (const char* path : {"/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx"}) {
        execve(path, arguments, environment);
    }
    _exit(127);
}

/// Waits until the test program's end of the pipe is closed, which death does too, and kills nginx. Keeps no other
/// descriptor, because the test program's output ends when its last copy is closed.
[[noreturn]] void becomeGuard(pid_t nginx, int readEnd) {
    for (int descriptor = 0; descriptor < 1024; ++descriptor) {
        if (descriptor != readEnd) close(descriptor);
    }
    char byte = 0;
    while (read(readEnd, &byte, 1) < 0 && errno == EINTR) {
    }
    kill(nginx, SIGKILL);
    _exit(0);
}

}  // namespace

Nginx::Nginx(const TemporaryDirectory& directory, const std::vector<std::string>& ports, std::string http)
    : directory_(directory) {
    for (const std::string& name : ports) {
        Descriptor socket = bindLoopback(0, Sharing::port);
        ports_[name] = portOf(socket);
        replaceAll(http, "{" + name + "}", "127.0.0.1:" + std::to_string(portOf(socket)) + " reuseport");
        reserved_.push_back(std::move(socket));
    }
    std::string file = directory.write("nginx.conf", nginxConfiguration(http));
    std::string program = "nginx";
    std::string prefixFlag = "-p";
    std::string prefix = directory.path() + "/";
    std::string fileFlag = "-c";
    char* const arguments[] = {program.data(), prefixFlag.data(), prefix.data(), fileFlag.data(), file.data(), nullptr};
    process_ = fork();
    if (process_ < 0) throw std::runtime_error("fork failed");
    if (process_ == 0) becomeNginx(arguments);
    startGuard();
    try {
        waitUntilStarted();
    } catch (...) {
        endGuard();
        throw;
    }
}

std::string Nginx::buildOptions() {
    std::FILE* const output = popen("PATH=$PATH:/usr/sbin:/usr/local/sbin nginx -V 2>&1", "r");
    if (output == nullptr) throwErrno("popen");
    std::string text;
    char buffer[4096];
    while (const std::size_t size = std::fread(buffer, 1, sizeof buffer, output)) text.append(buffer, size);
    pclose(output);
    return text;
}

Nginx::~Nginx() {
    endGuard();
    kill(process_, SIGTERM);
    for (int i = 0; i < 200; ++i) {
        if (waitpid(process_, nullptr, WNOHANG) != 0) return;
        std::this_thread::sleep_for(10ms);
    }
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
}

void Nginx::startGuard() {
    Pipe pipe = makePipe();
    guard_ = fork();
    if (guard_ < 0) {
        kill(process_, SIGKILL);
        throw std::runtime_error("fork failed");
    }
    if (guard_ == 0) becomeGuard(process_, pipe.readEnd.get());
    life_ = std::move(pipe.writeEnd);
}

// Must precede the end of nginx, whose process number may be given to another process afterwards.
void Nginx::endGuard() const {
    kill(guard_, SIGKILL);
    waitpid(guard_, nullptr, 0);
}

void Nginx::waitUntilStarted() const {
    for (int i = 0; i < 1000 && directory_.read("nginx.pid").empty(); ++i) {
        if (waitpid(process_, nullptr, WNOHANG) != 0) {
            throw std::runtime_error("nginx did not start (Debian: nginx-light): " + directory_.read("error.log"));
        }
        std::this_thread::sleep_for(10ms);
    }
}

std::vector<Nginx::LogLine> Nginx::log(const std::string& portName, std::size_t atLeast) const {
    std::vector<LogLine> lines;
    std::optional<std::size_t> seen;
    for (int i = 0; i < 200; ++i) {
        lines.clear();
        std::istringstream text(directory_.read("access.log"));
        for (std::string line; std::getline(text, line);) {
            std::vector<std::string> fields;
            std::istringstream parts(line);
            for (std::string field; std::getline(parts, field, '\t');) fields.push_back(field == "-" ? "" : field);
            if (fields.size() < 8) continue;
            LogLine entry{static_cast<std::uint16_t>(std::stoi(fields[0])),
                          fields[1],
                          fields[2],
                          std::stoi(fields[3]),
                          fields[4],
                          fields[5],
                          fields[6],
                          fields[7]};
            if (entry.port == port(portName)) lines.push_back(std::move(entry));
        }
        const bool isComplete = atLeast > 0 ? lines.size() >= atLeast : lines.size() == seen;
        if (isComplete) break;
        seen = lines.size();
        std::this_thread::sleep_for(atLeast > 0 ? 10ms : 50ms);
    }
    return lines;
}

}  // namespace refold::test
