// The numbers of a watch's state, in their order in the text: the same state gives the same text.
#include "listing/watch_state.hpp"

#include "listing/checkpoint_text.hpp"
#include "listing/key_hash.hpp"
#include "listing/listing_engine.hpp"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

namespace refold::internal {

namespace {

constexpr std::string_view prefix = "rw1.";

enum Flag : unsigned { startedFlag = 1, floorFlag = 2 };

/// Places are written as differences, which are short.
class PlaceWriter {
  public:
    explicit PlaceWriter(CheckpointWriter& writer) : writer_(writer) {}
    void write(Place place) {
        writer_.signedNumber(
            static_cast<Place>(static_cast<std::uint64_t>(place) - static_cast<std::uint64_t>(before_)));
        before_ = place;
    }

  private:
    CheckpointWriter& writer_;
    Place before_ = 0;
};

class PlaceReader {
  public:
    explicit PlaceReader(CheckpointReader& reader) : reader_(reader) {}
    Place read() {
        before_ += static_cast<std::uint64_t>(reader_.signedNumber());
        return static_cast<Place>(before_);
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

void WatchState::raiseFloor(std::optional<Place> place) {
    floor = place;
    if (!floor) return;
    for (auto it = boundary.begin(); it != boundary.end();) it = it->second < *floor ? boundary.erase(it) : ++it;
}

std::string encodeWatchState(const WatchState& state) {
    CheckpointWriter writer;
    writer.hash(state.query);
    writer.byte((state.started ? startedFlag : 0U) | (state.floor ? floorFlag : 0U));
    PlaceWriter places(writer);
    if (state.floor) places.write(*state.floor);
    writer.number(state.boundary.size());
    for (const auto& [key, place] : byKey(state.boundary)) {
        writer.hash(key);
        places.write(*place);
    }
    // A status is written where it occurs first, and is a number from there on.
    std::map<std::string_view, std::size_t> statuses;
    writer.number(state.open.size());
    for (const auto& [key, run] : byKey(state.open)) {
        static_cast<void>(key);
        writer.text(run->id);
        places.write(run->place);
        const auto [status, isNew] = statuses.emplace(run->status, statuses.size());
        writer.number(status->second);
        if (isNew) writer.text(run->status);
    }
    return sealCheckpoint(prefix, writer);
}

WatchState decodeWatchState(std::string_view text, std::uint64_t query) {
    const std::string content = openCheckpoint(prefix, "ExecutionWatch::checkpoint()", text);
    CheckpointReader reader(content);
    WatchState state;
    state.query = reader.hash();
    if (state.query != query) {
        refuseCheckpoint("was made by a watch of another query; the filters and the dates must be the same");
    }
    const std::uint64_t flags = reader.byte();
    state.started = (flags & startedFlag) != 0;
    PlaceReader places(reader);
    if ((flags & floorFlag) != 0) state.floor = places.read();
    // Each entry takes some bytes at least: a checksum can be made for anything.
    const std::uint64_t known = reader.number();
    if (known > reader.left() / 9) refuseDamagedCheckpoint();
    for (std::uint64_t i = 0; i < known; ++i) {
        const std::uint64_t key = reader.hash();
        state.boundary[key] = places.read();
    }
    const std::uint64_t open = reader.number();
    if (open > reader.left() / 3) refuseDamagedCheckpoint();
    std::vector<std::string> statuses;
    for (std::uint64_t i = 0; i < open; ++i) {
        OpenRun run;
        run.id = reader.text();
        run.place = places.read();
        const std::uint64_t status = reader.number();
        if (status > statuses.size() || run.id.empty()) refuseDamagedCheckpoint();
        if (status == statuses.size()) statuses.push_back(reader.text());
        run.status = statuses[static_cast<std::size_t>(status)];
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
