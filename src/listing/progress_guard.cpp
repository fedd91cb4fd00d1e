// Gives more weight to pages that a moving history does not explain.
#include "listing/progress_guard.hpp"

#include <refold/error.hpp>

#include <string>

namespace refold::internal {
namespace {

constexpr int maxWeight = 40;
constexpr int repeatedWeight = 10;
constexpr int emptyWeight = 4;
constexpr int knownWeight = 3;

}  // namespace

void ProgressGuard::remember(const PageRequest& request, const PageView& page) noexcept {
    firstKey_ = page.items.empty() ? 0 : page.items.front().key;
    firstRank_ = request.firstRank();
    totalDocs_ = page.totalDocs;
}

void ProgressGuard::delivered(const PageRequest& request, const PageView& page) noexcept {
    *this = {};
    remember(request, page);
}

void ProgressGuard::countFruitless(const PageRequest& request, const PageView& page, bool isKnown) {
    const std::uint64_t key = page.items.empty() ? 0 : page.items.front().key;
    const bool isRepeated =
        key != 0 && key == firstKey_ && request.firstRank() != firstRank_ && page.totalDocs == totalDocs_;
    if (isRepeated) ++repeated_;
    if (key == 0) ++empty_;
    remember(request, page);
    weight_ += isRepeated ? repeatedWeight : key == 0 ? emptyWeight : isKnown ? knownWeight : 1;
    if (weight_ < maxWeight) return;
    const auto isCause = [](int answers, int weight) { return 2 * answers * weight >= maxWeight; };
    const std::string last =
        " (last request: page=" + std::to_string(request.page) + "&limit=" + std::to_string(request.limit) + ")";
    const std::string advice = "; list again, and report it to the service if it persists";
    if (isCause(repeated_, repeatedWeight)) {
        throw ResponseError("the server sends the same page for each page number" + last + advice, "/docs");
    }
    if (isCause(empty_, emptyWeight)) {
        throw ResponseError("the server keeps sending empty pages" + last + advice, "/docs");
    }
    throw ResponseError("no page contains the last delivered item" + last +
                            "; the history may change faster than it is read: request larger pages, or list again",
                        "/docs");
}

}  // namespace refold::internal
