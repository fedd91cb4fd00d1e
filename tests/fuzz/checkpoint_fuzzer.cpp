// Any checkpoint text is refused or read, and a listing resumed from it ends. A written checkpoint reads back the same.
#include "fuzz/require.hpp"

#include "listing/checkpoint.hpp"
#include "listing/execution_cursor.hpp"
#include "listing/page_source.hpp"

#include <refold/error.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace {

using refold::Execution;
using refold::Page;
using refold::Timestamp;
using refold::fuzz::require;
using refold::internal::ItemMark;
using refold::internal::PageRequest;
using refold::internal::Position;

/// Forty runs, newest first, two per date. Respects limits, or returns pages of seven.
class SmallHistory final : public refold::internal::PageSource {
  public:
    explicit SmallHistory(bool respectsLimits) : respectsLimits_(respectsLimits) {}

    Page<Execution> fetch(const PageRequest& request, const refold::CancelToken&) override {
        require(++requests_ < 2000, "a resumed listing ends");
        require(request.page >= 1 && request.limit >= 1, "requests have a page and a limit of at least 1");
        Page<Execution> all;
        for (int i = 0; i < 40; ++i) {
            Execution run;
            run.id = "run-" + std::to_string(i);
            run.createdAt = Timestamp(std::chrono::milliseconds(40 - i / 2));
            all.docs.push_back(std::move(run));
        }
        Page<Execution> page;
        page.page = request.page;
        page.limit = respectsLimits_ ? std::min<std::int64_t>(request.limit, 15) : 7;
        page.totalDocs = static_cast<std::int64_t>(all.size());
        const std::int64_t begin =
            request.page - 1 > page.totalDocs / page.limit ? page.totalDocs : (request.page - 1) * page.limit;
        const std::int64_t end = std::min(page.totalDocs, begin + page.limit);
        for (std::int64_t i = begin; i < end; ++i) page.docs.push_back(all.docs[static_cast<std::size_t>(i)]);
        page.hasNextPage = end < page.totalDocs;
        return page;
    }

  private:
    const bool respectsLimits_;
    int requests_ = 0;
};

void resume(const std::string& checkpoint, bool respectsLimits, int prefetch) {
    refold::ListingOptions options;
    options.prefetch = prefetch;
    options.resumeFrom = checkpoint;
    try {
        const auto listing =
            refold::internal::makeExecutionCursor(std::make_shared<SmallHistory>(respectsLimits), {}, options, {});
        int runs = 0;
        for (listing->start(); !listing->atEnd(); listing->advance()) {
            require(++runs <= 40, "each run is delivered at most once");
            require(!listing->checkpoint().empty(), "a checkpoint is available at each run");
        }
    } catch (const refold::Error& error) {
        require(refold::fuzz::isOneLine(error.what()), "an error message is one line");
    }
}

/// Reads numbers from the input, and zeros after its end.
class Numbers {
  public:
    explicit Numbers(std::string_view bytes) : bytes_(bytes) {}
    std::uint64_t next(std::size_t size) {
        std::uint64_t value = 0;
        const std::size_t count = std::min(size, bytes_.size());
        std::memcpy(&value, bytes_.data(), count);
        bytes_.remove_prefix(count);
        return value;
    }
    bool done() const noexcept { return bytes_.empty(); }

  private:
    std::string_view bytes_;
};

std::int64_t folded(std::uint64_t value) {
    return static_cast<std::int64_t>((value >> 1U) ^ ((value & 1U) != 0 ? ~std::uint64_t{0} : 0));
}

Position positionOf(std::string_view bytes) {
    Numbers numbers(bytes);
    Position position;
    position.query = refold::internal::queryIdentity({});
    const std::uint64_t flags = numbers.next(1);
    const std::size_t width = (flags & 8U) != 0 ? 8 : 1;
    position.nextRank = folded(numbers.next(width));
    position.totalDocs = folded(numbers.next(width));
    while (!numbers.done() && position.tail.size() < 30) {
        ItemMark mark;
        const std::uint64_t kind = numbers.next(1);
        // One of the history's runs, or a removed one.
        const auto which = static_cast<int>(kind % 48);
        Execution run;
        run.id = "run-" + std::to_string(which);
        mark.key = refold::internal::executionKey(run);
        if (kind < 192) mark.sortKey = (flags & 16U) != 0 ? folded(numbers.next(width)) : -(40 - which / 2);
        position.tail.push_back(mark);
    }
    return position;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes = refold::fuzz::textOf(data, size);
    const std::uint64_t query = refold::internal::queryIdentity({});
    try {
        const Position position = refold::internal::decodePosition(bytes, query);
        require(refold::internal::encodePosition(position) == bytes, "a decoded checkpoint encodes to the same text");
        resume(std::string(bytes), true, 0);
    } catch (const refold::InvalidArgument& error) {
        require(refold::fuzz::isOneLine(error.what()), "an error message is one line");
    }

    const std::string text = refold::internal::encodePosition(positionOf(bytes));
    require(refold::fuzz::isOneLine(text), "a checkpoint is one line");
    try {
        const Position again = refold::internal::decodePosition(text, query);
        require(refold::internal::encodePosition(again) == text, "an encoded position decodes to the same position");
    } catch (const refold::InvalidArgument&) {
        return 0;  // numbers that no listing writes
    }
    resume(text, true, 0);
    resume(text, false, 0);
    return 0;
}
