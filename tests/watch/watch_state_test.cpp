// Tests the text form of a watch's state: what it keeps, and what a forged text cannot do.
#include "watch/watch_state.hpp"

#include "listing/checkpoint_text.hpp"
#include "listing/key_hash.hpp"

#include <refold/error.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>

namespace refold::internal {
namespace {

constexpr std::uint64_t query = 7;

/// A text of open runs that all refer to the status of the first.
std::string sharing(const std::string& status, int runs) {
    CheckpointWriter writer;
    writer.hash(query);
    writer.byte(1);
    writer.number(0);
    writer.number(static_cast<std::uint64_t>(runs));
    for (int i = 0; i < runs; ++i) {
        writer.text("run_" + std::to_string(i));
        writer.signedNumber(0);
        writer.number(0);
        if (i == 0) writer.text(status);
    }
    return sealCheckpoint("rw1.", writer);
}

TEST(WatchState, KeepsStatusesOfAnyLength) {
    WatchState state;
    state.query = query;
    state.started = true;
    for (const std::size_t length : {std::size_t{1}, std::size_t{256}, std::size_t{257}, std::size_t{5000}}) {
        for (int i = 0; i < 3; ++i) {
            const std::string id = "run_" + std::to_string(length) + "_" + std::to_string(i);
            state.open[hashText(id)] = OpenRun{id, std::string(length, 's'), 12};
        }
    }
    const std::string text = encodeWatchState(state);
    const WatchState read = decodeWatchState(text, query);
    ASSERT_EQ(read.open.size(), state.open.size());
    for (const auto& [key, run] : state.open) {
        EXPECT_EQ(read.open.at(key).id, run.id);
        EXPECT_EQ(read.open.at(key).status, run.status);
    }
    EXPECT_EQ(encodeWatchState(read), text);
}

TEST(WatchState, AShortTextDoesNotBecomeManyLongStatuses) {
    EXPECT_EQ(decodeWatchState(sharing(std::string(256, 's'), 50), query).open.size(), 50U);
    EXPECT_THROW(decodeWatchState(sharing(std::string(257, 's'), 50), query), InvalidArgument);
}

}  // namespace
}  // namespace refold::internal
