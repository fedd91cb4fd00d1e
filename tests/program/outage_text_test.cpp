// Tests which pauses of an outage are reported on stderr, and what the messages say.
#include "outage_text.hpp"

#include "console.hpp"
#include "interruption.hpp"

#include <refold/observer.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

namespace cli {
namespace {

using namespace std::chrono_literals;

class OutageReports : public ::testing::Test {
  protected:
    /// Returns the lines of an outage whose polls fail with these pauses.
    std::vector<std::string> linesOf(const std::vector<std::chrono::milliseconds>& pauses) {
        testing::internal::CaptureStderr();
        refold::OutageEvent event;
        event.reason = "the server answered 503";
        for (const std::chrono::milliseconds pause : pauses) {
            ++event.failures;
            event.wait = pause;
            reporter_.onOutage(event);
        }
        event.over = true;
        event.lasted = 90s;
        reporter_.onOutage(event);
        std::istringstream text(testing::internal::GetCapturedStderr());
        std::vector<std::string> lines;
        for (std::string line; std::getline(text, line);) lines.push_back(line);
        return lines;
    }

    const Interruption interruption_;
    const Console console_{interruption_};
    OutageReporter reporter_{console_};
};

TEST_F(OutageReports, NameTheEndOfTheFirstPauseAndOfMuchLongerOnes) {
    const std::vector<std::string> lines = linesOf({1s, 2s, 4s, 8s, 15s, 30s, 60s, 60s, 300s});
    ASSERT_EQ(lines.size(), 5U) << lines.front();
    const char* const pauses[] = {"1.00 s", "8.00 s", "1m00s", "5m00s"};
    for (std::size_t i = 0; i < 4; ++i) {
        const std::regex report(
            "refold-executions: no complete answer from the server, trying again at \\d\\d:\\d\\d:\\d\\d UTC \\(in "
            "(.*)\\): "
            "the server answered 503");
        std::smatch match;
        ASSERT_TRUE(std::regex_match(lines[i], match, report)) << lines[i];
        EXPECT_EQ(match[1].str(), pauses[i]);
    }
    EXPECT_EQ(lines[4].rfind("refold-executions: the server answers again, after 1m30s", 0), 0U) << lines[4];
}

TEST_F(OutageReports, BeginAnewWithEachOutage) {
    EXPECT_EQ(linesOf({300s}).size(), 2U);
    EXPECT_EQ(linesOf({1s, 2s, 6s}).size(), 3U) << "shorter than the pause of the outage before";
}

TEST_F(OutageReports, SayThatAServerAnswered) {
    reporter_.onRequest({});
    reporter_.onResponse({});
    EXPECT_NE(linesOf({1s}).front().find("the server answers with an error, trying again at "), std::string::npos);
    reporter_.onRequest({});
    EXPECT_NE(linesOf({1s}).front().find("no complete answer from the server, trying again at "), std::string::npos);
}

}  // namespace
}  // namespace cli
