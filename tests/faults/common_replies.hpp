// Replies and options used by both fault tables.
#ifndef REFOLD_TESTS_FAULTS_FAULT_WORDS_HPP
#define REFOLD_TESTS_FAULTS_FAULT_WORDS_HPP

#include "support/fault_reply.hpp"
#include "support/http_text.hpp"
#include "support/patience.hpp"

#include <refold/client_options.hpp>

#include <chrono>
#include <cstdlib>
#include <string>
#include <string_view>

namespace refold::test {

inline FaultReply answer(std::string_view status, const HeaderLines& lines = {}) {
    return response(status, errorJson(std::atoi(std::string(status).c_str()), "SOME_ERROR", "The server's own words."),
                    lines);
}
inline FaultReply page200(std::string_view body) {
    return response("200 OK", body);
}
inline FaultReply redirect(std::string_view status, const std::string& to) {
    return response(status, "", {"Location: " + to});
}
inline FaultReply html(std::string_view status, std::string_view body) {
    return response(status, body, {"Content-Type: text/html"});
}

inline void quickAttempts(ClientOptions& options) {
    options.attemptTimeout = patient(std::chrono::milliseconds(150));
}
inline void shortTimeout(ClientOptions& options) {
    options.timeout = patient(std::chrono::milliseconds(250));
}
inline void quickConnect(ClientOptions& options) {
    options.connectTimeout = patient(std::chrono::milliseconds(150));
}

}  // namespace refold::test

#endif
