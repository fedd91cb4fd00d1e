// Weighs an answer by how little a moving history explains it.
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
    const std::string where = "; the last request was for page " + std::to_string(request.page) + " with limit " +
                              std::to_string(request.limit);
    const std::string advice = "; try again later";
    if (repeated_ > 0) throw ResponseError("the server keeps sending the same page" + where + advice, "/docs");
    if (empty_ > 0) throw ResponseError("the server keeps sending empty pages" + where + advice, "/docs");
    throw ResponseError(
        "the server's pages cannot be joined: none of them contains the last item delivered" + where + advice, "/docs");
}

}  // namespace refold::internal
