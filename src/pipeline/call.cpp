// The steps of a call.
#include "pipeline/call.hpp"

#include <refold/error.hpp>

#include "auth/header_rules.hpp"
#include "auth/redacted_error.hpp"
#include "pipeline/backoff.hpp"
#include "pipeline/redirect.hpp"
#include "pipeline/refusal.hpp"
#include "text/clean_text.hpp"
#include "time/duration_text.hpp"
#include "transport/attempt_timeout.hpp"

#include <algorithm>
#include <functional>
#include <new>
#include <utility>

namespace refold::internal {

namespace {

using std::chrono::milliseconds;
using Kind = TransportError::Kind;

// No attempt is started with less time than this. libcurl's clock may also expire a moment before the deadline.
constexpr milliseconds minAttempt{10};
constexpr int maxRedirects = 5;
// A longer Retry-After is cut to this.
constexpr milliseconds maxHold = std::chrono::hours(24);
constexpr std::size_t maxUrlInMessage = 300;
constexpr std::size_t maxReason = 600;

}  // namespace

Call::Call(Pipeline& pipeline, const ApiRequest& request, AuthGate& auth, const CallOptions& options,
           ResponseReader& reader)
    : pipeline_(pipeline),
      shared_(pipeline.shared()),
      request_(request),
      auth_(auth),
      reader_(reader),
      cancel_(options.cancel),
      time_(*pipeline.clock_, options.timeout.value_or(pipeline.settings_.timeout)),
      events_(pipeline.observer_.get(), ++pipeline.calls_, redactor_) {
    for (const std::string& secret : request.secrets) redactor_.learn(secret);
}

void Call::run() {
    try {
        tryUntilDone();
        checkProcess();
    } catch (const std::exception& error) {
        events_.callEnd(attempts_, error.what(), time_.spent());
        throw;
    }
    shared_.quota.onSuccess();
    events_.callEnd(attempts_, "", time_.spent());
}

void Call::checkProcess() const {
    if (process_.isCurrent()) return;
    ErrorContext context;
    context.attempts = attempts_;
    context.transient = false;
    context.outcomeUnknown = !request_.idempotent;
    throw TransportError(
        Kind::other,
        message("the process forked during this call, which continues in the parent; call again in the child"),
        context);
}

void Call::tryUntilDone() {
    while (const std::optional<AttemptFailure> failure = attempt()) {
        if (!refreshCredentials(*failure)) backOff(*failure);
    }
}

std::optional<AttemptFailure> Call::attempt() {
    HttpResponse response;
    attempt_.handedOver = false;
    try {
        response = sendFollowingRedirects();
    } catch (const TransportError& error) {
        // The call's own time passed, for a token's request that is held back too, for example.
        const bool isUnsent = error.kind() == Kind::timeout && !attempt_.handedOver;
        if (isUnsent && shared_.limiter.holdInForce()) raiseRateLimited();
        return noResponse(error);
    } catch (const AuthFailure& failure) {
        raise(failure, "could not obtain credentials: ", 0);
    }
    if (response.status < 200 || response.status > 299)
        return refusalOf(response, request_, redactor_, pipeline_.clock_->calendarNow());
    auth_.accepted(path());
    try {
        reader_.read(response);
        return std::nullopt;
    } catch (const DecodeError& error) {
        return AttemptFailure::ofDecoding(error, response, cleanerFor(request_, redactor_));
    }
}

HttpResponse Call::sendFollowingRedirects() {
    std::string url = request_.url;
    for (int hops = 0;; ++hops) {
        // Requests a token before pacing, so that the request is sent as soon as its turn comes.
        auth_.prepare(time_.deadline(), cancel_);
        checkProcess();
        const RateLimiter::Answer turn(shared_.limiter, pace());
        const HttpRequest request = authenticated(url);
        if (hops == 0) ++attempts_;
        HttpResponse response = send(request);
        const std::string_view location = response.header("location");
        if (!isRedirect(response.status) || location.empty() || request_.method != "GET") return response;

        std::string target = redirectTarget(url, location, redactor_);
        if (hops == maxRedirects) {
            throw TransportError(Kind::redirect, "the server redirected " + std::to_string(hops + 1) +
                                                     " times, possibly in a loop; check the base URL");
        }
        url = std::move(target);
    }
}

std::uint64_t Call::pace() {
    std::uint64_t turn = 0;
    const Clock::TimePoint before = pipeline_.clock_->now();
    const RateLimiter::Outcome outcome =
        shared_.limiter.acquire(time_.deadline(), cancel_, &turn, pipeline_.settings_.retry.maxRetryAfter);
    if (outcome == RateLimiter::Outcome::held) raiseRateLimited();
    if (outcome == RateLimiter::Outcome::cancelled) throw Cancelled(ErrorContext{attempts_});
    if (outcome == RateLimiter::Outcome::tooLate) {
        throw TransportError(Kind::timeout,
                             "the client's own rate limit leaves no time for a request within the call's timeout of " +
                                 inSeconds(time_.limit()) + "; raise one of the two",
                             unsent());
    }
    const auto waited = std::chrono::duration_cast<milliseconds>(pipeline_.clock_->now() - before);
    if (waited.count() > 0) events_.pacing(waited);
    checkProcess();
    return turn;
}

HttpRequest Call::authenticated(const std::string& url) {
    AuthGate::Credentials credentials = auth_.credentials(time_.deadline(), cancel_);
    checkProcess();
    redactor_.learn(credentials.headers);
    for (const std::string& secret : credentials.secrets) redactor_.learn(secret);
    attempt_.generation = credentials.generation;
    for (const HttpHeader& header : credentials.headers) {
        if (!isHeaderName(header.name) || !isHeaderValue(header.value)) {
            throw InvalidArgument("auth", "the header '" + cleanText(header.name, 64) +
                                              "' of the auth strategy has a character that headers must not contain "
                                              "(value not shown: secret); remove it");
        }
    }
    HttpRequest request;
    request.method = request_.method;
    request.url = url;
    request.body = request_.body;
    request.idempotent = request_.idempotent;
    request.cancel = cancel_;
    request.headers = std::move(credentials.headers);
    request.headers.push_back({"Accept", "application/json"});
    request.headers.push_back({"User-Agent", pipeline_.settings_.userAgent});
    if (!request.body.empty()) request.headers.push_back({"Content-Type", "application/json"});
    const milliseconds left = time_.left();
    attempt_.callLimitsTime = left < pipeline_.settings_.attemptTimeout;
    request.timeout = std::min(pipeline_.settings_.attemptTimeout, left);
    return request;
}

HttpResponse Call::send(const HttpRequest& request) {
    if (cancel_.isCancelled()) throw Cancelled(ErrorContext{attempts_});
    if (time_.left().count() <= 0) {
        throw TransportError(
            Kind::timeout, "the call's timeout of " + inSeconds(time_.limit()) + " passed before the request was sent",
            unsent());
    }
    events_.request(attempts_, request);
    checkProcess();
    try {
        attempt_.handedOver = true;
        HttpResponse response = pipeline_.transport_->send(request);
        events_.response(attempts_, response);
        checkProcess();
        attempt_.handedOver = false;
        return response;
    } catch (const Cancelled&) {
        if (request_.idempotent) throw Cancelled(ErrorContext{attempts_});
        ErrorContext context;
        context.attempts = attempts_;
        context.outcomeUnknown = true;
        throw Cancelled("the call was cancelled" + outcomeWarning(), context);
    } catch (const TransportError&) {
        throw;
    } catch (const Error& error) {
        if (request_.idempotent) rethrowRedacted(error, std::cref(redactor_));
        rethrowWithOutcomeUnknown(error, std::cref(redactor_), outcomeWarning());
    } catch (const std::bad_alloc&) {
        throw;
    } catch (const std::exception& error) {
        throw TransportError(Kind::other, std::string("the transport failed: ") + error.what());
    } catch (...) {
        throw TransportError(Kind::other, "the transport threw something that is not a std::exception");
    }
}

AttemptFailure Call::noResponse(const TransportError& error) const {
    std::string reason = redactor_.line(error.what(), maxReason);
    ErrorContext context = error.context();
    context.outcomeUnknown = attempt_.handedOver && error.outcomeUnknown();
    const auto* const timeout = dynamic_cast<const AttemptTimeout*>(&error);
    if (timeout != nullptr && attempt_.callLimitsTime) {
        reason = "the call's timeout of " + inSeconds(time_.limit()) + " passed " + timeout->doing();
        return AttemptFailure::ofTransport(error.kind(), context, std::move(reason)).endingCall();
    }
    if (error.kind() == Kind::timeout && error.isTransient() && time_.left() < minAttempt) {
        reason = "the call's timeout of " + inSeconds(time_.limit()) + " passed: " + reason;
        return AttemptFailure::ofTransport(error.kind(), context, std::move(reason)).endingCall();
    }
    // A time limit that passed before the request reached the transport is the call's own.
    AttemptFailure failure = AttemptFailure::ofTransport(error.kind(), context, std::move(reason));
    return error.kind() == Kind::timeout && !attempt_.handedOver ? std::move(failure).endingCall() : failure;
}

std::string_view Call::path() const noexcept {
    return std::string_view(request_.url).substr(0, request_.url.find('?'));
}

bool Call::refreshCredentials(const AttemptFailure& failure) {
    // Limits the retries of a call whose credentials other calls keep replacing.
    constexpr int maxReplacements = 10;
    if (failure.status() != 401 || renewals_.byOthers > maxReplacements) return false;
    try {
        // Also for requests that are not idempotent: a server that sends 401 has not acted.
        const AuthGate::Refusal refusal{attempt_.generation, std::string(path()), pipeline_.clock_->now(),
                                        renewals_.own};
        const AuthGate::Renewal renewal = auth_.refresh(refusal, time_.deadline(), cancel_);
        if (renewal == AuthGate::Renewal::renewed) ++renewals_.own;
        if (renewal == AuthGate::Renewal::replaced) ++renewals_.byOthers;
        return renewal != AuthGate::Renewal::none;
    } catch (const AuthFailure& refusal) {
        raise(refusal, failure.reason() + "; could not obtain new credentials: ", failure.status());
    } catch (const TransportError& error) {
        giveUp(noResponse(error), "");
    }
}

/// Throws with the failure's own class, or an AuthenticationError with `status`.
void Call::raise(const AuthFailure& failure, const std::string& before, int status) const {
    const std::string text = message(before + redactor_(failure.what()));
    if (failure.hasClass()) failure.raise(text, attempts_);
    ApiErrorDetails details;
    details.status = status;
    throw AuthenticationError(text, std::move(details), ErrorContext{attempts_});
}

void Call::backOff(const AttemptFailure& failure) {
    const RetryPolicy& policy = pipeline_.settings_.retry;
    if (!failure.mayBeRetried()) {
        const char* const why = failure.endsCall() ? "no time is left" : "another attempt would not help";
        giveUp(failure, attempts_ > 1 ? why : "");
    }
    const milliseconds asked = failure.retryAfter().value_or(milliseconds(0));
    const milliseconds wait =
        std::min(std::max(backoff(policy, retries_ + 1, *pipeline_.random_), asked), CallTime::maxLimit);
    const Clock::TimePoint begin = pipeline_.clock_->now();
    const Clock::TimePoint next = begin + wait;
    if (failure.isRateLimit()) {
        shared_.limiter.holdUntil(begin + std::min(wait, maxHold), failure.status());
    }
    if (asked > policy.maxRetryAfter) {
        giveUp(failure, "the server asks to wait " + inSeconds(asked) + ", longer than maxRetryAfter (" +
                            inSeconds(policy.maxRetryAfter) + ")");
    }
    if (!request_.idempotent && failure.outcomeUnknown()) giveUp(failure, attempts_ > 1 ? "it is not sent again" : "");
    if (retries_ + 1 >= policy.maxAttempts) {
        giveUp(failure, policy.maxAttempts == 1 ? "retries are switched off" : "that was the last attempt allowed");
    }
    if (next + minAttempt > time_.deadline()) {
        giveUp(failure, "the call's timeout of " + inSeconds(time_.limit()) + " leaves no time for another attempt");
    }
    if (!shared_.quota.take()) {
        giveUp(failure, "the client's retry quota is exhausted after repeated failures");
    }
    events_.retry(attempts_, failure.reason(), wait);
    checkProcess();
    ++retries_;
    if (!pipeline_.clock_->sleepUntil(next, cancel_)) throw Cancelled(ErrorContext{attempts_});
}

void Call::giveUp(const AttemptFailure& failure, const std::string& why) const {
    std::string reason = failure.reason();
    if (!why.empty()) {
        reason +=
            "; gave up after " + std::to_string(attempts_) + (attempts_ == 1 ? " attempt: " : " attempts: ") + why;
    }
    const bool outcomeUnknown = !request_.idempotent && failure.outcomeUnknown();
    if (outcomeUnknown) reason += outcomeWarning();
    failure.raise(message(reason), attempts_, outcomeUnknown);
}

/// Throws because an earlier call was told to wait, which leaves this one no time.
void Call::raiseRateLimited() const {
    const RateLimiter::Hold hold = shared_.limiter.hold();
    ApiErrorDetails details;
    details.status = hold.status;
    details.retryAfter = hold.left;
    const std::string limit = "not sent: the server's rate limit (status " + std::to_string(hold.status) + ")";
    const milliseconds most = std::min(time_.left(), pipeline_.settings_.retry.maxRetryAfter);
    std::string reason;
    if (hold.left.count() == 0) {
        reason = limit +
                 " has held this client back, and the calls before this one leave it no time within its timeout of " +
                 inSeconds(time_.limit()) + "; call again";
    } else {
        reason = limit + " asks this client to wait another " + inSeconds(hold.left) +
                 (hold.left > most ? ", longer than this call may wait"
                                   : ", and the calls before this one leave it no time") +
                 "; call again then";
    }
    throw RateLimitError(message(reason), std::move(details), unsent());
}

/// The context of an error before the request is sent.
ErrorContext Call::unsent() const {
    ErrorContext context;
    context.attempts = attempts_;
    context.outcomeUnknown = false;
    return context;
}

std::string Call::outcomeWarning() const {
    return "; " + request_.effect + " may have happened; check the run history before you try again";
}

std::string Call::message(const std::string& reason) const {
    return redactor_.line(reason, maxReason * 2) + " (" + request_.method + " " +
           redactor_.line(request_.url, maxUrlInMessage) + ")";
}

}  // namespace refold::internal
