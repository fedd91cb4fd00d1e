// Writes in sorted order, so that the same state gives the same text.
#include "watch/watch_state.hpp"

#include "listing/checkpoint_text.hpp"
#include "listing/execution_cursor.hpp"
#include "listing/key_hash.hpp"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

namespace refold::internal {

namespace {

constexpr std::string_view prefix = "rw1.";

/// A longer status is written for each run, so that a short text cannot stand for many long ones.
constexpr std::size_t maxSharedStatus = 256;

enum Flag : unsigned { startedFlag = 1, floorFlag = 2, polledFlag = 4 };

constexpr CreationTime hour = 3'600'000;
/// Ten thousand years.
constexpr std::uint64_t maxHours = 87'660'000;

/// Times are written as differences, which are short.
class TimeWriter {
  public:
    explicit TimeWriter(CheckpointWriter& writer) : writer_(writer) {}
    void write(CreationTime time) {
        writer_.signedNumber(
            static_cast<CreationTime>(static_cast<std::uint64_t>(time) - static_cast<std::uint64_t>(before_)));
        before_ = time;
    }

  private:
    CheckpointWriter& writer_;
    CreationTime before_ = 0;
};

class TimeReader {
  public:
    explicit TimeReader(CheckpointReader& reader) : reader_(reader) {}
    CreationTime read() {
        before_ += static_cast<std::uint64_t>(reader_.signedNumber());
        return static_cast<CreationTime>(before_);
    }

  private:
    CheckpointReader& reader_;
    std::uint64_t before_ = 0;
};

template <class Value>
std::vector<std::pair<std::uint64_t, const Value*>> byKey(const std::unordered_map<std::uint64_t, Value>& map) {
    std::vector<std::pair<std::uint64_t, const Value*>> sorted;
    sorted.reserve(map.size());
    for (const auto& [key, value] : map) sorted.emplace_back(key, &value);
    std::sort(sorted.begin(), sorted.end());
    return sorted;
}

}  // namespace

void WatchState::learn(std::uint64_t key, const Execution& execution, CreationTime created, std::uint64_t poll) {
    if (execution.hasEnded() || execution.id.empty()) {
        open.erase(key);
    } else {
        open[key] = {execution.id, execution.status.value(), created, poll};
    }
}

void WatchState::notePoll(CreationTime now) {
    if (now >= 0 && static_cast<std::uint64_t>(now / hour) <= maxHours) polled = now - now % hour;
}

void WatchState::raiseFloor(std::optional<CreationTime> time) {
    floor = time;
    if (!floor) return;
    for (auto it = boundary.begin(); it != boundary.end();) it = it->second < *floor ? boundary.erase(it) : ++it;
}

CreationTime creationTime(const Execution& execution) noexcept {
    return execution.createdAt ? execution.createdAt->time_since_epoch().count() : undated;
}

std::string encodeWatchState(const WatchState& state) {
    CheckpointWriter writer;
    writer.hash(state.query);
    writer.byte((state.started ? startedFlag : 0U) | (state.floor ? floorFlag : 0U) | (state.polled ? polledFlag : 0U));
    if (state.polled) writer.number(static_cast<std::uint64_t>(*state.polled / hour));
    TimeWriter times(writer);
    if (state.floor) times.write(*state.floor);
    writer.number(state.boundary.size());
    for (const auto& [key, time] : byKey(state.boundary)) {
        writer.hash(key);
        times.write(*time);
    }
    // A status is written at its first occurrence, and as a number afterwards.
    std::map<std::string_view, std::size_t> shared;
    std::size_t statuses = 0;
    writer.number(state.open.size());
    for (const auto& [key, run] : byKey(state.open)) {
        static_cast<void>(key);
        writer.text(run->id);
        times.write(run->created);
        const auto known = shared.find(run->status);
        if (known != shared.end()) {
            writer.number(known->second);
            continue;
        }
        if (run->status.size() <= maxSharedStatus) shared.emplace(run->status, statuses);
        writer.number(statuses);
        writer.text(run->status);
        ++statuses;
    }
    return sealCheckpoint(prefix, writer);
}

WatchState decodeWatchState(std::string_view text, std::uint64_t query) {
    const std::string content = openCheckpoint(prefix, "ExecutionWatch::checkpoint()", text);
    CheckpointReader reader(content);
    WatchState state;
    state.query = reader.hash();
    if (state.query != query) {
        refuseCheckpoint(
            "was made by a watch of another query; use the same filters and dates, or start without resumeFrom");
    }
    const std::uint64_t flags = reader.byte();
    state.started = (flags & startedFlag) != 0;
    if ((flags & polledFlag) != 0) {
        const std::uint64_t hours = reader.number();
        if (hours > maxHours) refuseDamagedCheckpoint();
        state.polled = static_cast<CreationTime>(hours) * hour;
    }
    TimeReader times(reader);
    if ((flags & floorFlag) != 0) state.floor = times.read();
    // Refuses counts larger than the text can hold, since a checksum can be forged.
    const std::uint64_t known = reader.number();
    if (known > reader.left() / 9) refuseDamagedCheckpoint();
    for (std::uint64_t i = 0; i < known; ++i) {
        const std::uint64_t key = reader.hash();
        state.boundary[key] = times.read();
    }
    const std::uint64_t open = reader.number();
    if (open > reader.left() / 3) refuseDamagedCheckpoint();
    std::vector<std::string> statuses;
    for (std::uint64_t i = 0; i < open; ++i) {
        OpenRun run;
        run.id = reader.text();
        run.created = times.read();
        const std::uint64_t status = reader.number();
        if (status > statuses.size() || run.id.empty()) refuseDamagedCheckpoint();
        const bool isNew = status == statuses.size();
        if (isNew) statuses.push_back(reader.text());
        run.status = statuses[static_cast<std::size_t>(status)];
        if (!isNew && run.status.size() > maxSharedStatus) refuseDamagedCheckpoint();
        const std::uint64_t key = hashText(run.id);
        state.open.emplace(key, std::move(run));
    }
    if (!reader.done()) refuseDamagedCheckpoint();
    return state;
}

std::uint64_t watchIdentity(ExecutionQuery query) {
    query.sortAsc.reset();
    return combineHashes(hashText("watch"), queryIdentity(query));
}

}  // namespace refold::internal
