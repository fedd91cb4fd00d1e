// Maps every error to its exit code, in one place.
#include "exit_code.hpp"

#include "output.hpp"

#include <refold/error.hpp>

#include <new>
#include <string_view>
#include <utility>

namespace cli {
namespace {

ExitCode codeOf(const refold::ApiError& error) {
    const int status = error.status();
    if (status == 429 || status >= 500) return ExitCode::overloaded;
    if (status == 401 || status == 403) return ExitCode::authentication;
    if (status >= 400) return ExitCode::refused;
    return ExitCode::notUnderstood;
}

/// The library names arguments as its users know them; users of the program know flags.
std::string withFlag(const refold::InvalidArgument& error) {
    std::string message = error.what();
    constexpr std::string_view option = "set allowPlainHttp";
    if (const std::size_t at = message.find(option); at != std::string::npos) {
        message.replace(at, option.size(), "give --allow-plain-http");
    }
    constexpr std::pair<std::string_view, std::string_view> flags[] = {
        {"baseUrl", "--base-url or REFOLD_BASE_URL"},
        {"proxy", "--proxy"},
        {"caFile", "--ca-file"},
        {"resumeFrom", "--checkpoint"},
        {"page", "--page"},
        {"limit", "--limit"},
        {"status", "--status"},
        {"slug", "--slug"},
        {"workflowId", "--workflow-id"},
        {"workflowName", "--workflow-name"},
        {"executionId", "--execution-id"},
        {"executionType", "--execution-type"},
        {"executionSource", "--execution-source"},
        {"startDate", "--since"},
        {"endDate", "--until"},
    };
    for (const auto& [argument, flag] : flags) {
        if (error.argument() == argument) return std::string(flag) + ": " + message;
    }
    return message;
}

}  // namespace

Outcome outcomeOf(const std::exception_ptr& error) {
    try {
        std::rethrow_exception(error);
    } catch (const UsageError& e) {
        return {ExitCode::usage, e.what()};
    } catch (const CommandError& e) {
        return {e.code(), e.what(), e.details()};
    } catch (const OutputClosed&) {
        // The reader has what it wanted (`| head`): that is no failure.
        return {ExitCode::done};
    } catch (const OutputInterrupted&) {
        return {ExitCode::interrupted, "interrupted"};
    } catch (const refold::InvalidArgument& e) {
        return {ExitCode::usage, withFlag(e)};
    } catch (const refold::Cancelled&) {
        return {ExitCode::interrupted, "interrupted"};
    } catch (const refold::AuthenticationError& e) {
        return {ExitCode::authentication, e.what()};
    } catch (const refold::RateLimitError& e) {
        return {ExitCode::overloaded, e.what()};
    } catch (const refold::ApiError& e) {
        return {codeOf(e), e.what()};
    } catch (const refold::TransportError& e) {
        return {ExitCode::transport, e.what()};
    } catch (const refold::ResponseError& e) {
        return {ExitCode::notUnderstood, e.what()};
    } catch (const std::bad_alloc&) {
        return {ExitCode::unexpected, "out of memory"};
    } catch (const std::exception& e) {
        return {ExitCode::unexpected, e.what()};
    } catch (...) {
        return {ExitCode::unexpected, "an error of unknown kind"};
    }
}

}  // namespace cli
