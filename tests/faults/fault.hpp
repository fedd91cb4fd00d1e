// Defines a row of the fault tables: the server's behaviour, the caller's result, the number of requests and the time
// limit. Provides helpers that build rows.
#ifndef REFOLD_TESTS_FAULTS_FAULT_HPP
#define REFOLD_TESTS_FAULTS_FAULT_HPP

#include "support/fault_reply.hpp"

#include <refold/client_options.hpp>
#include <refold/error.hpp>

#include <chrono>
#include <functional>
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace refold::test {

/// The expected end of a call.
struct Outcome {
    enum class Class { ok, transport, response, api, authentication, notFound, rateLimit, server };

    Class kind = Class::ok;
    std::optional<TransportError::Kind> transport = {};  ///< of a TransportError
    int status = 0;                                      ///< of an ApiError
    std::string pointer = {};                            ///< of a ResponseError
    std::vector<std::string> words = {};                 ///< what() contains each of them, in any case
    std::optional<std::chrono::milliseconds> retryAfter = {};
    std::chrono::milliseconds atLeast{0};
    bool outcomeUnknown = false;  ///< outcomeUnknown()

    /// what() must contain this text.
    Outcome& mentioning(std::string text) {
        words.push_back(std::move(text));
        return *this;
    }
    /// The error's retryAfter() is this time within two seconds (dates have no fractions).
    Outcome& withRetryAfter(std::chrono::milliseconds time) {
        retryAfter = time;
        return *this;
    }
    /// The error reports an unknown outcome.
    Outcome& withUnknownOutcome() {
        outcomeUnknown = true;
        return mentioning("the rerun may have happened; check the run history");
    }
    /// The call must not end before this time.
    Outcome& notBefore(std::chrono::milliseconds time) {
        atLeast = time;
        return *this;
    }
};

inline Outcome ok() {
    return {};
}
inline Outcome fails(TransportError::Kind kind) {
    return {Outcome::Class::transport, kind};
}
inline Outcome unreadable(std::string pointer = {}) {
    return {Outcome::Class::response, {}, 0, std::move(pointer)};
}
inline Outcome refused(Outcome::Class kind, int status) {
    return {kind, {}, status};
}

/// The client's operation, its peer and its options.
struct Situation {
    enum class Use {
        onePage,     ///< listExecutions, once
        twoCalls,    ///< listExecutions, twice on one client; the first must succeed
        wholeRange,  ///< executions(), to the end
        rerun,       ///< rerunExecution, once
        pageRerun,   ///< listExecutions, which must succeed, then rerunExecution on the same client
        stop,        ///< stopExecution, once
    };
    enum class Peer { server, noListener, notAccepting, unknownHost };

    Use use = Use::onePage;
    Peer peer = Peer::server;
    /// If not empty, the client uses a provider that returns these tokens in order; otherwise an API key.
    std::vector<std::string> tokens = {};
    /// Message of the provider's exception after the last token.
    std::string providerError = {};
    std::function<void(ClientOptions&)> options = {};
    /// The error's attempts(), if not equal to the requests that the server receives.
    std::optional<int> attempts = {};
};

inline Situation with(std::function<void(ClientOptions&)> options) {
    Situation situation;
    situation.options = std::move(options);
    return situation;
}
inline Situation twice() {
    Situation situation;
    situation.use = Situation::Use::twoCalls;
    return situation;
}
inline Situation toTheEnd() {
    Situation situation;
    situation.use = Situation::Use::wholeRange;
    return situation;
}
/// Runs an operation that changes the server.
inline Situation acting(Situation::Use use) {
    Situation situation;
    situation.use = use;
    return situation;
}
inline Situation rerunning(Situation situation = {}) {
    situation.use = Situation::Use::rerun;
    return situation;
}
inline Situation tokens(std::vector<std::string> list, std::string providerError = {}) {
    Situation situation;
    situation.tokens = std::move(list);
    situation.providerError = std::move(providerError);
    return situation;
}
inline Situation without(Situation::Peer peer, int attempts, std::function<void(ClientOptions&)> options = {}) {
    Situation situation;
    situation.peer = peer;
    situation.attempts = attempts;
    situation.options = std::move(options);
    return situation;
}

struct Fault {
    std::string name;
    std::vector<FaultReply> server;  ///< replies in order; the last one repeats
    Outcome outcome;
    int requests;                     ///< total number that reach the server
    std::chrono::milliseconds limit;  ///< time within which the call must end
    Situation situation = {};
};

/// Prints a row's name in GoogleTest's messages.
inline void PrintTo(const Fault& fault, std::ostream* out) {
    *out << fault.name;
}

/// The tables of read operations and of operations that change the server.
std::vector<Fault> faultTable();
std::vector<Fault> actionFaultTable();

}  // namespace refold::test

#endif
