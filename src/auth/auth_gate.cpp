// A turn is a flag rather than a locked mutex, so that waiting for it has a deadline and can be cancelled.
#include "auth/auth_gate.hpp"

#include <refold/error.hpp>

#include "auth/redacted_error.hpp"
#include "auth/redaction.hpp"
#include "auth/secret_lookalikes.hpp"
#include "types/cancel_state.hpp"

#include <algorithm>
#include <new>
#include <stdexcept>

namespace refold::internal {

namespace {

// The longest delay of a call by a renewal before expiry.
constexpr std::chrono::seconds maxRenewalAhead{10};
// A waiter with this much more time than the failed call tries again itself.
constexpr std::chrono::seconds muchMoreTime{1};

bool isSame(const std::vector<HttpHeader>& a, const std::vector<HttpHeader>& b) noexcept {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const HttpHeader& one, const HttpHeader& other) {
        return one.name == other.name && one.value == other.value;
    });
}

}  // namespace

class AuthGate::Waiter final : public CancelListener {
  public:
    explicit Waiter(AuthGate& gate) : gate_(gate) {}
    void onCancel() noexcept override {
        const std::lock_guard<std::mutex> lock(gate_.mutex_);
        gate_.turnEnded_.notify_all();
    }

  private:
    AuthGate& gate_;
};

class AuthGate::Turn {
  public:
    explicit Turn(AuthGate& gate) noexcept : gate_(gate) {}
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    ~Turn() {
        const std::lock_guard<std::mutex> lock(gate_.mutex_);
        gate_.taken_ = false;
        ++gate_.turns_;
        gate_.turnEnded_.notify_all();
    }

  private:
    AuthGate& gate_;
};

/// Requests tokens for a strategy within a turn, on behalf of one call.
class AuthGate::TurnIssuer final : public SessionTokenIssuer {
  public:
    TurnIssuer(AuthGate& gate, TimePoint deadline, const CancelToken& cancel)
        : gate_(gate), deadline_(deadline), cancel_(cancel) {}

    TimePoint now() const override { return source().now(); }

    /// True if a request threw this error, so that its message holds no secrets.
    bool hasThrown(const Error& error) const noexcept { return failure_ == error.what(); }

    SessionToken issue(const std::string& apiKey, const std::string& linkedAccountId,
                       const SessionTokenOptions& options) override {
        gate_.forgetLatest();
        return issueBy(deadline_, apiKey, linkedAccountId, options);
    }

    SessionToken renewAhead(const std::string& apiKey, const std::string& linkedAccountId) override {
        const Ahead ahead(gate_);
        const TimePoint start = now();
        const TimePoint::duration left = std::max(deadline_ - start, TimePoint::duration(0));
        return issueBy(start + std::min<TimePoint::duration>(left / 4, maxRenewalAhead), apiKey, linkedAccountId,
                       SessionTokenOptions{true});
    }

  private:
    /// Lets other calls proceed during its lifetime.
    class Ahead {
      public:
        explicit Ahead(AuthGate& gate) : gate_(gate) { set(true); }
        Ahead(const Ahead&) = delete;
        Ahead& operator=(const Ahead&) = delete;
        ~Ahead() { set(false); }

      private:
        void set(bool value) noexcept {
            const std::lock_guard<std::mutex> lock(gate_.mutex_);
            gate_.renewsAhead_ = value;
            gate_.turnEnded_.notify_all();
        }
        AuthGate& gate_;
    };

    TokenSource& source() const {
        if (gate_.tokens_ == nullptr) throw std::logic_error("no server to request a token from");
        return *gate_.tokens_;
    }

    SessionToken issueBy(TimePoint deadline, const std::string& apiKey, const std::string& linkedAccountId,
                         const SessionTokenOptions& options) {
        SessionToken issued;
        try {
            issued = source().issue(apiKey, linkedAccountId, options, gate_.secrets_, deadline, cancel_);
        } catch (const Error& error) {
            failure_ = error.what();
            throw;
        }
        gate_.secrets_ = {apiKey, linkedAccountId, issued.token, issued.refreshToken};
        // A late 401 of an older token must not drop this one.
        ++gate_.generation_;
        gate_.limits_.renewed(now());
        return issued;
    }

    AuthGate& gate_;
    const TimePoint deadline_;
    const CancelToken& cancel_;
    /// The message of the last request that failed.
    std::string failure_;
};

AuthGate::AuthGate(std::shared_ptr<AuthStrategy> strategy, TokenSource* tokens)
    : strategy_(std::move(strategy)),
      issuing_(dynamic_cast<TokenIssuingStrategy*>(strategy_.get())),
      accounts_(dynamic_cast<const MultiAccountStrategy*>(strategy_.get())),
      waiting_(dynamic_cast<WaitingStrategy*>(strategy_.get())),
      tokens_(tokens),
      // As the strategy of `sessionTokenFor` does.
      limits_(issuing_ != nullptr && waiting_ != nullptr) {
}

std::optional<AuthGate::Credentials> AuthGate::takeTurn(TimePoint deadline, const CancelToken& cancel, bool mayGoOn) {
    Waiter waiter(*this);
    const CancelRegistration registration(cancel, waiter);
    std::unique_lock<std::mutex> lock(mutex_);
    while (taken_) {
        const std::uint64_t awaited = turns_;
        const auto canGoOn = [&] { return mayGoOn && renewsAhead_ && latest_.has_value(); };
        const auto ended = [&] { return turns_ != awaited || cancel.isCancelled() || canGoOn(); };
        if (!turnEnded_.wait_until(lock, deadline, ended)) {
            throw TransportError(TransportError::Kind::timeout,
                                 "the call's timeout passed while another thread obtained credentials");
        }
        if (cancel.isCancelled()) throw Cancelled();
        if (turns_ == awaited) return latest_;
        if (lastFailure_ && deadline <= lastFailureDeadline_ + muchMoreTime) throw AuthFailure(*lastFailure_);
    }
    taken_ = true;
    lastFailure_.reset();
    return std::nullopt;
}

void AuthGate::remember(const AuthFailure::Description& failure, TimePoint deadline) {
    if (!failure.concernsAll) return;
    const std::lock_guard<std::mutex> lock(mutex_);
    lastFailure_ = failure;
    lastFailureDeadline_ = deadline;
}

void AuthGate::forgetLatest() {
    const std::lock_guard<std::mutex> lock(mutex_);
    latest_.reset();
}

AuthFailure::Description AuthGate::describeSafely(const Error& error) const {
    try {
        rethrowRedacted(error,
                        [this](const std::string& text) { return withoutSecretLookalikes(secretsInUse()(text)); });
    } catch (const Error& safe) {
        return AuthFailure::describe(safe);
    }
}

template <class Work>
auto AuthGate::guarded(TimePoint deadline, const CancelToken& cancel, Work work) {
    AuthFailure::Description failure;
    try {
        return work();
    } catch (const AuthFailure&) {
        throw;
    } catch (const std::bad_alloc&) {
        throw;
    } catch (const Error& error) {
        // A cancellation is not shared: a waiter takes the next turn.
        if (cancel.isCancelled()) throw Cancelled();
        failure = describeSafely(error);
    } catch (const std::exception& error) {
        failure = AuthFailure::describe(error);
    } catch (...) {
        failure.reason = "it threw something that is not a std::exception";
    }
    remember(failure, deadline);
    throw AuthFailure(failure);
}

void AuthGate::prepareInTurn(TimePoint deadline, const CancelToken& cancel) {
    if (issuing_ == nullptr) return;
    guarded(deadline, cancel, [&] {
        TurnIssuer issuer(*this, deadline, cancel);
        try {
            issuing_->prepare(issuer);
        } catch (const Error& error) {
            // The library's own errors hold no secrets; guessing would remove the URLs in them.
            if (cancel.isCancelled() || !issuer.hasThrown(error)) throw;
            const AuthFailure::Description failure = AuthFailure::describe(error);
            remember(failure, deadline);
            throw AuthFailure(failure);
        }
    });
}

void AuthGate::prepare(TimePoint deadline, const CancelToken& cancel) {
    if (issuing_ == nullptr) return;
    if (takeTurn(deadline, cancel, true)) return;
    const Turn turn(*this);
    prepareInTurn(deadline, cancel);
}

AuthGate::Credentials AuthGate::credentials(TimePoint deadline, const CancelToken& cancel) {
    if (std::optional<Credentials> latest = takeTurn(deadline, cancel, true)) return *std::move(latest);
    const Turn turn(*this);
    prepareInTurn(deadline, cancel);
    return guarded(deadline, cancel, [&] {
        Credentials credentials{waiting_ != nullptr ? waiting_->headersBy(deadline, cancel) : strategy_->headers(), 0,
                                secrets_};
        // Another client that shares the strategy may have renewed them: a 401 of the older ones is then a late one.
        const bool isFirst = inUse_.headers.empty();
        if (waiting_ != nullptr && !isFirst && !isSame(credentials.headers, inUse_.headers)) ++generation_;
        credentials.generation = generation_;
        const std::lock_guard<std::mutex> lock(mutex_);
        if (!secrets_.empty()) latest_ = credentials;
        inUse_ = credentials;
        return credentials;
    });
}

AuthGate::Renewal AuthGate::refresh(const Refusal& refusal, TimePoint deadline, const CancelToken& cancel) {
    takeTurn(deadline, cancel, false);
    const Turn turn(*this);
    return guarded(deadline, cancel, [&] {
        if (refusal.generation != generation_) return Renewal::replaced;
        if (!limits_.allows(refusal.path, refusal.renewals, refusal.time)) return Renewal::none;
        const Renewal renewal = waiting_ != nullptr    ? waiting_->refreshBy(inUse_.headers, deadline, cancel)
                                : strategy_->refresh() ? Renewal::renewed
                                                       : Renewal::none;
        if (renewal == Renewal::none) return renewal;
        forgetLatest();
        ++generation_;
        if (renewal == Renewal::renewed) limits_.renewed(refusal.time);
        return renewal;
    });
}

Redactor AuthGate::secretsInUse() const {
    Redactor secrets;
    const std::lock_guard<std::mutex> lock(mutex_);
    secrets.learn(inUse_.headers);
    for (const std::string& secret : inUse_.secrets) secrets.learn(secret);
    return secrets;
}

/// `moreSecrets` adds further secrets to a redactor; called only if there is something to redact.
template <class Secrets, class Work>
auto AuthGate::redacted(const char* member, Secrets moreSecrets, Work work) const {
    const auto redact = [this, &moreSecrets](const std::string& text) {
        Redactor secrets = secretsInUse();
        moreSecrets(secrets);
        return withoutSecretLookalikes(secrets(text));
    };
    std::string reason;
    try {
        return work();
    } catch (const std::bad_alloc&) {
        throw;
    } catch (const Error& error) {
        rethrowRedacted(error, redact);
    } catch (const std::exception& error) {
        constexpr std::size_t maxReason = 600;
        reason = redactedLine(error.what(), maxReason, redact);
    } catch (...) {
        reason = "it threw something that is not a std::exception";
    }
    throw AuthenticationError(std::string("the auth strategy's ") + member + " failed: " + reason, {});
}

std::shared_ptr<AuthStrategy> AuthGate::forLinkedAccount(const std::string& linkedAccountId) const {
    if (accounts_ == nullptr) {
        throw InvalidArgument("auth",
                              "this client's credentials are for one linked account only; make the client with "
                              "refold::apiKey(...) or refold::sessionTokenFor(...), or derive your strategy from "
                              "MultiAccountStrategy and implement forLinkedAccount");
    }
    const auto moreSecrets = [this, &linkedAccountId](Redactor& secrets) {
        secrets.learn(linkedAccountId);
        try {
            secrets.learn(accounts_->issuingKey());
        } catch (...) {
            // Without a key there is no secret.
        }
    };
    return redacted("forLinkedAccount", moreSecrets, [&] { return accounts_->forLinkedAccount(linkedAccountId); });
}

std::string AuthGate::issuingKey() const {
    if (accounts_ == nullptr) return {};
    return redacted(
        "issuingKey", [](Redactor&) {}, [this] { return accounts_->issuingKey(); });
}

}  // namespace refold::internal
