// A row of the fault table: what the server does, what the caller gets, after how many requests and in what time; and
// the helpers that build rows.
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

/// How a call ends.
struct Outcome {
    enum class Class { ok, transport, response, api, authentication, notFound, rateLimit, server };

    Class kind = Class::ok;
    std::optional<TransportError::Kind> transport = {};  ///< of a TransportError
    int status = 0;                                      ///< of an ApiError
    std::string pointer = {};                            ///< of a ResponseError
    std::vector<std::string> words = {};                 ///< what() holds each of them, in any case of letters
    std::optional<std::chrono::milliseconds> retryAfter = {};
    std::chrono::milliseconds atLeast{0};
    bool isOpen = false;  ///< outcomeUnknown()

    /// what() must hold this text.
    Outcome& saying(std::string text) {
        words.push_back(std::move(text));
        return *this;
    }
    /// The error tells what the server asked for, give or take two seconds (dates have no fractions).
    Outcome& askingFor(std::chrono::milliseconds time) {
        retryAfter = time;
        return *this;
    }
    /// The error says that the request may have had its effect.
    Outcome& leavingOpen() {
        isOpen = true;
        return saying("the rerun may have happened; check the run history");
    }
    /// The call does not end before this time.
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
inline Outcome notUnderstood(std::string pointer = {}) {
    return {Outcome::Class::response, {}, 0, std::move(pointer)};
}
inline Outcome refused(Outcome::Class kind, int status) {
    return {kind, {}, status};
}

/// What the client does, and where.
struct Situation {
    enum class Use {
        onePage,     ///< listExecutions, once
        twoCalls,    ///< listExecutions, twice on one client; the first must succeed
        wholeRange,  ///< executions(), to the end
        rerun,       ///< rerunExecution, once
        pageRerun,   ///< listExecutions, which must succeed, then rerunExecution on the same client
        stop,        ///< stopExecution, once
    };
    enum class Peer { server, nobodyListens, nobodyAccepts, noSuchHost };

    Use use = Use::onePage;
    Peer peer = Peer::server;
    /// With tokens the client uses a provider that hands them out one by one, and otherwise an API key.
    std::vector<std::string> tokens = {};
    /// What the provider throws when it has no more tokens.
    std::string providerError = {};
    std::function<void(ClientOptions&)> options = {};
    /// What the error says of attempts, where it differs from the requests that the server sees.
    std::optional<int> attemptsSaid = {};
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
/// What changes things on the server.
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
inline Situation without(Situation::Peer peer, int attemptsSaid, std::function<void(ClientOptions&)> options = {}) {
    Situation situation;
    situation.peer = peer;
    situation.attemptsSaid = attemptsSaid;
    situation.options = std::move(options);
    return situation;
}

struct Fault {
    std::string name;
    std::vector<FaultReply> server;  ///< reply by reply; the last one stays
    Outcome outcome;
    int requests;                     ///< that reach the server in all
    std::chrono::milliseconds limit;  ///< in which the call must end
    Situation situation = {};
};

/// How GoogleTest names a row.
inline void PrintTo(const Fault& fault, std::ostream* out) {
    *out << fault.name;
}

/// The tables: of reading, and of what changes things on the server.
std::vector<Fault> faultTable();
std::vector<Fault> actionFaultTable();

}  // namespace refold::test

#endif
