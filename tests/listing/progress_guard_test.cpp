// Tests that a listing without progress ends in an error after a few requests.
#include "listing/progress_guard.hpp"

#include <refold/error.hpp>

#include <gtest/gtest.h>

#include <string>

namespace refold::tests {
namespace {

using internal::PageView;
using internal::ProgressGuard;

PageView pageOf(std::uint64_t key) {
    PageView page;
    if (key != 0) page.items.push_back({key, {}});
    page.totalDocs = 50;
    return page;
}

/// Number of responses before the error, and its message.
std::pair<int, std::string> readAll(bool isRepeated, bool isEmpty, bool isKnown) {
    ProgressGuard guard;
    for (int i = 1; i < 100; ++i) {
        try {
            const auto key = isEmpty ? 0 : isRepeated ? 7 : static_cast<std::uint64_t>(i);
            guard.countFruitless({i, 10}, pageOf(key), isKnown);
        } catch (const ResponseError& error) {
            return {i, error.what()};
        }
    }
    return {100, {}};
}

TEST(ProgressGuard, CountsARepeatedPageMost) {
    const auto [answers, words] = readAll(true, false, true);
    EXPECT_LE(answers, 5);
    EXPECT_NE(words.find("the same page"), std::string::npos) << words;
    EXPECT_NE(words.find("last request: page=" + std::to_string(answers) + "&limit=10"), std::string::npos) << words;
}

TEST(ProgressGuard, CountsEmptyPages) {
    const auto [answers, words] = readAll(false, true, true);
    EXPECT_LE(answers, 10);
    EXPECT_NE(words.find("empty pages"), std::string::npos) << words;
}

TEST(ProgressGuard, LeavesRoomForASearch) {
    EXPECT_GE(readAll(false, false, false).first, 40);
    EXPECT_GE(readAll(false, false, true).first, 12);
}

TEST(ProgressGuard, NamesWhatHappenedMostOften) {
    ProgressGuard guard;
    std::string words;
    for (int i = 1; i < 100 && words.empty(); ++i) {
        try {
            // In a history that moves by a page between two requests, one page looks repeated.
            guard.countFruitless({i, 10}, pageOf(i < 3 ? 1 : static_cast<std::uint64_t>(i)), false);
        } catch (const ResponseError& error) {
            words = error.what();
        }
    }
    EXPECT_NE(words.find("no page contains the last delivered item (last request: page="), std::string::npos) << words;
    EXPECT_EQ(words.find("the same page"), std::string::npos) << words;
}

TEST(ProgressGuard, DeliveryResetsIt) {
    ProgressGuard guard;
    for (int i = 0; i < 200; ++i) {
        if (i % 5 == 0) guard.delivered({1, 10}, pageOf(1));
        EXPECT_NO_THROW(guard.countFruitless({i + 2, 10}, pageOf(static_cast<std::uint64_t>(i) + 2), false));
    }
}

}  // namespace
}  // namespace refold::tests
